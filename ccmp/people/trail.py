"""What is done to accounts, postings and places is noted in the trail, which lies a floor above: by the name in settings."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils.module_loading import import_string

from ccmp.people.models import User


def note(*, by: User | None, at: datetime, did: str, on: Model | None, **detail: Any) -> None:
    """Note that a user did something with a row. `by` is empty for the command line, and for whoever is not signed in."""
    import_string(settings.TRAIL)(by=by, at=at, did=did, on=on, **detail)
