"""The settings under test: the real ones, on servers of the tests' own, with cheap passwords and files in VAR/test."""

import os
from pathlib import Path

from tests import own_var

own_var.claim()

from ccmp.settings import *  # noqa: E402, F403 – VAR and secrets must be named first
from ccmp.settings import CACHES, DATABASES, PHONE_SHELLS, REDIS_URL, STORAGES, VAR  # noqa: E402

# Each xdist worker has a database from pytest-django; its cache, queue and files are its own in the same way.
_worker = os.environ.get("PYTEST_XDIST_WORKER", "")
_number = int(_worker.removeprefix("gw") or -1) % 15 + 1

CELERY_BROKER_URL = f"{REDIS_URL}?virtual_host={_number}" if "+socket" in REDIS_URL else REDIS_URL
if CACHES["default"]["LOCATION"].startswith("unix://"):
    CACHES["default"]["LOCATION"] += f"?db={_number}"
MEDIA_ROOT = VAR / f"files-{_number}"
STATIC_ROOT = VAR / f"static-{_number}"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of a folder that is not there
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES["default"]["CONN_MAX_AGE"] = 0
RATE_LIMITS_TIMES = 1000.0  # a walk through all addresses takes less than a minute

# A web server started by a test serves static files as production does, from where they were collected.
if folder := os.environ.get("TEST_STATIC_ROOT"):
    STATIC_ROOT = Path(folder)
else:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

# A worker process started by a test works on that test's database.
if name := os.environ.get("TEST_DATABASE_NAME"):
    DATABASES["default"]["NAME"] = name

# Another edition of the app on the phone, so that a test can change from one to the next.
if os.environ.get("TEST_NEXT_EDITION"):
    PHONE_SHELLS = [name for name in PHONE_SHELLS if name != "referrals.shells.SHELLS"]
