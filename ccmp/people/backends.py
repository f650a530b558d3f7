from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import Model

from ccmp.people.models import User
from ccmp.people.reach import reach_of
from ccmp.places.models import Place


class PostingBackend(ModelBackend):
    """Model permissions come from postings alone: `has_perm` is true while one holds that grants it.

    With a place as the object it is true only where the posting reaches.
    """

    def has_perm(self, user_obj: Any, perm: str, obj: Model | None = None) -> bool:
        if not isinstance(user_obj, User):
            return False
        reach = reach_of(user_obj, perm)
        if obj is None:
            return bool(reach)
        return isinstance(obj, Place) and reach.covers(obj.code)

    def get_all_permissions(self, user_obj: Any, obj: Model | None = None) -> set[str]:
        return set()

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return False
