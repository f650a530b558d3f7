"""What the phone works out of the register by itself: the same table through Python and through Chromium."""

import json
import random
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from ccmp.identifiers import new_id
from ccmp.moments import CHINA
from ccmp.refusals import Refusal
from ccmp.web.templatetags.words import days_said
from children.entries import CarerEntry, HouseholdEntry, ParentEntry
from children.enums import (
    SEALED_LABELS,
    CareKind,
    EthnicGroup,
    Hukou,
    IncapacityReason,
    LabelKind,
    LeftBy,
    Means,
    NoIdReason,
    Relation,
    SchoolStage,
    Whereabouts,
)
from children.forms.registration import RegistrationForm
from children.models import Child, Household, Relative, years_before
from children.rules.child_facts import ChildFacts, months_after
from children.rules.id_areas import Areas
from children.rules.labels import ChildOnDay, Label, Labels, labels_from
from children.rules.labels.words import missing_said
from children.rules.names import initials_of, pinyin_of
from children.rules.registration import check_registration
from children.rules.resident_id import check_character, check_number, clean_number, masked
from children.rules.similar import Described, likeness
from children.rules.whereabouts import Told, told_of
from children.services.labels import ShownLabels
from children.services.phone import _syllables
from children.services.stays import add_whereabouts
from children.services.whereabouts import Change, _check
from tests.factories import CLOUD_FOOT, child_entry, invented_facts, make_child, parent

pytestmark = pytest.mark.browser
ON = date(2026, 3, 12)
AT = datetime(2026, 3, 12, 9, 30, tzinfo=CHINA)


@pytest.fixture
def chance() -> random.Random:
    return random.Random(20260312)


def refused(check: Any, *args: Any, **kwargs: Any) -> list[str] | None:
    with translation.override("en"):
        try:
            check(*args, **kwargs)
        except Refusal as refusal:
            return [refusal.field or "", str(refusal)]
    return None


def iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def near(chance: random.Random) -> date:
    """A day at or beside the one that is asked for, or long before it."""
    return ON + timedelta(days=chance.choice([-400, -30, -1, 0, 0, 1, 30]))


def test_the_days_of_a_sentence_are_said_alike(in_chromium):
    sentences = [
        "起2026-02-09，到 2021-04-09。",
        "2026-13-45",
        "12021-04-09",
        "2021-04-091",
        "2028-02-29",
        "2026-02-29",
        "",
    ]

    with translation.override("en"):
        said = [days_said(sentence) for sentence in sentences]

    assert in_chromium("async (load, sentences) => sentences.map((await load('words.js')).daysSaid)", sentences) == said


# ── labels ────────────────────────────────────────────────────────────────────────────────────────────────────────


def shown_in_python(facts: ChildFacts) -> dict[str, Any]:
    shown = ShownLabels(labels_from(ChildOnDay(facts, ON)))
    not_left = shown.not_left_behind
    return {
        "holding": [_label_shown(one) for one in shown.holding],
        "not_left_behind": not_left and _label_shown(not_left),
        "unknown": [_label_shown(one) for one in shown.unknown],
        "missing": shown.missing,
    }


def _label_shown(one: Label) -> dict[str, Any]:
    return {
        "title": one.title, "is_alert": one.is_alert, "is_open": one.is_open, "why": one.why, "rule": one.rule,
        "missing": one.missing or _blanks_of_what_holds(one),
    }  # fmt: skip


def _blanks_of_what_holds(one: Label) -> list[str]:
    """The phone says what is blank of every label; the page shows it of those that are not known."""
    return missing_said(one.kind, one.day)


def test_labels_their_facts_and_sentences_are_the_same(in_chromium, chance):
    cases = [invented_facts.facts(chance) for _ in range(1500)]
    kinds = [kind for kind in LabelKind if kind not in (*SEALED_LABELS, LabelKind.IN_DIFFICULTY)]

    with translation.override("en"):
        in_python = [
            [{kind.value: Labels(ChildOnDay(one, ON)).of(kind).holds for kind in kinds}, shown_in_python(one)]
            for one in cases
        ]
    on_phone = in_chromium(
        """async (load, {cases, on, standards}) => {
            const { childOnDay, labelsOf } = await load("rules/labels.js");
            const { labelsShown } = await load("pages/children/labels_said.js");
            return cases.map((facts) => {
                const day = childOnDay(facts, { on, standards });
                return [labelsOf(day), labelsShown(day)];
            });
        }""",
        {
            "cases": [invented_facts.as_the_phone_has_it(one) for one in cases],
            "on": iso(ON),
            "standards": invented_facts.standards(),
        },
    )

    for (said, shown), (said_here, shown_here) in zip(on_phone, in_python, strict=True):
        assert (said, shown) == (said_here, shown_here)
    assert {kind for said, _shown in in_python for kind, holds in said.items() if holds} == {one.value for one in kinds}


def test_months_later_are_the_same(in_chromium, chance):
    cases = [(date(2025, 8, 31), 6), (date(2024, 2, 29), 12), (date(2023, 8, 31), 6)]
    cases += [(date(2015, 1, 1) + timedelta(days=chance.randrange(6000)), chance.randrange(40)) for _ in range(300)]

    on_phone = in_chromium(
        """async (load, cases) => {
            const { monthsAfter } = await load("rules/parents.js");
            return cases.map(([day, months]) => monthsAfter(day, months));
        }""",
        [[iso(day), months] for day, months in cases],
    )

    assert on_phone == [iso(months_after(day, months)) for day, months in cases]


def test_days_of_years_ago_are_the_same(in_chromium, chance):
    cases = [(date(2024, 2, 29), 16), (date(2024, 2, 29), 1), (date(2000, 2, 29), 100), (date(2026, 3, 1), 18)]
    cases += [(date(1950, 1, 1) + timedelta(days=chance.randrange(30000)), chance.randrange(70)) for _ in range(300)]

    on_phone = in_chromium(
        """async (load, cases) => {
            const { yearsBefore } = await load("rules/labels.js");
            return cases.map(([day, years]) => yearsBefore(day, years));
        }""",
        [[iso(day), years] for day, years in cases],
    )

    assert on_phone == [iso(years_before(day, years)) for day, years in cases]


def test_what_the_register_calls_things_is_the_same_in_both_languages(in_chromium):
    from ccmp.phone.services.pack import pack

    said = {
        "relationSaid": Relation, "careSaid": CareKind, "incapacitySaid": IncapacityReason, "leftBySaid": LeftBy,
        "meansSaid": Means,
    }  # fmt: skip
    fields = {"ethnic_group": EthnicGroup, "hukou": Hukou, "no_id_reason": NoIdReason, "school_stage": SchoolStage}
    for language in ("zh-hans", "en"):
        on_phone = in_chromium(
            """async (load, {words, said, fields}) => {
                const { speak } = await load("words.js");
                const names = await load("pages/children/said.js");
                const { choiceSaid } = await load("pages/differences/labels.js");
                speak(words);
                return [...Object.entries(said).map(([name, values]) => values.map((one) => names[name](one))),
                        ...Object.entries(fields).map(([field, values]) => values.map((one) => choiceSaid(field, one)))];
            }""",
            {
                "words": json.loads(pack(language).body)["words"],
                "said": {name: kind.values for name, kind in said.items()},
                "fields": {name: kind.values for name, kind in fields.items()},
            },
        )
        with translation.override(language):
            assert on_phone == [[str(label) for label in kind.labels] for kind in (*said.values(), *fields.values())]


# ── names ─────────────────────────────────────────────────────────────────────────────────────────────────────────

NAMES = [
    "张思",
    "陈雨欣",
    "重庆",
    "龚䶮",
    "𠮷田",
    "艾力·买买提",
    "Anna Li",
    "欧阳慧敏",
    "单雄信",
    "曾毅",
    "é",
    "〇",
    "吕布",
    "单于慧",
    "张单",
    "Li 张b",
    "艾Anna力",
    "恒 恒",
    "阿依•买买提",
    "林宇",
    "Zoé李",
]


def test_names_are_spoken_and_found_alike(in_chromium, world, mother):
    words = [
        "",
        " ",
        "张",
        "zs",
        "ZS",
        "z s",
        "zhang",
        "hangs",
        "cyx",
        "䶮",
        "yan",
        "𠮷",
        "maimaiti",
        "a",
        "l",
        "anna",
        "Anna",
        "欧 阳",
        "lv",
        "lu",
        "nobody",
        "·",
        "shan",
        "dan",
        "sxx",
        "dxx",
        "ceng yi",
        "zengyi",
        "en",
        "an",
        "chongq",
        "zhongq",
        "chen yux",
        "xin chen",
        "张s",
        "艾力买买提",
        "艾力 买",
        "lü",
        "lǚ",
        "lu\u0308",
        "lyu",
        "LYU BU",
        "liny",
        "ｚｓ",
        "Ｚｈａｎｇ　ｓａｎ",
        "zhāng sān",
        "zhang\u200bsan",
        "艾力•买买提",
        "阿依买买提",
        "é",
        "e",
        "b",
        "ann",
        "zhang!",
        "(",
    ]
    for name in NAMES:
        make_child(mother, name=name)

    spoken, found = in_chromium(
        """async (load, {syllables, names, words}) => {
            const { pinyinOf, initialsOf, isFound, nearness } = await load("rules/names.js");
            return [names.map((name) => [pinyinOf(syllables, name), initialsOf(syllables, name)]),
                    words.map((one) => names.filter((name) => isFound(syllables, name, one))
                        .map((name) => [name, nearness(syllables, name, one)]))];
        }""",
        {"syllables": _syllables(NAMES), "names": NAMES, "words": words},
    )

    assert spoken == [[pinyin_of(name), initials_of(name)] for name in NAMES]
    assert [{tuple(pair) for pair in one} for one in found] == [
        set(Child.objects.matching(one).nearest_first(one).values_list("name", "nearness")) for one in words
    ]


def test_two_children_are_as_like_each_other(in_chromium, chance):
    signs = "陈程雨宇欣昕单"
    days = [
        "",
        "2014-06-01",
        "2014-06-10",
        "2014-01-06",
        "2014-06-02",
        "2014-06-04",
        "2014-06-05",
        "2015-06-01",
        "2014-07-09",
    ]

    def somebody() -> dict[str, Any]:
        name = "".join(chance.choices(signs, k=chance.randint(1, 4)))
        return {
            "name": name, "pinyin": pinyin_of(name), "initials": initials_of(name), "born_on": chance.choice(days),
            "phones": chance.sample(["13800000001", "13800000002", "13800000003"], chance.randint(0, 2)),
            "number": chance.choice(["", "520323**********27", "520323**********35"]),
        }  # fmt: skip

    def as_described(one: dict[str, Any]) -> Described:
        born_on = date.fromisoformat(one["born_on"]) if one["born_on"] else None
        return Described(**one | {"born_on": born_on, "phones": frozenset(one["phones"])})

    cases = [(somebody(), somebody()) for _ in range(1500)]

    with translation.override("en"):
        in_python = [likeness(as_described(one), as_described(other)) for one, other in cases]
    on_phone = in_chromium(
        """async (load, cases) => {
            const { likeness } = await load("rules/similar.js");
            return cases.map(([one, other]) => likeness(one, other));
        }""",
        cases,
    )

    assert on_phone == [{"points": one.points, "isEnough": one.is_enough, "said": one.said} for one in in_python]
    assert len({reason for one in in_python for reason in one.said.split(", ") if reason}) == 12
    assert {one.is_enough for one in in_python} == {True, False}


def test_texts_are_ordered_as_the_database_orders_them(in_chromium, mother):
    texts = ["", "a", "ab", "chen", "chenyu", "陈", "陈国", "\U00020bb7", "\uff21", "上寨组", "Z", "1"]
    for text in texts:
        Household.objects.create(village_code=CLOUD_FOOT, head_name=text or "-", neighbourhood=text)

    on_phone = in_chromium(
        """async (load, texts) => { const { compare } = await load("rules/names.js"); return texts.sort(compare); }""",
        texts[::-1],
    )

    assert on_phone == list(Household.objects.order_by("neighbourhood").values_list("neighbourhood", flat=True))


# ── ID numbers ────────────────────────────────────────────────────────────────────────────────────────────────────


def a_number(chance: random.Random) -> str:
    day = chance.choice(
        ["20140601", "20260312", "20260313", "20140230", "20141301", "20140010", "20000229", "00000101", "19000229"]
    )
    seventeen = f"{chance.choice(['520323', '520323', '522426', '440305', '990101'])}{day}{chance.randrange(1000):03}"
    number = seventeen + check_character(seventeen)
    amiss = chance.choice(["", "", "", "digit", "short", "letters", "spaces", "small", "wide", "check", "o", "swap"])
    if amiss == "digit":
        number = f"{number[:9]}{chance.randrange(10)}{number[10:]}"
    if amiss == "check":
        number = number[:17] + chance.choice("0123456789XA")
    return {
        "short": number[: chance.randrange(18)], "letters": f"{number[:5]}a{number[6:]}", "small": number.lower(),
        "spaces": f" {number[:6]} {number[6:14]}\u3000{number[14:]}\n", "wide": f"{number[:4]}２{number[5:]}",
        "o": number.replace("0", "o").replace("1", "l"), "swap": number[:8] + number[9] + number[8] + number[10:],
    }.get(amiss, number)  # fmt: skip


AREAS = Areas({"520323": None, "522426": date(2012, 1, 1)})


def test_an_id_number_is_refused_and_doubted_with_the_same_sentences(in_chromium, chance):
    numbers = [
        "",
        "x" * 18,
        "１" * 18,
        "520323680401001",
        "H12345678",
        "m0123456789",
        "520323101206010024",
        *(a_number(chance) for _ in range(700)),
    ]
    beside = lambda: (chance.choice(["", "2014-06-01", "2014-06-10"]), chance.choice(["", "1", "2"]))  # noqa: E731
    cases = [(number, *beside()) for number in numbers]

    in_python = []
    for number, born_on, sex in cases:
        told = {"born_on": date.fromisoformat(born_on) if born_on else None, "sex": sex, "on": ON, "areas": AREAS}
        wrong = refused(check_number, number, **told)
        with translation.override("en"):
            odd = [] if wrong else [[one.of, one.sentence] for one in check_number(number, **told).warnings]
        in_python.append([wrong, odd, masked(clean_number(number))])
    on_phone = in_chromium(
        """async (load, {cases, on, areas}) => {
            const { checkResidentId, cleanNumber, masked, oddOf } = await load("rules/resident_id.js");
            return cases.map(([number, bornOn, sex]) => {
                const wrong = checkResidentId(number, { on, bornOn, sex, areas });
                const odd = wrong ? [] : oddOf(number, { bornOn, sex, areas }).map((one) => [one.of, one.sentence]);
                return [wrong && [wrong.field, wrong.sentence], odd, masked(cleanNumber(number))];
            });
        }""",
        {"cases": cases, "on": iso(ON), "areas": {code: iso(ended) for code, ended in AREAS.ended.items()}},
    )

    assert on_phone == in_python
    assert {of for _wrong, odd, _masked in in_python for of, _sentence in odd} == {"born_on", "sex", "area"}
    assert sum("Perhaps" in wrong[1] for wrong, _odd, _masked in in_python if wrong) > 100


# ── registration ──────────────────────────────────────────────────────────────────────────────────────────────────


def plain(value: Any) -> Any:
    """An entry as the phone makes it."""
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, bool | int):
        return value
    return "" if value is None else str(value)


def an_entry(chance: random.Random) -> Any:
    day = lambda often: near(chance) if chance.random() < often else None  # noqa: E731

    def a_parent(relations: list[str]) -> ParentEntry:
        return ParentEntry(
            id=new_id(), name=chance.choice(["陈志强"] * 9 + [" "]), relation=chance.choice(relations), died_on=day(0.2),
            missing_since=day(0.2), away_since=day(0.2), born_on=day(0.1), unable_since=day(0.15),
            unable_reason=chance.choice(["", "", "other"]),
        )  # fmt: skip

    parents = tuple(
        a_parent(relations)
        for relations in (["51", "57"], ["52", "58"], ["51", "52"])[: chance.choice([0, 1, 2, 2, 2, 3])]
    )
    if parents and chance.random() < 0.1:
        parents = (parents[0], replace(parents[0]))
    carer = CarerEntry(
        id=chance.choice([new_id(), *(one.id for one in parents)]), name="杨秀英", since=near(chance),
        relation=chance.choice(["51", "52", "61", "97"]), kind=chance.choice(CareKind.values),
    )  # fmt: skip
    number = chance.choice(["", "", "520323201406010027", "520323201406010028"])
    return child_entry(
        made_at=AT, name=chance.choice(["陈雨欣"] * 9 + ["  "]), parents=parents, carer=chance.choice([carer, carer, None]),
        born_on=chance.choice([date(2014, 6, 1)] * 6 + [ON, ON + timedelta(days=1), years_before(ON, 18)]),
        resident_id=number, no_id_reason=chance.choice(["", "newborn"]),
    )  # fmt: skip


def test_a_registration_is_refused_with_the_same_sentence(in_chromium, chance):
    cases = [an_entry(chance) for _ in range(1500)]

    in_python = [refused(check_registration, entry, on=ON, areas=Areas({})) for entry in cases]
    on_phone = in_chromium(
        """async (load, {cases, on}) => {
            const { checkRegistration } = await load("rules/registration.js");
            return cases.map((entry) => {
                const wrong = checkRegistration(entry, { on });
                return wrong && [wrong.field, wrong.sentence];
            });
        }""",
        {
            "cases": [plain(asdict(entry)) | {"carer": entry.carer and plain(asdict(entry.carer))} for entry in cases],
            "on": iso(ON),
        },
    )

    assert on_phone == in_python
    assert len({tuple(one) for one in in_python if one}) == 12
    assert None in in_python


def fields_of(chance: random.Random, known: dict[str, list[str]]) -> dict[str, str]:
    """A registration as it is posted: whatever a hurried hand may leave out or get wrong."""
    some = lambda *choices: chance.choice(choices)  # noqa: E731
    day = lambda: some(*["2026-03-01", "2025-01-01"] * 5, "", "2026-02-30")  # noqa: E731
    fields = {
        "id": str(new_id()), "household_id": str(new_id()), "head_name": " 陈国富 ", "neighbourhood": "上寨组", "address": "",
        "name": some(" 陈雨欣 ", "罗小军", "罗小军"), "sex": "2", "born_on": "2014-06-01", "ethnic_group": "01", "ethnic_words": "",
        "hukou": "rural", "resident_id": "", "no_id_reason": "newborn", "school_stage": "primary", "is_boarding": some("", "on"),
        "another_child": some("", "", "on"),
        "carer": some("", "father", "mother", "new", "none", *known.get("carer", [])), "carer_id": str(new_id()),
        "carer_name": some("", "杨秀英 ", "杨秀英 "), "carer_relation": some("", "62", "51"), "carer_phone": some("", "13985200001"),
        "carer_born_on": some("", "1958-04-02"), "carer_kind": some("", "good"), "carer_since": day(),
        "carer_is_entrusted": some("", "on"), "carer_paper_signed_on": some("", "2025-03-01"),
    }  # fmt: skip
    for who in ("father", "mother"):
        fields |= {
            who: some("new", "new", "none", *known.get(who, [])), f"{who}_id": str(new_id()),
            f"{who}_name": some("", " ", *["陈志强"] * 5),
            f"{who}_is_step": some("", "", "on"), f"{who}_phone": "", f"{who}_since": day(), f"{who}_where": some("", "广东 "),
            f"{who}_whereabouts": some("", *Whereabouts.values), f"{who}_unable_since": day(),
            f"{who}_unable_reason": some("", "", "other"),
        }  # fmt: skip
    return {name: value for name, value in fields.items() if value}


# What the page does not ask for: it is filled in step by step, in the file.
LATER = {"hukou_county": "", "hukou_place": "", "lives_here_since": "", "school_name": "", "told_healthy": False}
LATER_OF_THE_CARER = {"school_told_on": "", "village_told_on": "", "resident_id": "", "works_at": "", "address": ""}


def test_a_form_is_read_and_refused_alike(in_chromium, chance, mother):
    home = HouseholdEntry(new_id(), "陈国富", "上寨组")
    entries = (parent(Relation.FATHER, "陈志强"), parent(Relation.STEPMOTHER, "李芳"))
    make_child(mother, household=home, name="陈雨欣", parents=entries)
    household = Household.objects.get()
    lines = {
        str(one.id): {"id": str(one.id), "name": one.name, "as": one.kinships.get().relation}
        for one in Relative.objects.all()
    }
    known = {"father": [str(entries[0].id)], "mother": [str(entries[1].id)]}
    known["carer"] = [key for key in lines if key not in (*known["father"], *known["mother"])]
    flips = [chance.random() < 0.5 for _ in range(500)]
    cases = [(fields_of(chance, known if is_known else {}), is_known) for is_known in flips]

    on_phone = in_chromium(
        """async (load, {cases, known, home}) => {
            const { checkTogether, checkAlike, entryOf } = await load("rules/registration.js");
            return cases.map(([fields, isKnown]) => {
                const alike = fields.name[0].trim() === "陈雨欣" ? ["one"] : [];
                const wrong = { ...checkTogether(fields), ...checkAlike(fields, alike) };
                return [wrong, entryOf(fields, isKnown ? { known, home } : {})];
            });
        }""",
        {
            "cases": [[{name: [value] for name, value in fields.items()}, is_known] for fields, is_known in cases],
            "known": lines,
            "home": str(home.id),
        },
    )

    taken = 0
    for (fields, is_known), (wrong, entry) in zip(cases, on_phone, strict=True):
        with translation.override("en"):
            form = RegistrationForm(
                MultiValueDict({name: [value] for name, value in fields.items()}),
                village_code=CLOUD_FOOT, household=household if is_known else None,
            )  # fmt: skip
            of_itself = {name for name, field in form.fields.items() if _is_amiss(form, name, field)}
            said = {name: [str(one) for one in errors] for name, errors in form.errors.items()}
        assert {name: errors for name, errors in wrong.items() if name not in of_itself} == {
            name: errors for name, errors in said.items() if name not in of_itself
        }
        if form.is_valid():
            taken += 1
            told = plain(asdict(form.entry(made_at=AT)))
            assert {name: told.pop(name) for name in LATER} == LATER
            assert {name: told["carer"].pop(name) for name in LATER_OF_THE_CARER} == LATER_OF_THE_CARER
            assert entry == {
                name: value["id"] if name == "household" else [_as_written(one) for one in value] if name == "parents" else value
                for name, value in told.items() if name not in ("village_code", "made_at")
            } | {"parents": entry["parents"]}  # fmt: skip
            assert [_as_written(one) for one in told["parents"]] == [_as_written(one) for one in entry["parents"]]
    assert taken > 20


def _is_amiss(form: Any, name: str, field: Any) -> bool:
    """Whether the field alone is refused: the phone's own check of fields says that."""
    try:
        field.clean(field.widget.value_from_datadict(form.data, form.files, name))
    except Exception:
        return True
    return False


def _as_written(one: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in one.items() if value}


# ── whereabouts ───────────────────────────────────────────────────────────────────────────────────────────────────


def a_telling(chance: random.Random) -> Told:
    kind = Whereabouts(chance.choice([*Whereabouts.values, "away", "away", "home"]))
    since = date(2026, 1, 1) + timedelta(days=chance.randrange(0, 80))
    return Told(kind, since, chance.choice(["", "广东东莞", "浙江 义乌"]) if kind == Whereabouts.AWAY else "")


def as_told(told: Told) -> dict[str, str]:
    return {"whereabouts": told.whereabouts.value, "since": iso(told.since), "where": told.where}


def test_where_a_parent_is_goes_on_alike(in_chromium, chance, mother):
    """Chains of tellings: each is refused with the same sentence or leaves the same facts."""
    chains = [[a_telling(chance) for _ in range(chance.randint(1, 6))] for _ in range(60)]

    in_python = []
    for chain in chains:
        one = parent()
        make_child(mother, parents=(one,))
        relative = Relative.objects.get(pk=one.id)
        steps = []
        for told in chain:
            change = Change(told.whereabouts, told.since, told.where)
            wrong = refused(_check, relative, change, on=ON)
            if not wrong and told_of(relative) != told:
                wrong = refused(add_whereabouts, relative, told)
            relative = Relative.objects.get(pk=one.id)
            steps.append([wrong, told_of(relative).text, _facts(relative)])
        in_python.append(steps)
    on_phone = in_chromium(
        """async (load, {chains, on}) => {
            const { checkWhereabouts, goneOn, isSame, textOf, toldOf } = await load("rules/whereabouts.js");
            return chains.map((chain) => {
                let relative = {};
                return chain.map((told) => {
                    let wrong = checkWhereabouts(relative, told, { on });
                    if (!wrong && !isSame(toldOf(relative), told)) {
                        const gone = goneOn(relative, told);
                        wrong = gone.refusal ?? null;
                        relative = gone.relative ?? relative;
                    }
                    const facts = [relative.died_on ?? "", relative.missing_since ?? "", [...(relative.stays ?? [])].sort()];
                    return [wrong && [wrong.field, wrong.sentence], textOf(toldOf(relative)), facts];
                });
            });
        }""",
        {"chains": [[as_told(told) for told in chain] for chain in chains], "on": iso(ON)},
    )

    assert on_phone == in_python
    assert {step[0] is None for steps in in_python for step in steps} == {True, False}


def _facts(relative: Relative) -> list[Any]:
    stays = sorted([iso(one.since), iso(one.until), one.where] for one in relative.stays_away.all())
    return [iso(relative.died_on), iso(relative.missing_since), stays]
