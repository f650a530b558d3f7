from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ccmp.moments import day_of, now
from ccmp.people.signed_in import signed_in
from ccmp.privacy.rules.permission import check_may_read_evidence
from ccmp.privacy.services.evidence import evidence_of, print_evidence


def evidence(request: HttpRequest) -> HttpResponse:
    """What proves the year's protection: to read, and on POST as a PDF."""
    user, at = signed_in(request), now()
    check_may_read_evidence(user)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else day_of(at).year
    if request.method == "POST":
        answer = HttpResponse(print_evidence(year, by=user, at=at), content_type="application/pdf")
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["Content-Disposition"] = f'attachment; filename="evidence-{year}.pdf"'
        return answer
    page = {"pack": evidence_of(year, at=at), "years": range(day_of(at).year, day_of(at).year - 4, -1)}
    return render(request, "privacy/evidence.html", page)
