import re
from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from ccmp.moments import CHINA
from ccmp.web.navigation import BAR, RAIL

ICONS = settings.BASE_DIR / "ccmp" / "static" / "icons.svg"
NOW = datetime(2026, 11, 6, 7, 30, tzinfo=CHINA)


@pytest.fixture(autouse=True)
def _chinese():
    with translation.override("zh-hans"):
        yield


def rendered(source, **context):
    return engines["django"].from_string(source).render(context, RequestFactory().get("/list/?village=1"))


def words_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def symbols():
    tree = ElementTree.parse(ICONS)
    return {symbol.get("id") for symbol in tree.iter("{http://www.w3.org/2000/svg}symbol")}


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("父亲：2026-02-09 起外出务工。", "父亲：2026年2月9日 起外出务工。"),
        ("从2021-04-09到2026-02-09", "从2021年4月9日到2026年2月9日"),
        ("证号 12021-04-09，2026-13-45", "证号 12021-04-09，2026-13-45"),
    ],
)
def test_the_days_of_a_sentence_are_said_as_a_screen_says_them(sentence, said):
    assert rendered("{{ sentence|days_said }}", sentence=sentence) == said


def test_every_icon_that_a_template_or_a_door_names_is_drawn():
    sources = [path.read_text() for path in (settings.BASE_DIR / "templates").rglob("*.html")]
    named = {name for source in sources for name in re.findall(r'{% icon "([\w-]+)"', source)}
    doors = {door.icon for door in BAR} | {door.icon for group in RAIL for door in group.doors}

    assert (named | doors) - symbols() == set()


def test_a_state_has_a_shape_and_a_word():
    html = rendered('{% state "met" "够" %}')

    assert 'data-state="met"' in html
    assert "#state-met" in html
    assert words_of(html) == "够"


def test_an_unknown_state_is_refused():
    with pytest.raises(ValueError, match="good"):
        rendered('{% state "good" "好" %}')


def test_a_states_word_is_escaped():
    assert "<b>" not in rendered('{% state "met" word %}', word="<b>")


@pytest.mark.parametrize(
    ("left", "state", "said"),
    [
        (timedelta(hours=-2, minutes=-10), "danger", "超时 2 小时 10 分"),
        (timedelta(hours=5, minutes=5), "short", "剩 5 小时 5 分"),
        (timedelta(hours=22, minutes=12), None, "剩 22 小时 12 分"),
        (timedelta(days=3, hours=4), None, "剩 3 天 4 小时"),
    ],
)
def test_a_clock_tells_what_is_left(left, state, said):
    html = rendered("{% clock due now %}", due=NOW + left, now=NOW)

    assert words_of(html) == said
    assert re.findall(r'data-state="(\w+)"', html) == ([state] if state else [])


@pytest.mark.parametrize(
    ("stopped", "state", "said"),
    [(timedelta(hours=-1), "met", "按时"), (timedelta(hours=1), "short", "迟了 1 小时")],
)
def test_a_stopped_clock_tells_whether_it_was_in_time(stopped, state, said):
    html = rendered(
        "{% clock due now stopped_at=stopped %}", due=NOW, now=NOW + timedelta(days=9), stopped=NOW + stopped
    )

    assert words_of(html) == said
    assert f'data-state="{state}"' in html


def test_a_clocks_face_shows_the_share_that_has_gone():
    html = rendered(
        "{% clock due now started_at=start %}", due=NOW + timedelta(hours=18), now=NOW, start=NOW - timedelta(hours=6)
    )

    assert 'stroke-dasharray="25 100"' in html


def test_a_pager_keeps_the_filters_of_the_page():
    page = Paginator(range(30), 10).page(2)

    html = rendered("{% pager page %}", page=page)

    assert words_of(html) == "上一页 第 2 页，共 3 页 下一页"
    assert "?village=1&amp;page=3" in html


def test_a_single_page_has_no_pager():
    assert rendered("{% pager page %}", page=Paginator(range(3), 10).page(1)).strip() == ""


def test_a_figure_sets_its_numbers_apart():
    assert rendered("{% duration_figure 200 %}") == "<b>3</b> 小时 <b>20</b> 分"


def test_a_day_and_a_moment_carry_their_machine_form():
    html = rendered("{% on_day now %}{% at_moment now now %}", now=NOW)

    assert html == (
        '<time datetime="2026-11-06">11月6日 周五</time><time datetime="2026-11-06T07:30+08:00">今天 07:30</time>'
    )


@pytest.mark.parametrize(("language", "gap"), [("zh-hans", ""), ("en", " "), ("en-gb", " ")])
def test_between_two_sentences_stands_a_space_in_english_and_none_in_chinese(language, gap):
    with translation.override(language):
        assert rendered("一。{% sentence_gap %}二。") == f"一。{gap}二。"


def test_no_template_writes_that_space_itself():
    ends = r'(?:[.?!:]" %\}|"ends a sentence" %\}|[.?!]\{% endblocktranslate %\})(?:\{% endif %\}|</b>)*'
    written = re.compile(ends + r"(?:\{% (?:if|elif|else)[^%]*%\})? (?:\{% if[^%]*%\}|<b>)*\{% (?:block)?translate ")
    folder = settings.BASE_DIR / "templates"

    assert written.search('{% translate "One." %}</b> {% translate "Two." %}')
    assert [
        f"{path.relative_to(folder)}: {found[0]}"
        for path in sorted(folder.rglob("*.html"))
        for found in written.finditer(path.read_text(encoding="utf-8"))
    ] == []
