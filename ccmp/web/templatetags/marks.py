"""Marks on a page: icons, states, clocks, error summaries, pagers. Built in: no template has to load them."""

from datetime import datetime, timedelta
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template.context import RequestContext
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ccmp.web import spoken

register = template.Library()

STATES = frozenset({"met", "short", "danger", "exempt", "running", "silent"})
SOON = timedelta(hours=8)  # a working day: what has less left is told as running short


def _use(name: str) -> str:
    return f"{static('icons.svg')}#{name}"


@register.simple_tag
def icon(name: str, kind: str = "") -> SafeString:
    """{% icon "door" %}, {% icon "next" "icon-next" %}: decoration; the word beside it says the same."""
    classes = f"icon {kind}".strip()
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', classes, _use(name))


@register.simple_tag
def shape(state: str, kind: str = "") -> SafeString:
    """{% shape "met" %}: a state's shape alone, for where its word stands elsewhere."""
    _check(state)
    if kind:
        return format_html('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', kind, _use(f"state-{state}"))
    return format_html('<svg aria-hidden="true"><use href="{}"/></svg>', _use(f"state-{state}"))


@register.simple_tag(name="state")
def state_mark(state: str, word: str, icon_name: str = "") -> SafeString:
    """{% state "met" _("met") %}: shape and word; a third word puts an icon in the shape's place."""
    _check(state)
    mark = icon(icon_name) if icon_name else shape(state)
    return format_html('<span class="state" data-state="{}">{}{}</span>', state, mark, word)


def _check(state: str) -> None:
    if state not in STATES:
        raise ValueError(f"{state!r} is no state: {', '.join(sorted(STATES))}")


@register.inclusion_tag("components/clock.html")
def clock(
    due_at: datetime, now: datetime, started_at: datetime | None = None, stopped_at: datetime | None = None
) -> dict[str, Any]:
    """{% clock task.due_at now started_at=task.sent_at stopped_at=task.accepted_at %}: what is left, shape and word."""
    left = due_at - (stopped_at or now)
    is_late = left < timedelta(0)
    gone = 0
    if started_at and not is_late and due_at > started_at:
        gone = round(100 * ((now - started_at) / (due_at - started_at)))
    return {
        "is_stopped": stopped_at is not None,
        "is_late": is_late,
        "is_soon": not is_late and left < SOON,
        "gone": min(max(gone, 0), 100),
        "span": spoken.spoken_span(abs(left)),
    }


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: BaseForm, title: str = "") -> dict[str, Any]:
    """{% error_summary form %}: what has to be put right, each linked to its field. Nothing when all is well.

    `title` is for a page that records nothing: {% error_summary form title=_("Not signed in yet") %}.
    """
    fields: list[BoundField] = []
    sentences: list[Any] = []
    for form in forms:
        sentences += form.non_field_errors()
        fields += [field for field in form.visible_fields() if field.errors]
        sentences += [error for field in form.hidden_fields() for error in field.errors]
    return {"is_needed": bool(fields or sentences), "fields": fields, "sentences": sentences, "title": title}


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: RequestContext, page: Any) -> dict[str, Any]:
    """{% pager page %}: a Django page by number, or anything with `next_cursor` and `previous_cursor`."""
    return {
        "request": context["request"],
        "page": page,
        "is_numbered": hasattr(page, "paginator"),
        "next_cursor": getattr(page, "next_cursor", None),
        "previous_cursor": getattr(page, "previous_cursor", None),
    }


@register.filter
def may_be_left_out(field: Any) -> bool:
    """Whether a field says so of itself. One that another answer makes necessary does not: `needed_by_another`."""
    return not field.field.required and not getattr(field.field, "needed_by_another", False)


@register.filter
def choice_layout(field: Any) -> str:
    """How the choices of a field lie: side by side (2 or 3), wrapped as people are, or one a line."""
    asked = field.field.widget.attrs.get("data-of")
    if asked:
        return str(asked)
    if field.field.widget.input_type == "checkbox":
        return "people"
    labels = [option.choice_label for option in field.subwidgets]
    if any(len(str(label)) > 8 for label in labels):
        return "lines"
    return str(len(labels)) if len(labels) < 4 else "people"
