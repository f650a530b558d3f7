"""A brought file as the rows of a register: its table, and each row by itself."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from ccmp.moments import day_of
from ccmp.people.models import User
from ccmp.people.reach import reach_of
from ccmp.places.rules.standards import value
from ccmp.refusals import NotAllowed
from ccmp.sealed import unseal_bytes
from children.models import RegisterFile
from children.rules.id_areas import Areas
from children.rules.sheet_rows import Row, read_row
from children.rules.sheet_table import Table, read_table
from children.services.import_planning import EVERY, Progress
from children.services.import_villages import PERMISSION, by_every_name, villages_within


def check_may_import(by: User) -> None:
    if not reach_of(by, PERMISSION):
        raise NotAllowed(_("Registers are brought by the villages, the township's supervisor and the county's office."))


def about_table(table: Table) -> dict[str, object]:
    """What the preview tells of the file as a whole."""
    about = {"hidden": table.hidden, "merged": table.merged, "examples": table.examples, "sheet": table.sheet[:60]}
    named = {"unknown": table.unknown, "unread": table.unread}
    return about | {kind: [one[:60] for one in names[:20]] for kind, names in named.items()}


def table_of(file: RegisterFile, *, by: User, at: datetime) -> tuple[Table, dict[str, str]]:
    """The table in a file, and her villages. Raises BadFile, NotAllowed."""
    check_may_import(by)
    villages = villages_within(by)
    most = value("register.rows_at_once", on=day_of(at))
    content = unseal_bytes(bytes(file.content or b""))
    return read_table(content, most=most, needs_village=len(villages) > 1), villages


def rows_of(
    table: Table, villages: Mapping[str, str], *, at: datetime, progress: Progress = lambda done: None
) -> list[Row]:
    """Each row of a table by itself."""
    names, areas, on = by_every_name(villages), Areas.known(), day_of(at)
    rows = []
    for one in table.rows:
        rows.append(read_row(one.number, one.cells, villages=names, on=on, areas=areas))
        if len(rows) % EVERY == 0:
            progress(len(rows))
    return rows
