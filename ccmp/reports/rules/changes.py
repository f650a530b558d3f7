"""What differs between two versions of a report: every sum, and every village's hours."""

from dataclasses import fields
from typing import Any

from ccmp.reports.rules.canonical import plain, read
from ccmp.reports.rules.published import Paper, Sums

MOMENTS = ("cut_off", "needs", "rule_versions")  # they follow from when and by which rules one counts, not from what
SUMS = [one.name for one in fields(Sums) if one.name not in ("code", "name", "above_code", "is_withheld")]

Change = list[Any]  # [what, where, before, now]: a field's name, a village's name or "", the two values


def changes_between(before: dict[str, Any], now: dict[str, Any]) -> list[Change]:
    """The changes in the order of the paper, empty when both say the same."""
    if _said(before) == _said(now):
        return []
    return [*_sums(before["totals"], now["totals"]), *_villages(before["villages"], now["villages"])] or [
        ["details", "", "", ""]
    ]


def _said(figures: dict[str, Any]) -> dict[str, Any]:
    """A figure that older papers do not tell yet is no change while the newer one does not tell it either."""
    figures = plain(read(Paper, figures)) if figures else figures
    return {name: value for name, value in figures.items() if name not in MOMENTS}


def _sums(before: dict[str, Any], now: dict[str, Any]) -> list[Change]:
    return [[name, "", before.get(name), value] for name in SUMS if before.get(name) != (value := now[name])]


def _villages(before: list[dict[str, Any]], now: list[dict[str, Any]]) -> list[Change]:
    held = {village["code"]: village for village in before}
    changes: list[Change] = []
    for village in sorted(now, key=lambda one: one["code"]):
        was = held.get(village["code"])
        if was is None:
            changes.append(["village", village["name"], None, 1])
        elif was["open_minutes"] != village["open_minutes"] or was["verdict"] != village["verdict"]:
            changes.append(["open_minutes", village["name"], was["open_minutes"], village["open_minutes"]])
    return changes
