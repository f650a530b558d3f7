import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ccmp.reports.enums import Edition
from ccmp.reports.models import MonthRun, Report
from ccmp.reports.rules.canonical import sha256_of
from tests.factories import CLOUD_FOOT, SUIYANG, make_foundation_officer, make_session
from tests.reports.test_runs import MARCH, ON_THE_THIRD, make_month


@pytest.fixture
def report(mother) -> Report:
    make_session(mother)
    return make_month(place_code=SUIYANG, editions=[Edition.COUNTY]).reports.get()


def test_an_officer_s_ledger_names_her_county_s_report(client, officer, report):
    client.force_login(officer)

    page = client.get(reverse("reports:list")).content.decode()

    assert "绥阳县" in page
    assert report.short_code in page
    assert reverse("reports:pdf", args=[report.id]) in page


def test_an_empty_ledger_says_what_will_stand_there(client, officer):
    client.force_login(officer)

    assert "还没有报表" in client.get(reverse("reports:list")).content.decode()


def test_a_mother_sees_her_sheets_on_the_phone(client, mother):
    make_month(place_code=CLOUD_FOOT)
    client.force_login(mother)

    response = client.get(reverse("reports:list"))

    assert response.templates[0].name == "reports/list_phone.html"
    assert "云脚村" in response.content.decode()


def test_the_detail_stands_beside_the_list(client, officer, report):
    client.force_login(officer)

    page = client.get(report.get_absolute_url()).content.decode()

    assert report.sha256 in page
    assert "2026-04-02 24:00" in page


def test_the_pdf_the_table_and_the_figures_are_served_to_whom_they_concern(client, officer, report):
    client.force_login(officer)

    pdf = client.get(reverse("reports:pdf", args=[report.id]))
    table = client.get(reverse("reports:xlsx", args=[report.id]))
    figures = client.get(reverse("reports:figures", args=[report.id]))

    assert b"".join(pdf.streaming_content).startswith(b"%PDF-")
    assert b"".join(table.streaming_content).startswith(b"PK")
    assert sha256_of(json.loads(figures.content)) == report.sha256


@pytest.mark.parametrize("page", ["report", "pdf", "xlsx", "figures"])
def test_a_report_of_another_county_is_not_there(client, other_county_officer, report, page):
    client.force_login(other_county_officer)

    assert client.get(reverse(f"reports:{page}", args=[report.id])).status_code == 404


@pytest.mark.parametrize("act", ["restate", "again"])
def test_who_may_only_read_may_not_act(client, mother, act):
    sheet = make_month(place_code=CLOUD_FOOT).reports.get()
    client.force_login(mother)

    assert client.post(reverse(f"reports:{act}", args=[sheet.id])).status_code == 403


def test_a_code_on_a_paper_is_true_or_not(client, officer, report):
    client.force_login(officer)

    true = client.get(reverse("reports:verify"), {"code": report.code.lower()}).content.decode()
    other = client.get(reverse("reports:verify"), {"code": "0000-0000-0000-0000"}).content.decode()

    assert "是真的" in true
    assert reverse("reports:report", args=[report.id]) in true
    assert "是真的" not in other


def test_the_filters_live_in_the_address(client, officer, report):
    client.force_login(officer)

    kept = client.get(reverse("reports:list"), {"month": "2026-03", "edition": "county", "place": "520323"})
    none = client.get(reverse("reports:list"), {"edition": "village"})
    unknown = client.get(reverse("reports:list"), {"month": "1999-01", "page": "99"})

    assert [response.context["count"] for response in (kept, none, unknown)] == [1, 0, 1]


def test_a_month_on_its_way_shows_how_far_it_is_and_asks_again_by_itself(client, officer, report):
    run = report.run
    Report.objects.filter(pk=report.id).update(state="frozen")
    MonthRun.objects.filter(pk=run.id).update(state="printing", finished_at=None)
    client.force_login(officer)

    page = client.get(reverse("reports:list")).content.decode()

    assert 'hx-trigger="every 3s"' in page
    assert "2026年3月正在出" in page


def test_a_finished_month_does_not_ask_again(client, officer, report):
    client.force_login(officer)

    assert "every 3s" not in client.get(reverse("reports:list")).content.decode()


def test_an_officer_starts_a_month_of_her_own_county(client, officer, mother, django_capture_on_commit_callbacks):
    make_session(mother)
    client.force_login(officer)

    response = client.post(reverse("reports:run", args=[str(MARCH)]), follow=True)

    assert response.status_code == 200
    assert MonthRun.objects.get().place_code == SUIYANG


def test_a_month_not_over_is_a_sentence_not_an_error(client, officer):
    client.force_login(officer)

    response = client.post(reverse("reports:run", args=["2099-01"]))

    assert response.status_code == 409
    assert "2099年1月还没过完" in response.content.decode()


def test_a_month_that_is_none_is_not_there(client, officer):
    client.force_login(officer)

    assert client.post(reverse("reports:run", args=["2026-13"])).status_code == 404


def test_one_report_costs_the_list_as_many_queries_as_seven(client, mother, officer):
    make_month(place_code=SUIYANG, editions=[Edition.COUNTY])
    foundation = make_foundation_officer()
    client.force_login(foundation)
    client.get(reverse("reports:list"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("reports:list"))
    make_month()

    with CaptureQueriesContext(connection) as seven:
        client.get(reverse("reports:list"))

    assert Report.objects.count() == 7
    assert len(seven) == len(one)


def test_downloads_are_noted_in_the_trail(client, officer, report):
    from ccmp.audit.models import AuditEntry

    client.force_login(officer)

    assert b"".join(client.get(reverse("reports:pdf", args=[report.id])).streaming_content)

    noted = AuditEntry.objects.filter(did="downloaded").get()
    assert (noted.by, noted.on_id, noted.detail) == (officer, str(report.id), {"what": "pdf"})
    assert noted.at > ON_THE_THIRD
