"""What happens at the door is told to the floors above, by name: see `settings.TOLD_OF_THE_DOOR`."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils.module_loading import import_string

from ccmp.people.models import User


def tell(*, by: User | None, at: datetime, did: str, on: Model, **detail: Any) -> None:
    for told in settings.TOLD_OF_THE_DOOR:
        import_string(told)(by=by, at=at, did=did, on=on, **detail)
