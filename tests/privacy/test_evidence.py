"""The yearly evidence: each control has its module and its proof, and the figures are the year's."""

import io
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ccmp.audit.models import AuditEntry
from ccmp.privacy.enums import WhyShown
from ccmp.privacy.rules.controls import controls
from ccmp.privacy.services.evidence import evidence_of, print_evidence
from ccmp.privacy.services.unmasking import show_numbers
from ccmp.refusals import NotAllowed
from tests import factories
from tests.children.test_file_paper import words_of
from tests.factories import NOW, moment

ROOT = Path(__file__).resolve().parent.parent.parent


def test_every_module_and_every_test_that_is_named_exists():
    missing = []
    for control in controls():
        missing += [] if (ROOT / control.where).is_file() else [control.where]
        for named in control.tests:
            path, _colons, name = named.partition("::")
            text = (ROOT / path).read_text("utf-8") if (ROOT / path).is_file() else ""
            missing += [] if re.search(rf"^def {re.escape(name)}\(", text, re.MULTILINE) else [named]
    assert missing == []


def test_the_figures_are_those_of_the_year(child, officer):
    for at in ("2025-12-31 23:59", "2026-01-01 00:00", "2026-03-12 10:00"):
        show_numbers(child=child, why=WhyShown.SCHOOL, words="", by=officer, at=moment(at))

    shown = [evidence_of(year, at=NOW).figures["查看完整号码的次数"] for year in (2025, 2026)]

    assert shown == [1, 2]


def test_the_paper_has_each_control_and_the_years_figures(child, officer):
    show_numbers(child=child, why=WhyShown.SCHOOL, words="", by=officer, at=NOW)
    auditor = factories.make_auditor()

    words = re.sub(r"\s", "", words_of(print_evidence(2026, by=auditor, at=NOW)))

    assert [one.law for one in controls() if re.sub(r"\s", "", one.law) not in words] == []
    assert "查看完整号码的次数1" in words
    assert child.name not in words
    assert AuditEntry.objects.get(did="made the evidence").by == auditor


def test_an_officer_makes_none_and_a_year_to_come_has_none(officer, tmp_path):
    with pytest.raises(NotAllowed):
        print_evidence(2026, by=officer, at=NOW)
    with pytest.raises(CommandError):
        call_command("evidence", "2090", str(tmp_path / "x.pdf"), stdout=io.StringIO())
