"""The classification is one table, complete, and each of its consumers obeys it."""

import io
import json
import logging
import zipfile

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from ccmp.audit.models import AuditEntry
from ccmp.classified import classified, sealed_fields
from ccmp.phone.services.docs import sheets_for
from ccmp.sealed import SealedTextField, SealedTextsField
from ccmp.web.log_lines import WithoutNumbers
from children.enums import Ground
from children.models import CareBar, Child, ChildGround, Relative
from children.services.grounds import GroundEntry, note_ground
from tests.access.test_table import ANY, asked
from tests.access.walking import Walker
from tests.access.world import make_world
from tests.factories import NOW, TODAY

NOT_OURS = {"auth", "contenttypes", "sessions", "guardian", "pghistory"}  # of libraries; sessions hold no child
PHONES, NUMBERS = ("13800002716", "13900004444"), ("520323198501012019",)
CANARY = "金丝雀病"  # stands in no other word
# One child's own file, where its health stands for who works on it.
ON_ONE_FILE = {
    "children:file", "children:entitlements-of", "children:ground", "children:confirm", "children:history", "api:child",
}  # fmt: skip


def fields_of_models():
    return {
        f"{model._meta.label}.{field.name}": field
        for model in apps.get_models()
        if model._meta.app_label not in NOT_OURS
        for field in model._meta.concrete_fields
    }


def test_each_field_of_each_model_has_one_line_and_each_line_a_field():
    assert sorted(classified()) == sorted(fields_of_models())


def test_what_is_to_be_sealed_lies_in_a_sealed_field_and_nothing_else_does():
    fields = fields_of_models()
    by_table = {key for key, one in classified().items() if one.is_sealed and one.kind != "file"}

    sealed = {key for key, field in fields.items() if isinstance(field, SealedTextField | SealedTextsField)}

    assert sealed == by_table
    files = {f"{one.model}.{one.name}" for one in sealed_fields() if one.kind == "file"}
    assert {key for key, field in fields.items() if field.get_internal_type() == "BinaryField"} == files


def test_whatever_is_confidential_is_sealed_or_cannot_be_read_at_all():
    assert [key for key, one in classified().items() if one.level == "confidential" and not one.kind] == []


@pytest.fixture
def world(db):
    """A child of whom everything is known, each word of her health, and each whole number, one that can be found."""
    world = make_world()
    child, officer = world.facts["own"].child, world.facts["own"].officer
    note_ground(entry=GroundEntry(child.id, Ground.ILLNESS, TODAY, words=CANARY), by=officer, at=NOW)
    bar = {
        "kind": "gambling",
        "words": CANARY,
        "since": TODAY,
        "made_at": NOW,
        "recorded_at": NOW,
        "recorded_by": officer,
    }
    CareBar.objects.create(relative=child.family[0].relative, village_code=child.village_code, fingerprint="-", **bar)
    for relative, phone in zip(Relative.objects.filter(kinships__child=child).order_by("id"), PHONES, strict=False):
        relative.phone, relative.resident_id, relative.resident_id_index = phone, NUMBERS[0], "x" * 64
        relative.address = "桥头第九家"
        relative.save()
    return world


def wholes():
    """Every whole ID number and telephone of the world."""
    held = {*NUMBERS, *PHONES, *Child.objects.exclude(resident_id="").values_list("resident_id", flat=True)}
    return {one for one in held if len(one) > 10}


def test_the_database_holds_none_of_it_in_the_open(world):
    with connection.cursor() as cursor:
        for one in sealed_fields():
            model = apps.get_model(one.model)
            cursor.execute(f'SELECT "{one.name}"::text FROM {model._meta.db_table}')
            text = " ".join(str(value) for (value,) in cursor.fetchall())
            leaked = [word for word in (*wholes(), CANARY, "桥头第九家", "桥头第三家") if word in text]
            assert leaked == [], one
    assert ChildGround.objects.filter(child=world.facts["own"].child).exists()


@pytest.mark.parametrize("role", ["M", "C"])
def test_no_list_and_no_answer_of_the_api_has_a_whole_number_or_a_word_of_health(world, role):
    walker, found = Walker(world.people[role]), {}
    for (name, method, place), pattern in asked().items():
        if method == "GET" and place in ("own", ANY) and name not in ON_ONE_FILE:
            text = walker.ask(name, pattern, method, world.facts["own"]).text
            words = [word for word in (*wholes(), CANARY) if word in text]
            if words:
                found[name] = words

    assert found == MAY_CALL[role]


# Where somebody has to call, or corrects the number itself: what is handed over with a child, and a grown-up's own page.
MAY_CALL = {
    "M": {"children:kin": [PHONES[0]], "children:transfer-answer": [PHONES[0]]},
    "C": {"children:transfer-answer": [PHONES[0]]},
}


def test_neither_an_export_nor_a_phone_nor_the_trail_has_what_the_table_keeps_from_them(world, client):
    client.force_login(world.people["C"], backend="ccmp.people.backends.PostingBackend")

    content = b"".join(client.post(reverse("children:export")).streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        export = "".join(book.read(name).decode(errors="replace") for name in book.namelist())
    phone = json.dumps([sheet.doc.body for sheet in sheets_for(world.people["M"], at=NOW)], ensure_ascii=False)
    trail = json.dumps([[one.did, one.on_kind, one.detail] for one in AuditEntry.objects.all()], ensure_ascii=False)

    assert [word for word in (*wholes(), CANARY) if word in export] == []
    assert [word for word in wholes() - set(PHONES) if word in phone] == []
    assert CANARY not in phone
    assert [word for word in (*wholes(), CANARY, "桥头第九家") if word in trail] == []


def test_a_line_of_the_log_never_has_a_whole_number():
    line = logging.LogRecord(
        "x", logging.INFO, "", 0, "of %s, %s and %s", ("520323201406010043", "13800002716", 42), None
    )

    WithoutNumbers().filter(line)

    assert line.getMessage() == "of 520323**********43, 138 **** 2716 and 42"


def test_a_long_number_that_is_neither_stays_in_the_log():
    line = logging.LogRecord("x", logging.INFO, "", 0, "took 12345678901234567890 at 1765432109", (), None)

    WithoutNumbers().filter(line)

    assert line.getMessage() == "took 12345678901234567890 at 1765432109"
