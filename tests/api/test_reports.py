"""Reports: asked for, made by the workers, downloaded, and verified against what was frozen."""

import hashlib
import json
from uuid import UUID, uuid4

import pytest

from ccmp.audit.models import AuditEntry
from ccmp.moments import now
from ccmp.places.models import PROGRAMME_CODE
from ccmp.reports.models import MonthRun, Report
from ccmp.reports.services.freezing import freeze_report
from ccmp.reports.services.printing import print_frozen_report
from ccmp.reports.services.runs import count_month
from tests.factories import (
    CLOUD_FOOT,
    FENGGANG,
    STONE_SHOOT,
    SUIYANG,
    make_administrator,
    make_foundation_officer,
    make_session,
)

ONE = str(UUID(int=1))
ORDER = {"id": ONE, "month": "2026-03", "place": CLOUD_FOOT, "edition": "village"}


@pytest.fixture(autouse=True)
def _files_of_this_test_alone(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def make(run):
    """Everything that the workers would do, in this process."""
    for report_id in count_month(run.id, at=now()):
        freeze_report(report_id, at=now())
        print_frozen_report(report_id, at=now())
    count_month(run.id, at=now())


@pytest.fixture
def printed(mother, officer, as_):
    """The village sheet of March 2026, made."""
    make_session(mother)
    as_(officer).post("reports/", ORDER)
    make(MonthRun.objects.get())
    return Report.objects.get()


def test_a_report_is_asked_for_and_stands_in_the_ledger_at_once(mother, officer, as_):
    response = as_(officer).post("reports/", ORDER)

    answer = response.json()
    assert response.status_code == 202, answer
    assert answer == {
        "id": ONE,
        "month": "2026-03",
        "place": CLOUD_FOOT,
        "edition": "village",
        "version": 1,
        "supersedes": None,
        "state": "queued",
        "progress": 0,
        "cut_off_at": "2026-04-03T00:00:00+08:00",
        "frozen_at": None,
        "sha256": "",
        "code": "",
        "failure": "",
        "rule_versions": [],
        "changes": [],
    }
    assert as_(officer).get(f"reports/{ONE}/").json() == answer
    assert as_(officer).get("reports/").json()["results"] == [
        {name: value for name, value in answer.items() if name not in ("rule_versions", "changes")}
    ]


def test_what_was_asked_for_is_made_under_the_same_number(printed, officer, as_):
    answer = as_(officer).get(f"reports/{ONE}/").json()

    assert Report.objects.count() == 1
    assert (answer["state"], answer["progress"], answer["version"]) == ("printed", 100, 1)
    assert (answer["sha256"], answer["code"]) == (printed.sha256, printed.code)
    assert len(answer["sha256"]) == 64
    assert answer["rule_versions"]


def test_asked_for_again_the_same_report_comes_back(printed, officer, as_):
    without_number = {name: ORDER[name] for name in ("month", "place", "edition")}

    again = as_(officer).post("reports/", without_number)
    other_number = as_(officer).post("reports/", ORDER | {"id": str(uuid4())})

    assert (again.status_code, again.json()["id"], again.json()["state"]) == (202, ONE, "printed")
    assert other_number.json()["id"] == ONE
    assert (Report.objects.count(), MonthRun.objects.count()) == (1, 1)


def test_the_same_number_for_another_report_is_refused(printed, officer, as_):
    response = as_(officer).post("reports/", ORDER | {"month": "2026-02"})

    assert (response.status_code, response.json()["type"]) == (409, "urn:ccmp:problem:same-id-other-content")
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "status", "field"),
    [
        ({"month": "2099-01"}, 409, "month"),
        ({"place": SUIYANG}, 409, "place"),
        ({"edition": "county"}, 409, "place"),
        ({"month": "2024-01"}, 409, "place"),
        ({"month": "March"}, 400, "month"),
        ({"place": "云脚村"}, 400, "place"),
        ({"edition": "pocket"}, 400, "edition"),
        ({"format": "pdf"}, 400, "format"),
    ],
)
def test_what_cannot_be_made_is_refused_by_its_field(officer, as_, changes, status, field):
    response = as_(officer).post("reports/", ORDER | changes)

    assert (response.status_code, response.json().get("field")) == (status, field), response.json()
    assert not MonthRun.objects.exists()


def test_a_county_and_the_foundation_have_their_own_editions(officer, as_):
    county = as_(officer).post("reports/", {"month": "2026-03", "place": SUIYANG, "edition": "county"})
    whole = as_(make_foundation_officer()).post(
        "reports/", {"month": "2026-03", "place": PROGRAMME_CODE, "edition": "foundation"}
    )

    assert (county.status_code, county.json()["place"]) == (202, SUIYANG)
    assert (whole.status_code, whole.json()["place"]) == (202, PROGRAMME_CODE)


@pytest.mark.parametrize("who", ["mother", "other_county_officer", "education_officer"])
def test_only_county_and_foundation_ask_for_reports(request, who, as_):
    response = as_(request.getfixturevalue(who)).post("reports/", ORDER)

    assert response.status_code == 403
    assert not MonthRun.objects.exists()


def test_a_county_asks_for_no_other_countys_report(officer, as_):
    response = as_(officer).post("reports/", {"month": "2026-03", "place": FENGGANG, "edition": "county"})

    assert response.status_code == 403


def test_the_files_and_the_figures_are_downloaded_and_that_is_recorded(printed, mother, as_):
    pdf = as_(mother).get(f"reports/{ONE}/pdf/")
    xlsx = as_(mother).get(f"reports/{ONE}/xlsx/")
    figures = as_(mother).get(f"reports/{ONE}/figures/")

    assert (pdf.status_code, pdf.headers["Content-Type"]) == (200, "application/pdf")
    assert b"".join(pdf.streaming_content).startswith(b"%PDF-")
    assert b"".join(xlsx.streaming_content).startswith(b"PK")
    assert hashlib.sha256(figures.content).hexdigest() == printed.sha256
    assert figures.headers["ETag"] == f'"{printed.sha256}"'
    assert json.loads(figures.content) == printed.figures
    downloads = AuditEntry.objects.filter(did="downloaded").order_by("id").values_list("detail__what", flat=True)
    assert list(downloads) == ["pdf", "xlsx", "figures"]


def test_a_paper_is_handed_out_to_whoever_asks_for_a_paper(printed, mother, as_):
    response = as_(mother).client.get(f"/api/v1/reports/{ONE}/pdf/", headers={"Accept": "application/pdf"})

    assert response.status_code == 200
    response.close()


@pytest.mark.parametrize("path", ["pdf/", "xlsx/", "figures/"])
def test_what_is_not_made_yet_is_not_handed_out(officer, path, as_):
    as_(officer).post("reports/", ORDER)

    response = as_(officer).get(f"reports/{ONE}/{path}")

    assert (response.status_code, response.json()["type"]) == (409, "urn:ccmp:problem:not-ready-yet")
    assert response.headers["Content-Type"] == "application/problem+json"


def test_a_report_is_verified(printed, mother, as_):
    assert as_(mother).post(f"reports/{ONE}/verify/").json() == {
        "id": ONE,
        "version": 1,
        "sha256": printed.sha256,
        "code": printed.code,
        "figures_agree": True,
        "files_agree": True,
        "is_whole": True,
    }


def test_a_tampered_paper_and_tampered_figures_are_told(printed, mother, as_):
    pdf = printed.files.get(kind="pdf")
    pdf.on_disk.write_bytes(pdf.on_disk.read_bytes() + b" ")
    Report.objects.update(figures=printed.figures | {"month": "2026-04"})

    answer = as_(mother).post(f"reports/{ONE}/verify/").json()

    assert (answer["figures_agree"], answer["files_agree"], answer["is_whole"]) == (False, False, False)


def test_what_is_not_frozen_cannot_be_verified(officer, as_):
    as_(officer).post("reports/", ORDER)

    assert as_(officer).post(f"reports/{ONE}/verify/").status_code == 409


@pytest.mark.parametrize("who", ["other_mother", "other_county_officer", "education_officer"])
def test_anybody_elses_report_is_no_report_at_all(request, printed, who, as_):
    caller = as_(request.getfixturevalue(who))

    answers = [caller.get(f"reports/{ONE}/{path}") for path in ("", "pdf/", "xlsx/", "figures/")]
    answers.append(caller.post(f"reports/{ONE}/verify/"))

    assert [answer.status_code for answer in answers] == [404] * 5
    assert caller.get("reports/").json()["results"] == []


def test_an_administrator_reads_no_report(printed, as_):
    assert as_(make_administrator()).get("reports/").json()["results"] == []


def test_reports_are_listed_by_month_place_edition_and_state(officer, as_):
    for order in (
        {"month": "2026-03", "place": CLOUD_FOOT, "edition": "village"},
        {"month": "2026-03", "place": STONE_SHOOT, "edition": "village"},
        {"month": "2026-04", "place": SUIYANG, "edition": "county"},
    ):
        as_(officer).post("reports/", order)

    def listed(**query):
        return [(row["month"], row["place"]) for row in as_(officer).get("reports/", **query).json()["results"]]

    assert listed() == [("2026-04", SUIYANG), ("2026-03", CLOUD_FOOT), ("2026-03", STONE_SHOOT)]
    assert listed(limit=1) == [("2026-04", SUIYANG)]
    assert listed(month="2026-03", under=STONE_SHOOT) == [("2026-03", STONE_SHOOT)]
    assert listed(edition="county") == [("2026-04", SUIYANG)]
    assert listed(state="printed") == []


def test_a_list_of_reports_costs_the_same_for_one_and_for_three(officer, as_, queries_of):
    caller = as_(officer)
    caller.post("reports/", ORDER)
    for_one = queries_of(lambda: caller.get("reports/"))
    for month in ("2026-02", "2026-04"):
        caller.post("reports/", {"month": month, "place": CLOUD_FOOT, "edition": "village"})

    assert queries_of(lambda: caller.get("reports/")) == for_one == 4
