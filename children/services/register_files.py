"""A register that is brought as a file: taken up, read, shown, taken in or put away; nothing of it lies about afterwards."""

import hashlib
import zlib
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from ccmp.audit.record import record
from ccmp.people.entries import lock_villages
from ccmp.people.models import User
from ccmp.refusals import Refusal
from ccmp.sealed import seal_bytes, unseal_bytes
from children.enums import ImportState
from children.models import RegisterFile
from children.rules.sheet_table import BIGGEST, too_big
from children.rules.sheet_text import BadFile
from children.services.import_plan import REFUSED, Line, read_lines
from children.services.import_planning import plan_register
from children.services.import_table import about_table, check_may_import, rows_of, table_of
from children.services.import_write import write_register
from children.services.sheet_writing import annotated_copy

KEPT = timedelta(days=14)
MOST_TIMES_BEGUN = 5
NOTHING = {"content": None, "preview": None, "annotated": None}


@transaction.atomic
def take_file(*, file_id: UUID, name: str, content: bytes, by: User, at: datetime) -> RegisterFile:
    """Take up a file, to be read by a worker. Sent again, it is the same one. Raises BadFile, NotAllowed."""
    check_may_import(by)
    held = RegisterFile.objects.visible_to(by).filter(pk=file_id).first()
    if held:
        return held
    if len(content) > BIGGEST:
        raise too_big()
    if not content:
        raise BadFile(_("This file is empty."))
    file = RegisterFile.objects.create(
        id=file_id,
        name=name.replace("\x00", "")[-200:] or "–",
        village_code=by.post.place_code,  # type: ignore[union-attr]
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        content=seal_bytes(content),
        uploaded_by=by,
        uploaded_at=at,
        touched_at=at,
    )
    record(by=by, at=at, did="brought a file", on=file, size=len(content))
    return file


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def read_file(file_id: UUID, *, at: datetime) -> None:
    """Read a file and work out what it would do. May run twice: what is read already is not read again."""
    file = RegisterFile.objects.select_related("uploaded_by").get(pk=file_id)
    if file.state != ImportState.READING or file.content is None:
        return
    with translation.override(file.uploaded_by.language):
        try:
            _begin(file, at=at)
            facts = _read(file, at=at)
        except Refusal as refusal:
            _move(file, ImportState.UNREADABLE, at=at, trouble=str(refusal), **NOTHING)
            return
    _move(file, ImportState.PREVIEW, at=at, **facts)


def _read(file: RegisterFile, *, at: datetime) -> dict[str, object]:
    """What is kept of a file that was read. The page follows: each row is read by itself, then beside the register."""
    by = file.uploaded_by
    table, villages = table_of(file, by=by, at=at)
    number, tell = len(table.rows), _teller(file, len(table.rows), at=at)
    rows = rows_of(table, villages, at=at, progress=lambda done: tell(done // 2))
    plan = plan_register(rows, villages, by=by, at=at, progress=lambda done: tell((number + done) // 2))
    return {
        "found": plan.counts | about_table(table) | {"promise": plan.promise()},
        "preview": seal_bytes(zlib.compress(plan.lines_json().encode())),
        "annotated": seal_bytes(annotated_copy(table, plan.lines, villages)) if plan.counts[REFUSED] else None,
        "done": number,
    }


class BegunTooOften(Refusal):
    """A file at which the workers broke again and again."""


def _begin(file: RegisterFile, *, at: datetime) -> None:
    """Count how often a worker began: a file at which each one breaks is not taken up for ever. Raises BegunTooOften."""
    begun = file.found.get("begun", 0) + 1
    if begun > MOST_TIMES_BEGUN:
        raise BegunTooOften(
            _(
                "Nothing was taken: the program broke off at this file several times. Save it anew, bring that, and tell us."
            )
        )
    file.found = file.found | {"begun": begun}
    RegisterFile.objects.filter(pk=file.pk, state=file.state).update(found=file.found, touched_at=at)


def _teller(file: RegisterFile, rows: int, *, at: datetime) -> Callable[[int], None]:
    """How many rows are done, for the page."""
    reading = RegisterFile.objects.filter(pk=file.pk, state=ImportState.READING)
    reading.update(rows=rows, done=0, touched_at=at)

    def tell(done: int) -> None:
        reading.update(done=done)

    return tell


@transaction.atomic
def _move(file: RegisterFile, state: ImportState, *, at: datetime, **facts: object) -> None:
    """From READING on, if nobody else did it meanwhile."""
    held = RegisterFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if held.state != ImportState.READING:
        return
    held.move_to(state)
    held.touched_at = at
    for name, fact in facts.items():
        setattr(held, name, fact)
    held.save(update_fields=["state", "touched_at", *facts])


def lines_of(file: RegisterFile) -> list[Line]:
    """What would become of each row. None once the file is over."""
    if file.preview is None:
        return []
    return read_lines(zlib.decompress(unseal_bytes(bytes(file.preview))).decode())


# ── taking it in, or putting it away ────────────────────────────────────────────────────────────────────────────────


class RowsRefused(Refusal):
    """Nothing is taken while one row is refused."""

    sentence = ""


@transaction.atomic
def confirm_file(*, file_id: UUID, by: User, at: datetime) -> RegisterFile:
    """Her word that it shall be taken in; a worker does so. Raises RegisterFileHasMovedOn, RowsRefused."""
    file = RegisterFile.objects.visible_to(by).select_for_update(of=("self",)).get(pk=file_id)
    if file.found.get(REFUSED):
        raise RowsRefused(
            _("Some rows are refused, so nothing is taken yet. Put them right in the file and bring it again.")
        )
    file.move_to(ImportState.WRITING)
    file.done, file.touched_at = 0, at
    file.save(update_fields=["state", "done", "touched_at"])
    record(by=by, at=at, did="confirmed a file", on=file)
    return file


@transaction.atomic
def drop_file(*, file_id: UUID, by: User, at: datetime) -> RegisterFile:
    """Put a file away; its content is gone at once."""
    file = RegisterFile.objects.visible_to(by).select_for_update(of=("self",)).get(pk=file_id)
    file.move_to(ImportState.DROPPED)
    _finish(file, at=at)
    record(by=by, at=at, did="put a file away", on=file)
    return file


def write_file(file_id: UUID, *, at: datetime) -> None:
    """Take in what was confirmed, all of it or nothing. May run twice: what is done is not done again."""
    try:
        _begin_writing(file_id, at=at)
        with transaction.atomic():
            file = RegisterFile.objects.select_related("uploaded_by").select_for_update(of=("self",)).get(pk=file_id)
            if file.state != ImportState.WRITING:
                return
            with translation.override(file.uploaded_by.language):
                _write(file, at=at)
    except Refusal as refusal:
        _refuse(file_id, str(refusal), at=at)


def _begin_writing(file_id: UUID, *, at: datetime) -> None:
    file = RegisterFile.objects.select_related("uploaded_by").get(pk=file_id)
    if file.state == ImportState.WRITING:
        with translation.override(file.uploaded_by.language):
            _begin(file, at=at)


def _write(file: RegisterFile, *, at: datetime) -> None:
    """The register may have changed since the preview: then the promise does not hold, and nothing is written."""
    by = file.uploaded_by
    table, villages = table_of(file, by=by, at=at)
    rows = rows_of(table, villages, at=at)
    lock_villages({row.village_code for row in rows} - {""})
    plan = plan_register(rows, villages, by=by, at=at)
    if plan.promise() != file.found.get("promise"):
        raise RegisterMovedOn(lines_of(file), plan.lines)
    write_register(plan, by=by, at=at)
    file.move_to(ImportState.DONE)
    file.done = file.rows or 0
    _finish(file, at=at)
    record(by=by, at=at, did="brought the register", on=file, about=None, **plan.counts)


class RegisterMovedOn(Refusal):
    """What the preview promised is no longer what would happen."""

    def __init__(self, promised: list[Line], now: list[Line]) -> None:
        differ = [str(one.number) for one, other in zip(promised, now, strict=False) if _told(one) != _told(other)]
        rows = _(", ").join(differ[:20])
        super().__init__(
            _(
                "Nothing was taken: since you looked at it the register changed for rows %(rows)s. Bring the file again and look anew."
            )
            % {"rows": rows}
        )


def _told(line: Line) -> tuple[object, ...]:
    return line.kind, line.changes, line.problems


@transaction.atomic
def _refuse(file_id: UUID, sentence: str, *, at: datetime) -> None:
    file = RegisterFile.objects.select_for_update(of=("self",)).get(pk=file_id)
    if file.state == ImportState.WRITING:
        file.move_to(ImportState.REFUSED)
        file.trouble = sentence
        _finish(file, at=at)


def _finish(file: RegisterFile, *, at: datetime) -> None:
    """Nothing of the content stays."""
    file.touched_at = at
    for name in NOTHING:
        setattr(file, name, None)
    file.save(update_fields=["state", "done", "touched_at", "trouble", *NOTHING])


# ── taken up again, and forgotten ───────────────────────────────────────────────────────────────────────────────────


def left_half_way(left: datetime) -> list[tuple[UUID, ImportState]]:
    """Files without a sign of life since `left`."""
    rows = RegisterFile.objects.filter(state__in=[ImportState.READING, ImportState.WRITING], touched_at__lt=left)
    return [(key, ImportState(state)) for key, state in rows.order_by("uploaded_at", "id").values_list("pk", "state")]


@transaction.atomic
def forget_old_files(*, at: datetime) -> None:
    """What nobody confirmed within two weeks is put away, and nothing of its content stays."""
    old = RegisterFile.objects.filter(content__isnull=False, uploaded_at__lt=at - KEPT)
    waiting = old.exclude(state=ImportState.WRITING).select_for_update(of=("self",))
    for file in waiting.order_by("id"):
        if file.state != ImportState.UNREADABLE:
            file.move_to(ImportState.DROPPED)
        _finish(file, at=at)


@transaction.atomic
def fetch_annotated(*, file: RegisterFile, by: User, at: datetime) -> bytes:
    """Her own file with what is wrong in it; that it was fetched is recorded."""
    record(by=by, at=at, did="downloaded", on=file)
    return unseal_bytes(bytes(file.annotated or b""))
