"""What is kept about one child, and is seen where the child belongs now: it follows a child that moves."""

from typing import Any, Self

from django.db import models

from ccmp.people.reach import Somebody, reach_of


class AboutAChildQuerySet(models.QuerySet[Any]):
    """`view_permission` is what one needs to see them, in the village whose register has the child now."""

    view_permission = ""

    def visible_to(self, user: Somebody) -> Self:
        return reach_of(user, self.view_permission).rows(self, column="child__village_code")

    def with_child(self) -> Self:
        return self.select_related("child__village", "by")
