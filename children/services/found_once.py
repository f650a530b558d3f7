"""A list that is looked for once: how many there are and who stands on the page come from one search of the database."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import Count, Window

FURTHEST = 10**9  # what somebody may write into an address; PostgreSQL counts rows no further than this many pages


class FoundOnce(Paginator):
    """Pages of rows in their order. `beside`: what is fetched with the rows of a page, and with no others."""

    def __init__(self, rows: "models.QuerySet[Any]", per_page: int, *, beside: Sequence[str] = ()) -> None:
        super().__init__(rows, per_page)
        self.rows, self.beside = rows, beside

    def get_page(self, number: Any) -> "Page[Any]":
        """As Django's: the first page for what is no number, the last one for what lies beyond."""
        try:
            asked = int(number)
        except (TypeError, ValueError):
            asked = 1
        keys = self._find(asked) if 0 < asked < FURTHEST else []
        if not keys and asked != 1:
            asked = max(1, self.num_pages)  # asks how many there are
            keys = self._find(asked)
        return Page(self._fetch(keys), asked, self)

    def _find(self, number: int) -> list[Any]:
        """The keys of a page, and in passing how many rows there are on all of them."""
        first = (number - 1) * self.per_page
        there = self.rows.annotate(on_all_pages=Window(Count("*"))).values_list("pk", "on_all_pages")
        found = list(there[first : first + self.per_page])
        if found or number == 1:
            self.__dict__["count"] = found[0][1] if found else 0
        return [key for key, _all in found]

    def _fetch(self, keys: list[Any]) -> list[Any]:
        held = self.rows.model._default_manager.select_related(*self.beside).in_bulk(keys)
        return [held[key] for key in keys]
