"""Bringing a register in tests, without a worker: read at once, confirmed at once."""

from datetime import datetime

from ccmp.identifiers import new_id
from ccmp.people.models import User
from children.models import RegisterFile
from children.services.import_plan import Line
from children.services.register_files import confirm_file, lines_of, read_file, take_file, write_file
from tests.factories import NOW


def bring(content: bytes, by: User, *, name: str = "register.xlsx", at: datetime = NOW) -> RegisterFile:
    """A file that was brought and read."""
    file = take_file(file_id=new_id(), name=name, content=content, by=by, at=at)
    read_file(file.id, at=at)
    file.refresh_from_db()
    return file


def take_in(file: RegisterFile, by: User, *, at: datetime = NOW) -> RegisterFile:
    """Confirmed and written."""
    confirm_file(file_id=file.id, by=by, at=at)
    write_file(file.id, at=at)
    file.refresh_from_db()
    return file


def counts(file: RegisterFile) -> tuple[int, int, int, int]:
    """Refused, new, changed, the same."""
    return tuple(file.found[kind] for kind in ("refused", "new", "changed", "same"))  # type: ignore[return-value]


def problems(file: RegisterFile) -> dict[tuple[int, str], str]:
    """(row, column) → what is said there."""
    return {(line.number, key): said for line in lines_of(file) for key, said in line.problems.items()}


def line(file: RegisterFile, number: int) -> Line:
    return next(one for one in lines_of(file) if one.number == number)
