"""The tables in which the lines of a month lie, and how they are made before the month begins."""

from datetime import datetime

from django.db import connection, transaction

from ccmp.moments import Month, day_of, start_of

PARENT = "audit_auditentry"
ELSE = f"{PARENT}_else"  # takes what no month takes, so that no act fails for want of a table; it should stay empty
AHEAD = 3


def table_of(month: Month) -> str:
    return f"{PARENT}_{month.year:04}_{month.number:02}"


def bounds_of(month: Month) -> tuple[datetime, datetime]:
    """From the first moment of a month, in China's time, to the first one of the next."""
    return start_of(month.first_day), start_of(month.next().first_day)


def months_held() -> list[Month]:
    """The months that have a table of their own in the trail."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT child.relname FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid"
            " WHERE inhparent = %s::regclass ORDER BY child.relname",
            [PARENT],
        )
        names = [str(name) for (name,) in cursor.fetchall() if name != ELSE]
    return [Month.parse(name.removeprefix(f"{PARENT}_").replace("_", "-")) for name in names]


def make_months(*, at: datetime, since: Month | None = None, ahead: int = AHEAD) -> list[Month]:
    """Tables for each month from `since`, this month if left out, to some months ahead. Gives those that are new.

    A month of which lines lie in the table of the rest gets none: they stay where they are, sealed like all others.
    """
    month, made = since or Month.of(day_of(at)), []
    last = Month.of(day_of(at))
    for _one in range(ahead):
        last = last.next()
    held = set(months_held())
    while month <= last:
        if month not in held and _make(month):
            made.append(month)
        month = month.next()
    return made


@transaction.atomic
def _make(month: Month) -> bool:
    first, end = bounds_of(month)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('audit months'))")
        cursor.execute(
            "SELECT to_regclass(%s) IS NOT NULL"
            " OR EXISTS (SELECT FROM audit_auditentry_else WHERE at >= %s AND at < %s)",
            [table_of(month), first, end],
        )
        if cursor.fetchone() != (False,):
            return False
        cursor.execute("SELECT audit_make_month(%s, %s, %s)", [table_of(month), first, end])
    return True
