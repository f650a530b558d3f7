from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import Model

from ccmp.people.models import User
from ccmp.people.reach import reach_of


class PostingBackend(ModelBackend):
    """Model permissions come from postings alone: `has_perm` is true while one holds that grants it.

    Permissions on objects are django-guardian's: `serve` on a place, `answer_task` on a task.
    """

    def has_perm(self, user_obj: Any, perm: str, obj: Model | None = None) -> bool:
        return obj is None and isinstance(user_obj, User) and bool(reach_of(user_obj, perm))

    def get_all_permissions(self, user_obj: Any, obj: Model | None = None) -> set[str]:
        return set()

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return False
