# PORT= and VAR= let two copies run side by side; DATABASE_URL and REDIS_URL name servers to use instead of our own.
# DEMO= holds the options of the demo county, or the word none. Tests: TESTS=tests/clubs, WORKERS=1.
RUN := .venv/bin/python
LOCK := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header
TESTS ?= tests
WORKERS ?= auto

.PHONY: run setup dev test check fix bench lock access check-style check-types check-floors check-templates check-words \
	check-migrations check-diagrams check-access check-house check-doors check-bandit check-deploy check-locked

run: ## from an empty folder to an address in a browser; Ctrl-C ends all of it
	@tools/setup.sh run && exec $(RUN) -m ccmp.launch

setup: ## only what `make run` installs
	@tools/setup.sh run

dev:
	@tools/setup.sh dev
	@$(RUN) tools/words.py compile

test: dev ## all tests, on servers of their own
	@$(RUN) -m pytest -n $(WORKERS) --dist loadfile $(TESTS)

check: dev ## everything that is known without running the program
	@$(MAKE) --no-print-directory --keep-going check-style check-types check-floors check-templates check-words \
		check-migrations check-diagrams check-access check-house check-doors check-bandit check-deploy check-locked

check-style:
	@.venv/bin/ruff check --quiet . && .venv/bin/ruff format --quiet --check . || (.venv/bin/ruff format --diff --quiet .; exit 1)

check-types:
	@.venv/bin/mypy --no-error-summary .

check-floors:
	@.venv/bin/lint-imports --no-logo

check-templates:
	@.venv/bin/djlint templates --lint --profile django --quiet

check-words:
	@$(RUN) tools/words.py check

check-migrations:
	@$(RUN) manage.py makemigrations --check --dry-run
	@$(RUN) manage.py check_migrations

check-diagrams:
	@$(RUN) manage.py diagrams --check

check-access:
	@$(RUN) -m tools.access --check

check-house:
	@$(RUN) -m pytest -q -p no:cacheprovider tests/test_repository.py $(wildcard tests/test_conventions.py)

check-bandit:
	@.venv/bin/bandit --quiet --configfile pyproject.toml --recursive ccmp children clubs visits referrals manage.py

check-deploy: ## Django's check before deployment, under the variables of docker-compose.yml
	@$(RUN) tools/check_deploy.py

check-locked: ## what is installed is what was locked, and no file of it was changed
	@$(RUN) tools/locked.py

check-doors: ## the list of doors says what the table of who may what says
	@$(RUN) tools/doors.py --check

fix: ## what a machine can put right
	@tools/setup.sh dev
	@.venv/bin/ruff check --quiet --fix . ; .venv/bin/ruff format --quiet . ; $(RUN) tools/words.py sync

access: dev ## write docs/access.md anew from the table of who may what
	@$(RUN) -m tools.access

bench: dev ## what is measured, as ratios within one run
	@$(RUN) -m benchmarks

lock: ## compile requirements/*.in anew, with hashes; UPGRADE=--upgrade takes newer versions
	@$(LOCK) $(UPGRADE) requirements/run.in -o requirements/run.txt
	@$(LOCK) $(UPGRADE) requirements/dev.in -c requirements/run.txt -o requirements/dev.txt
	@echo uv | $(LOCK) $(UPGRADE) - -c requirements/dev.txt -o requirements/uv.txt
