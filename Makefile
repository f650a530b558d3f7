# PORT= and VAR= let two copies run side by side; DATABASE_URL and REDIS_URL name servers to use instead of our own.
.PHONY: run setup test check fix bench lock
PYTEST_WORKERS ?= 2

run: ## everything, from an empty folder to an address in a browser
	@tools/setup.sh run && exec .venv/bin/python -m ccmp.launch

setup: ## only what `make run` installs
	@tools/setup.sh run
