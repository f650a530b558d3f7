"""Sessions in the database, each with whose it is, on what, since when: `settings.SESSION_ENGINE`.

What the rows say besides is read with the session's own query and written with its own write.
"""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from ccmp.people.models import OpenSession

DOOR = "door"  # what ccmp.people.door keeps in a session


class SessionStore(DatabaseStore):
    """Django's, with the columns of OpenSession. `seen_at` lies in its column alone: noting it writes nothing else."""

    seen_at: datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[OpenSession]:
        return OpenSession

    def _get_session_from_db(self) -> Any:
        row = super()._get_session_from_db()  # type: ignore[misc]
        self.seen_at = row.seen_at if row else None
        return row

    def create_model_instance(self, data: dict[str, Any]) -> OpenSession:
        row = cast(OpenSession, super().create_model_instance(data))
        told = data.get(DOOR, {})
        if SESSION_KEY in data and told:
            row.user_id = UUID(data[SESSION_KEY])
            row.number, row.device = UUID(told["number"]), told["device"]
            row.began_at, row.seen_at = datetime.fromisoformat(told["began"]), self.seen_at
        return row

    def note_seen(self, at: datetime) -> None:
        self.seen_at = at
        OpenSession.objects.filter(session_key=self.session_key).update(seen_at=at)
