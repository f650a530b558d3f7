from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ccmp.people.enums import Role

FIRST_PAGE = {
    Role.COMPANION_MOTHER: "visits:today",
    Role.CHILD_DIRECTOR: "visits:today",
    Role.TOWNSHIP_SUPERVISOR: "visits:flags",
    Role.COUNTY_OFFICER: "visits:flags",
    Role.DEPARTMENT_OFFICER: "referrals:tasks",
    Role.FOUNDATION_OFFICER: "reports:list",
    Role.RESEARCHER: "reports:list",
    Role.ADMINISTRATOR: "people:list",
    Role.AUDITOR: "people:account",
}


def home(request: HttpRequest) -> HttpResponse:
    """The first page of one's post; without a post, a page that says whom to ask."""
    role = request.user.role_now  # type: ignore[union-attr]
    if role is None:
        return render(request, "people/no_post.html")
    return redirect(FIRST_PAGE[role])
