"""Making the invented data: the calendar and the places, the programme's own people, then county by county, in parallel.

Each county is one transaction. A run that was killed is noted as begun and not done: the next run takes it up with the same
numbers, makes the counties that are missing, and comes to the same data.
"""

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

from django.db import connection, connections, transaction
from django.utils.translation import gettext as _

from ccmp.audit.months import make_months
from ccmp.demo.chance import Chance
from ccmp.demo.counties import TERMS_AHEAD, first_day, is_there, kinds_by_village, make_county
from ccmp.demo.geography import HOME_COUNTY, PEOPLES, County, plan
from ccmp.demo.models import DemoRun
from ccmp.demo.staff import BEFORE, OFFICES, hire_for_the_programme
from ccmp.identifiers import ids_from
from ccmp.moments import Month, start_of
from ccmp.people.models import User
from ccmp.places.enums import Level
from ccmp.places.models import CalendarDay, Place
from ccmp.places.services.import_divisions import import_divisions, read_text
from ccmp.places.services.import_holidays import import_holidays
from ccmp.refusals import Refusal
from children.models import Child
from children.services.of_age import close_stays_of_age
from children.services.take_up import start_working_out, work_out_next_villages

DIVISIONS = Path(__file__).resolve().parent.parent / "places" / "data" / "divisions.csv"
Say = Callable[[str], None]


class OtherDataIsHere(Refusal):
    """Invented data is never mixed with other data."""


def begin(*, villages: int, months: int, seed: int, today: date, children: int | None, at: datetime) -> DemoRun:
    """Note that a run begins, or take up the one that was left. Raises OtherDataIsHere."""
    with transaction.atomic():
        run, is_new = DemoRun.objects.get_or_create(
            pk=1,
            defaults={
                "villages": villages, "months": months, "seed": seed, "today": today, "children": children, "begun_at": at,
            },
        )  # fmt: skip
        if is_new and Child.objects.exists():
            raise OtherDataIsHere(_("There are children in this database. The demo goes into an empty one only."))
    wanted = (villages, months, seed, today, children)
    held = (run.villages, run.months, run.seed, run.today, run.children)
    if wanted != held:
        raise OtherDataIsHere(
            _("This database holds another demo (%(held)s). Empty it first, or give the same numbers.") % {"held": run}
        )
    return run


def left_half_way() -> DemoRun | None:
    return DemoRun.objects.filter(done_at__isnull=True).first()


def make(run: DemoRun, *, processes: int, say: Say) -> None:
    """Bring in whatever is missing of a run."""
    _lay_the_ground(run, say)
    counties = counties_of(run)
    kinds = kinds_by_village(run, counties)
    missing = [county for county in counties if not is_there(county)]
    missing.sort(key=lambda county: -len(county.villages))  # the long ones first, so that nobody waits at the end
    for name in _made(run, missing, kinds, processes):
        say(name)
    _let_go_of_who_came_of_age(run)
    _work_out_first_villages(run)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _let_go_of_who_came_of_age(run: DemoRun) -> None:
    """As every night: nobody who is 18 on the last day stands in a list of its first minute. All of them, or none."""
    at = start_of(run.today)
    with transaction.atomic(), ids_from(Chance(run.seed, "of age").apart("ids").ids_at(at)):
        close_stays_of_age(at=at)


def _work_out_first_villages(run: DemoRun) -> None:
    """What nobody claimed yet, of some villages at once: the office's list is not empty. A worker does the others."""
    working_out = start_working_out(at=start_of(run.today))
    if working_out is not None:
        work_out_next_villages(working_out.id, at=start_of(run.today))


def counties_of(run: DemoRun) -> list[County]:
    """The run's counties with their villages: they follow from its numbers."""
    townships = Place.objects.at_level(Level.TOWNSHIP).standing(on=run.today).filter(is_demo=False)
    codes = townships.in_order().values_list("code", flat=True)
    return plan(villages=run.villages, seed=run.seed, townships=[code[:9] for code in codes])


def _lay_the_ground(run: DemoRun, say: Say) -> None:
    """Divisions, holidays and the programme's own people, where they are not there yet."""
    first = first_day(run)
    make_months(at=start_of(run.today), since=Month.of(first - BEFORE))
    if not Place.objects.at_level(Level.TOWNSHIP).exists():
        import_divisions(lines=read_text(DIVISIONS.read_bytes()).splitlines())
    years = set(range(first.year - 1, (run.today + TERMS_AHEAD).year + 1))
    known = set(CalendarDay.objects.dates("day", "year").values_list("day__year", flat=True))
    for year in import_holidays(years=years - known):
        if year.is_estimate and year.year <= run.today.year:
            say(f"{year.year}: holidays are an estimate, the notice of that year is not known here")
    with transaction.atomic():
        if not User.objects.filter(username__in=[username for username, _office in OFFICES.values()]).exists():
            chance = Chance(run.seed, "programme")
            with ids_from(chance.apart("ids").ids_at(start_of(first - BEFORE))):
                hire_for_the_programme(chance, PEOPLES[HOME_COUNTY], first=first)


def _made(run: DemoRun, missing: list[County], kinds: dict, processes: int) -> Iterator[str]:
    jobs = [(run, county, {village.code: kinds[village.code] for village in county.villages}) for county in missing]
    if processes < 2 or len(jobs) < 2:
        yield from map(_make_one, jobs)
        return
    connections.close_all()  # a connection is not shared with a child
    with multiprocessing.get_context("fork").Pool(min(processes, len(jobs))) as pool:
        yield from pool.imap_unordered(_make_one, jobs)


def _make_one(job: tuple[DemoRun, County, dict]) -> str:
    run, county, kinds = job
    gc.disable()  # hundreds of thousands of rows hold no cycles worth looking for
    make_county(run, county, kinds)
    gc.enable()
    return f"{Place.objects.get(pk=county.code).name}: {len(county.villages)} villages"


def processors() -> int:
    return len(os.sched_getaffinity(0))
