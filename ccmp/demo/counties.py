"""A whole invented county in one transaction: it is there with everything, or not at all."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from ccmp.demo.cases import Office
from ccmp.demo.chance import Chance
from ccmp.demo.claims import need_and_claim
from ccmp.demo.geography import HOME_COUNTY, County
from ccmp.demo.kin import bar_a_carer
from ccmp.demo.models import DemoRun
from ccmp.demo.moments import OfficeClock
from ccmp.demo.moves import come_and_go
from ccmp.demo.numbers import NumberBook
from ccmp.demo.phones import hand_out
from ccmp.demo.profiles import Kind, kinds_of, profile_of
from ccmp.demo.showcase import show
from ccmp.demo.staff import BEFORE, hire_for_the_county
from ccmp.demo.terms import terms_between
from ccmp.demo.village_months import Setting, bring_in
from ccmp.identifiers import ids_from
from ccmp.moments import Month, start_of
from ccmp.people.enums import Role
from ccmp.people.services.county import add_term
from ccmp.places.models import Enrolment
from ccmp.places.services.calendar import notice_between

TERMS_AHEAD = timedelta(days=300)


def first_day(run: DemoRun) -> date:
    """The first day of the month, so many months before this one."""
    month = Month.of(run.today)
    for _number in range(run.months):
        month = month.previous()
    return month.first_day


def end_of_facts(run: DemoRun) -> datetime:
    """Midnight before today: today belongs to whoever looks at the demo."""
    return start_of(run.today)


def is_there(county: County) -> bool:
    return Enrolment.objects.under(county.prefix).exists()


@transaction.atomic
def make_county(run: DemoRun, county: County, kinds: Mapping[str, Kind]) -> bool:
    """Bring one county in, unless it is there. Returns whether it was made now.

    Another process that makes the same county is waited for. Ids of rows that the services make follow from the seed too.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [county.code])
    if is_there(county):
        return False
    first = first_day(run)
    chance = Chance(run.seed, county.code)
    with ids_from(chance.apart("ids").ids_at(start_of(first - BEFORE))):
        setting = _setting(chance, run, county, first)
        director = _village_with_a_director(run, county, kinds)
        made = []
        for village in county.villages:
            own = Chance(run.seed, village.code)
            profile = profile_of(own.apart("profile"), kinds[village.code], first=first, today=run.today)
            role = Role.CHILD_DIRECTOR if village.code == director else Role.COMPANION_MOTHER
            with ids_from(own.apart("ids").ids_at(start_of(profile.opens_on))):
                made.append(bring_in(own, setting, village, profile, role))
        steady = [known for known in made if kinds[known.village.code] == Kind.STEADY]
        show(chance.apart("showcase"), setting.office, steady or made, today=run.today)
        need_and_claim(chance.apart("claims"), made, today=run.today)
        come_and_go(chance.apart("moves"), made, today=run.today)
        bar_a_carer(chance.apart("bar"), made[0], today=run.today)
        hand_out(chance.apart("phones"), made, today=run.today)
    return True


def _setting(chance: Chance, run: DemoRun, county: County, first: date) -> Setting:
    terms = terms_between(county.code, first - timedelta(days=60), run.today + TERMS_AHEAD)
    at = start_of(first - BEFORE)
    for term in terms:
        add_term(
            county_code=county.code, name=term.name, starts_on=term.starts_on, ends_on=term.ends_on, by=None, at=at
        )
    staff = hire_for_the_county(chance.apart("staff"), county, first=first)
    notice = notice_between(first - timedelta(days=60), run.today + TERMS_AHEAD)
    clock = OfficeClock(notice, end_of_facts(run))
    office = Office(staff.first, staff.second, staff.departments, clock)
    return Setting(county, office, NumberBook(county.prefix, county.shelf), terms, notice, run.today, run.children)


def _village_with_a_director(run: DemoRun, county: County, kinds: Mapping[str, Kind]) -> str | None:
    """One steady village of the home county belongs to the comparison arm, should the county have four or more."""
    if county.prefix != HOME_COUNTY or len(county.villages) < 4:
        return None
    steady = [village.code for village in county.villages if kinds[village.code] == Kind.STEADY]
    return steady[-1] if len(steady) > 1 else None


def kinds_by_village(run: DemoRun, counties: list[County]) -> dict[str, Kind]:
    codes = [village.code for county in counties for village in county.villages]
    return dict(zip(codes, kinds_of(Chance(run.seed, "kinds"), len(codes)), strict=True))
