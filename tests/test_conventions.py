"""The house rules that a machine can see. Each exception is listed with its reason, and an old one must go."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests import conventions
from tests.conventions import Finder

ROOT = Path(__file__).resolve().parent.parent
APPS = ("ccmp", "children", "clubs", "visits", "referrals")
PYTHON = sorted(path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
LONGEST_MODULE, LONGEST_FUNCTION, LONGEST_VIEW = 300, 25, 15


def on_floor(*names: str) -> list[Path]:
    """Modules of these floors: in the package, or the single module while an app is small."""
    return [path for path in PYTHON if {*path.relative_to(ROOT).parent.parts, path.stem} & set(names)]


def breaches(find: Finder, paths: list[Path]) -> set[tuple[str, str]]:
    """What a finder saw, as (path, what)."""
    return {
        (path.relative_to(ROOT).as_posix(), what) for path in paths for _line, what in find(path.read_text("utf-8"))
    }


def test_time_is_passed_in():
    allowed = {
        ("ccmp/people/models/posting.py", "Now"): "the database's clock: reach ends the minute a posting ends",
    }

    assert breaches(conventions.clocks_read, on_floor("rules", "models", "services", "entries")) == set(allowed)


def test_every_read_of_a_page_or_an_endpoint_starts_from_visible_to():
    allowed = {
        ("ccmp/api/tokens.py", "ApiToken.objects.valid"): "nobody is known yet: the token says who it is",
        ("ccmp/phone/api/tokens.py", "Phone.objects.select_related"): "nobody is known yet: the token says who it is",
        ("ccmp/people/views/accounts.py", "Posting.objects.of"): "one's own postings",
        ("referrals/views/department.py", "Task.objects.granted_to"): "narrower: the tasks granted to one's department",
        ("visits/views/triage.py", "Place.objects.at_level"): "names of places, which are public",
    }

    assert breaches(conventions.unscoped_queries, on_floor("views", "api")) <= set(allowed)


def test_there_are_no_signals():
    allowed = {("ccmp/reports/tasks.py", "celery.signals"): "a worker that starts takes up what a killed one left"}

    assert breaches(conventions.signals_imported, PYTHON) == set(allowed)


def test_an_inline_import_carries_its_reason():
    assert breaches(conventions.silent_inline_imports, PYTHON) == set()


def test_models_save_nothing_by_the_way_and_have_no_order_of_their_own():
    assert breaches(conventions.model_breaches, on_floor("models")) == set()


def test_serializers_neither_create_nor_update():
    assert breaches(conventions.serializers_that_write, on_floor("api")) == set()


def test_no_page_carries_script_or_style_of_its_own():
    assert breaches(conventions.inline_code, TEMPLATES) == set()


def test_no_page_writes_an_address_out():
    allowed = {
        (f"templates/{name}.html", 'href="/"'): "an error page may have no resolver to ask"
        for name in ("400", "403", "404", "500")
    } | {("templates/desk.html", 'href="/"'): "the front door, whatever the reader's post"}

    assert breaches(conventions.literal_paths, TEMPLATES) <= set(allowed)


def test_a_module_is_short_enough_to_be_read_at_once():
    long = {path.relative_to(ROOT).as_posix(): _lines(path) for path in PYTHON if _lines(path) > LONGEST_MODULE}

    assert long == {}


# Longer than the rule; the list may only shrink.
STILL_TOO_LONG = {"ccmp/people/rules/criteria.py": 26}
VIEWS_STILL_TOO_LONG = {
    "ccmp/people/views/places.py": 16,
    "clubs/views/asking.py": 16,
    "clubs/views/club.py": 17,
    "clubs/views/entering.py": 18,
    "referrals/views/county.py": 21,
    "referrals/views/department.py": 17,
    "visits/views/flag.py": 16,
    "visits/views/triage.py": 17,
}


@pytest.mark.parametrize(
    ("paths", "most", "known"),
    [(PYTHON, LONGEST_FUNCTION, STILL_TOO_LONG), (on_floor("views", "api"), LONGEST_VIEW, VIEWS_STILL_TOO_LONG)],
    ids=["functions", "views"],
)
def test_a_function_does_one_thing(paths, most, known):
    too_long = {}
    for path in paths:
        name = path.relative_to(ROOT).as_posix()
        find = partial(conventions.long_functions, most=known.get(name, most))
        too_long |= {(name, what): line for line, what in find(path.read_text("utf-8"))}

    assert too_long == {}


def test_a_module_is_named_for_what_it_knows():
    named = {path.relative_to(ROOT).as_posix() for path in PYTHON if _names(path) & conventions.EMPTY_NAMES}

    assert named == {"ccmp/walls/postgresql/base.py"}  # Django looks for a backend's wrapper in its `base`


def _lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def _names(path: Path) -> set[str]:
    return {*path.relative_to(ROOT).parent.parts, path.stem}


# ------------------------------------------------------------------------------------- the finders find what they are for


def _seen(find: Finder, source: str) -> list[str]:
    found: Iterator[tuple[int, str]] = find(source)
    return [what for _line, what in found]


@pytest.mark.parametrize(
    ("find", "source"),
    [
        (conventions.clocks_read, "def f():\n    return timezone.now()"),
        (conventions.clocks_read, "x = datetime.datetime.now(UTC)"),
        (conventions.clocks_read, "x = date.today()"),
        (conventions.clocks_read, "from ccmp.moments import day_of, now"),
        (conventions.clocks_read, "x = moments.now()"),
        (conventions.clocks_read, "x = models.Q(at=Now())"),
        (conventions.unscoped_queries, "Child.objects.all()"),
        (conventions.unscoped_queries, "Child.objects.filter(pk=1).visible_to(user)"),
        (conventions.unscoped_queries, "everybody = Child.objects"),
        (conventions.unscoped_queries, "models.Child.objects.get(pk=1)"),
        (conventions.unscoped_queries, "Child._default_manager.all()"),
        (conventions.signals_imported, "from django.db.models.signals import post_save"),
        (conventions.signals_imported, "from django.db.models import signals"),
        (conventions.signals_imported, "from django.dispatch import receiver"),
        (conventions.silent_inline_imports, "def f():\n    import json"),
        (conventions.silent_inline_imports, "def f():\n    from a import (\n        b,\n    )"),
        (conventions.model_breaches, "class A:\n    def save(self, **kwargs): ..."),
        (conventions.model_breaches, "class A:\n    class Meta:\n        ordering = ['name']"),
        (conventions.serializers_that_write, "class A(serializers.ModelSerializer): ..."),
        (conventions.serializers_that_write, "class A(Body):\n    def create(self, data): ..."),
        (conventions.inline_code, "<script>alert(1)</script>"),
        (conventions.inline_code, "<p style='color: red'>"),
        (conventions.inline_code, '<a onclick="go()">'),
        (conventions.inline_code, "<style>p {}</style>"),
        (conventions.inline_code, '<a href="javascript:go()">'),
        (conventions.literal_paths, '<a href="/children/">'),
        (partial(conventions.long_functions, most=1), "def f():\n    '''Told.'''\n    a = 1\n    return a"),
    ],
)
def test_a_breach_is_seen(find, source):
    assert len(_seen(find, source)) == 1


@pytest.mark.parametrize(
    ("find", "source"),
    [
        (conventions.clocks_read, "from ccmp.moments import day_of\nx = day_of(at)\nknown = rows.now"),
        (conventions.unscoped_queries, "Child.objects.visible_to(user).filter(pk=1)"),
        (conventions.unscoped_queries, "Club.objects.hours_visible_to(user)"),
        (conventions.signals_imported, "import signal\nfrom django.db import models"),
        (conventions.silent_inline_imports, "import json\n\ndef f():\n    import csv  # heavy, and seldom needed"),
        (conventions.silent_inline_imports, "def f():\n    # heavy, and seldom needed\n    import csv"),
        (conventions.model_breaches, "class A:\n    def move_to(self): ..."),
        (conventions.inline_code, '<script type="module" src="{% static \'a.js\' %}"></script>'),
        (conventions.inline_code, '<script type="application/json" id="rows">{}</script>'),
        (conventions.inline_code, "<p class='style'>on time = now</p>"),
        (conventions.inline_code, '{% week_bars weeks only="met" %}'),
        (conventions.literal_paths, '<a href="{% url \'visits:today\' %}"><link href="//x">'),
        (
            partial(conventions.long_functions, most=2),
            "def f(\n    a,\n    b,\n):\n    '''Told.'''\n    c = 1\n    return c",
        ),
    ],
)
def test_what_is_no_breach_is_left_alone(find, source):
    assert _seen(find, source) == []
