from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ccmp.moments import day_of, now
from ccmp.people.signed_in import signed_in
from children.forms.entitlements import RulesAsked
from children.services.benefit_rules import counties_of, newest_run, rules_shown


def benefits(request: HttpRequest) -> HttpResponse:
    """The rules and amounts that hold in a county on a day, and how far the register is worked out by them."""
    user, today = signed_in(request), day_of(now())
    form = RulesAsked(request.GET, counties=counties_of(user))
    county, on = form.county(), form.day(today)
    rows = rules_shown(user, county, on=on) if county else []
    page = {"form": form, "county": county, "on": on, "today": today, "rows": rows}
    return render(request, "children/benefits.html", page | {"run": newest_run()})
