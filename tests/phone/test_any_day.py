"""Any day at all: she writes, the line loses and repeats, the phone dies, others write too, her post ends and comes back.
Whatever the order, phone and server end equal and nothing is lost."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from playwright.sync_api import Browser

from ccmp.identifiers import new_id
from ccmp.moments import CHINA, now
from ccmp.people.models import Posting, User
from ccmp.phone.enums import EntryState
from ccmp.phone.models import OutboxEntry
from ccmp.phone.services.docs import sheets_for
from children.enums import FileField
from children.forms.change import seen_text
from children.models import Child
from children.rules.file_fields import texts_of
from tests import factories
from tests.phone.lossy_line import FATES, PhoneInChromium
from visits.models import Flag, Visit
from visits.rules.checklists import checklist

pytestmark = pytest.mark.browser
fates = st.lists(st.sampled_from(FATES), max_size=4)
numbers = st.integers(0, 5)


def minutes_ago(minutes: int) -> str:
    return (now() - timedelta(minutes=minutes)).astimezone(CHINA).strftime("%Y-%m-%dT%H:%M")


class Day(RuleBasedStateMachine):
    browser: Browser

    @initialize()
    def morning(self) -> None:
        self.undone = transaction.atomic()
        self.undone.__enter__()
        factories.make_places()
        self.mother = factories.make_mother()
        self.children = [factories.make_child(self.mother, name=f"陈雨{sign}") for sign in "欣婷萱"]
        self.phone = PhoneInChromium(self.browser, self.mother)
        self.written: list[str] = []
        self.phone.sync()

    # ── she ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def write(self, page: str, address: str, fields: dict[str, str]) -> None:
        entry_id = fields["id"]
        self.phone.write(
            id=entry_id, page=page, address=address, fields={name: [value] for name, value in fields.items()}
        )
        self.written.append(entry_id)

    @rule(which=numbers, score=st.sampled_from("012"), is_wrong=st.booleans())
    def visit(self, which: int, score: str, is_wrong: bool) -> None:
        child = self.children[which % len(self.children)]
        made_at = minutes_ago(-600 if is_wrong else 10 + which)
        answers = {f"item_{item.id}": score for item in checklist().items}
        notes = {f"note_{item.id}": "看到了" for item in checklist().items} if score == "2" else {}
        fields = {
            "id": str(new_id()),
            "made_at": made_at,
            "outcome": "completed",
            "seen_alone": "yes",
            **answers,
            **notes,
        }
        self.write("visits:record", f"/visits/record/{child.pk}/", fields)

    @rule(which=numbers, kind=st.sampled_from(["dropped_out", "sexual_abuse"]))
    def flag(self, which: int, kind: str) -> None:
        child = self.children[which % len(self.children)]
        said = {"id": str(new_id()), "kind": kind, "seen": "没有到校"}
        self.write("visits:raise-flag", f"/flags/raise/?child={child.pk}", said)

    @rule(stage=st.sampled_from(["primary", "junior"]))
    def change_a_file(self, stage: str) -> None:
        child = Child.objects.select_related("household").get(pk=self.children[0].pk)
        texts = texts_of(child, "school")
        said = {name: text for name, text in texts.items() if name != FileField.IS_BOARDING}
        fields = said | {"id": str(new_id()), "seen": seen_text(texts), "school_stage": stage}
        self.write("children:change", f"/children/{child.pk}/change/school/", fields)

    @precondition(lambda self: self.refused())
    @rule()
    def mend(self) -> None:
        entry = self.refused()[0]
        if "made_at" in entry["fields"]:
            self.phone.mend(entry["id"], {**entry["fields"], "made_at": [minutes_ago(5)]})

    # ── the line, the phone ─────────────────────────────────────────────────────────────────────────────────────────

    @rule(fates=fates)
    def sync(self, fates: list[str]) -> None:
        self.phone.sync(*fates)

    @rule()
    def crash(self) -> None:
        self.phone.crash()

    @rule()
    def a_record_is_damaged(self) -> None:
        self.phone.damage()

    @precondition(lambda self: self.phone.line.delivered)
    @rule(which=numbers)
    def an_old_delivery_comes_again(self, which: int) -> None:
        delivered = self.phone.line.delivered
        self.phone.line.deliver(delivered[which % len(delivered)])

    # ── others ──────────────────────────────────────────────────────────────────────────────────────────────────────

    @rule()
    def the_county_registers_a_child(self) -> None:
        self.children.append(factories.make_child(self.mother, name=f"陈雨{len(self.children)}"))

    @rule(which=numbers, stage=st.sampled_from(["preschool", "senior"]))
    def somebody_else_changes_a_file(self, which: int, stage: str) -> None:
        Child.objects.filter(pk=self.children[which % len(self.children)].pk).update(school_stage=stage)

    @rule()
    def her_post_ends(self) -> None:
        Posting.objects.of(self.mother).current().update(ends_at=now())

    @rule()
    def she_is_posted_again(self) -> None:
        self.post_again()

    def post_again(self) -> None:
        if not Posting.objects.of(self.mother).current().exists():
            Posting.objects.of(self.mother).order_by("-starts_at").update(ends_at=None)

    # ── what holds ──────────────────────────────────────────────────────────────────────────────────────────────────

    def refused(self) -> list[dict[str, Any]]:
        return [entry for entry in self.phone.held()["entries"] if entry["state"] == "refused"]

    @invariant()
    def nothing_is_done_twice_or_for_nobody(self) -> None:
        if hasattr(self, "written"):
            assert OutboxEntry.objects.count() <= len(self.written)

    def teardown(self) -> None:
        if not hasattr(self, "phone"):
            return
        try:
            self.evening()
        finally:
            self.phone.close()
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    def evening(self) -> None:
        """Her post is hers again, the line is well: a few contacts later all is equal."""
        self.post_again()
        for _again in range(4):
            assert self.phone.sync() == "done"
        held = self.phone.held()
        her = User.objects.get(pk=self.mother.pk)
        assert dict(held["docs"]) == {
            one.doc.id: json.loads(json.dumps(one.doc.body)) for one in sheets_for(her, at=now())
        }
        receipts = dict(OutboxEntry.objects.values_list("id", "state"))
        assert {str(one) for one in receipts} == set(self.written)
        refused = {entry["id"] for entry in held["entries"] if entry["state"] == "refused"}
        assert {str(one) for one, state in receipts.items() if state == EntryState.REFUSED} == refused
        assert [entry["state"] for entry in held["entries"] if entry["state"] != "refused"] == []
        assert held["kept"] == len(self.written) - len(refused)
        kept = OutboxEntry.objects.filter(state=EntryState.KEPT)
        assert Visit.objects.count() == kept.filter(kind="visits:record").count()
        assert Flag.objects.count() == kept.filter(kind="visits:raise-flag").count()


def test_any_day_ends_with_phone_and_server_equal_and_nothing_lost(browser: Browser, db: None) -> None:
    Day.browser = browser
    how = settings(
        max_examples=10, stateful_step_count=14, phases=[Phase.generate], deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip

    run_state_machine_as_test(Day, settings=how)
