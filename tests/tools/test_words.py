import importlib.util
import io
import json

import pytest
from django.conf import settings

SPEC = importlib.util.spec_from_file_location("words", settings.BASE_DIR / "tools" / "words.py")
words = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(words)


@pytest.fixture
def add(tmp_path, monkeypatch):
    monkeypatch.setattr(words, "CATALOGUE", tmp_path / "zh_Hans" / "LC_MESSAGES" / "django.po")

    def run(pairs, *, replace=False):
        monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(pairs)))
        return words.add(replace=replace)

    return run


def translations():
    return {entry.msgid: words.translation_of(entry) for entry in words.read()}


def test_pairs_are_added_and_compiled(add):
    plural = {"msgid": "%(n)d child", "msgid_plural": "%(n)d children", "msgstr": "%(n)d 个孩子"}

    add({"Today": "今天"})
    add([plural])

    assert translations() == {"Today": "今天", "%(n)d child": "%(n)d 个孩子"}
    assert words.CATALOGUE.with_suffix(".mo").read_bytes()[:4] == b"\xde\x12\x04\x95"


def test_a_word_that_is_translated_otherwise_is_kept_and_told(add, capsys):
    add({"Today": "今天"})

    assert add({"Today": "今日", "Me": "我的"}) == 1
    assert translations() == {"Me": "我的", "Today": "今天"}
    assert "'Today' stays '今天', not '今日'" in capsys.readouterr().out


def test_a_word_is_changed_when_asked(add):
    add({"Today": "今天"})

    assert add({"Today": "今日"}, replace=True) == 0
    assert translations() == {"Today": "今日"}


def test_one_word_has_one_translation_for_each_context(add):
    add([{"msgid": "Open", "msgstr": "开门"}, {"msgid": "Open", "msgctxt": "a club's state", "msgstr": "开着"}])

    assert [(entry.msgctxt, entry.msgstr) for entry in words.read()] == [(None, "开门"), ("a club's state", "开着")]


@pytest.mark.parametrize(
    "pairs",
    [
        {"Today": ""},
        {"Today": "  "},
        {"": "今天"},
        {"%(n)d days": "天"},
        {"days": "%(n)d 天"},
        {"{name} came": "{nmae} 来了"},
    ],
)
def test_what_would_show_wrong_on_a_page_is_refused(add, pairs):
    add({"Me": "我的"})

    with pytest.raises(SystemExit):
        add({"Visits": "家访"} | pairs)

    assert translations() == {"Me": "我的"}
