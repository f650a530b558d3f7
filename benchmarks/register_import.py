"""A register brought as a spreadsheet: its preview and its taking in, against a plain bulk insert of what it wrote.

    VAR=/tmp/million .venv/bin/python benchmarks/register_import.py 5000

An officer brings the file on the page; a real worker reads it and, once she said yes, takes it in. Measured is how long each
waits, from her click until the page can say so, and how much memory the worker took at most. Then the same rows are inserted
once more under other keys, plainly and in one go, sealed fields sealed: no checks, no homes found, no trail. The register
that takes them in has 1,500 children, in a database of its own that is made for this and put away.
"""

import io
import json
import os
import re
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.register_scale import VAR, environment, make  # noqa: E402
from benchmarks.rules_changed import children_of, worker  # noqa: E402
from ccmp import local_servers  # noqa: E402
from ccmp.local_servers import places  # noqa: E402

KNOWN = 1_500
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
SURNAMES, GIVEN = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高", "雨欣子涵梓轩诗琪浩宇思雅俊杰佳怡嘉豪婷晨曦文博"
STAGES = ((3, "未到入园年龄"), (6, "幼儿园"), (12, "小学"), (15, "初中"), (18, "高中"))


# ── the file ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def id_number(n: int, born_on: date, *, is_girl: bool) -> str:
    digits = f"98{n % 9000:04}{born_on:%Y%m%d}{n // 9000 * 2 + (0 if is_girl else 1):03}"
    return digits + "10X98765432"[sum(int(one) * weight for one, weight in zip(digits, WEIGHTS, strict=True)) % 11]


def row_of(n: int, village: str, today: date) -> dict[str, str]:
    """Two children to a home; half of the fathers and a third of the mothers are away; one of ten has no number yet."""
    home, born_on, is_girl = n // 2, today - timedelta(days=30 + n * 7919 % 6000), n % 2 == 0
    family, away = SURNAMES[home % len(SURNAMES)], "外出务工"
    year = (today - born_on).days // 366
    row = {
        "village": village,
        "head_name": f"{family}{GIVEN[home % 23]}{GIVEN[home // 23 % 23]}",
        "neighbourhood": f"第{home // 529 % 9 + 1}组",
        "name": f"{family}{GIVEN[n * 5 % 23]}{GIVEN[n * 7 % 23]}",
        "sex": "女" if is_girl else "男",
        "ethnic_group": "汉族",
        "born_on": born_on.isoformat(),
        "hukou": "农业户口",
        "school_stage": next(word for most, word in STAGES if year < most),
        "father_name": f"{family}{GIVEN[home * 3 % 23]}",
        "father_phone": f"138{home:08}",
        "father_whereabouts": away if home % 2 else "在家",
        "mother_name": f"{SURNAMES[home * 3 % 20]}{GIVEN[home * 11 % 23]}",
        "mother_whereabouts": away if home % 3 == 0 else "在家",
        "carer_relation": "母亲" if home % 3 else "父亲",
        "carer_name": "",
        "carer_kind": "良好",
        "carer_since": max(born_on, date(2025, 1, 5)).isoformat(),
    }
    row |= {f"{who}_since": "2025-02-20" for who in ("father", "mother") if row[f"{who}_whereabouts"] == away}
    number = id_number(n, born_on, is_girl=is_girl)
    return row | ({"resident_id": number} if n % 10 else {"no_id_reason": "家中暂未找到"})


def workbook(rows: Iterable[dict[str, str]]) -> bytes:
    import xlsxwriter

    from children.rules.register_sheet import columns

    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [one.heading for one in columns().values()])
        for at, row in enumerate(rows, start=1):
            sheet.write_row(at, 0, [row.get(key, "") for key in columns()])
    return held.getvalue()


# ── in a process of its own, on the register ─────────────────────────────────────────────────────────────────────────


def bring(rows: int) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.urls import reverse

    from ccmp.identifiers import new_id
    from ccmp.moments import day_of, now
    from ccmp.people.models import User
    from children.enums import ImportState
    from children.models import Child, RegisterFile
    from children.services.import_villages import villages_within
    from children.services.register_files import lines_of
    from tests.signing_in import Client

    officer, today, key = User.objects.get(username="bench-officer"), day_of(now()), new_id()
    names = list(villages_within(officer).values())
    content = workbook(row_of(n, names[n // 2 % len(names)], today) for n in range(rows))
    client, before = Client(HTTP_HOST="localhost"), Child.objects.count()
    client.force_login(officer)
    sheet = SimpleUploadedFile("名册.xlsx", content)

    def until(state: ImportState, ask: Callable[[], Any]) -> float:
        began = time.perf_counter()
        answer = ask()
        assert answer.status_code == 302, answer.content.decode()[:2000]
        while True:
            held = RegisterFile.objects.defer("content", "preview", "annotated").get(pk=key)
            if held.state == state:
                return time.perf_counter() - began
            if held.state not in (ImportState.READING, ImportState.WRITING):
                sys.exit(f"{held.state}: {held.trouble}")
            time.sleep(0.05)

    page = client.get(reverse("children:import")).content.decode()
    hidden = dict(HIDDEN.findall(page)) | {"id": str(key)}
    read = until(ImportState.PREVIEW, lambda: client.post(reverse("children:import"), hidden | {"file": sheet}))
    found = RegisterFile.objects.get(pk=key).found
    if found["refused"]:
        wrong = [line.problems for line in lines_of(RegisterFile.objects.get(pk=key)) if line.problems]
        sys.exit(f"{found['refused']} rows are refused: {wrong[:3]}")
    began = time.perf_counter()
    client.get(reverse("children:import-file", args=[key]))
    shown = time.perf_counter() - began
    taken = until(ImportState.DONE, lambda: client.post(reverse("children:import-confirm", args=[key])))
    said = {"bytes": len(content), "preview": read, "page": shown, "taken": taken, "found": found}
    print(json.dumps(said | {"written": Child.objects.count() - before, "plain": plain()}))


def plain() -> float:
    """What was taken in last, written once more under other keys. Nothing is kept."""
    from django.db import transaction

    from ccmp.identifiers import new_id
    from children.models import Away, Child, Guardianship, Household, Kinship, Relative

    moment = Child.objects.order_by("-recorded_at").values_list("recorded_at", flat=True)[0]
    children = Child.objects.filter(recorded_at=moment)
    homes = Household.objects.filter(children__in=children).distinct()
    people = Relative.objects.filter(household__in=homes)
    tables: list[tuple[Any, list[Any]]] = [
        (Household, list(homes)),
        (Relative, list(people)),
        (Child, list(children)),
        (Kinship, list(Kinship.objects.filter(child__in=children))),
        (Guardianship, list(Guardianship.objects.filter(child__in=children))),
        (Away, list(Away.objects.filter(relative__in=people))),
    ]
    keys: dict[Any, Any] = {}
    for model, rows in tables:
        for row in rows:
            for field in model._meta.concrete_fields:
                if field.is_relation and getattr(row, field.attname) in keys:
                    setattr(row, field.attname, keys[getattr(row, field.attname)])
            keys[row.pk] = row.pk = new_id() if field_is_given(model) else None
            if model is Child and row.resident_id_index:
                row.resident_id_index = secrets.token_hex(32)  # one number, one file
    began = time.perf_counter()
    with transaction.atomic():
        for model, rows in tables:
            model._default_manager.bulk_create(rows, batch_size=1_000)
        transaction.set_rollback(True)
    return time.perf_counter() - began


def field_is_given(model: Any) -> bool:
    return not model._meta.pk.get_internal_type().endswith("AutoField")


# ── from outside ─────────────────────────────────────────────────────────────────────────────────────────────────────


def most_memory(parent: int) -> float:
    """Of the worker's processes, the one that took most: MiB."""
    found = [0.0]
    for pid in children_of(parent):
        for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
            if line.startswith("VmHWM"):
                found.append(int(line.split()[1]) / 1024)
    return max(found)


def forget_database() -> None:
    import psycopg

    where = {"host": str(places.socket_directory(VAR)), "user": places.OWNER, "dbname": places.DATABASE}
    with psycopg.connect(**where, autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "register_{KNOWN}" WITH (FORCE)')


def main(rows: int) -> None:
    with local_servers.running(VAR):
        forget_database()
        make(KNOWN)
        with worker(KNOWN, ROOT) as process:
            while not (idle := most_memory(process.pid)):
                time.sleep(0.5)
            command = [sys.executable, "benchmarks/register_import.py", "--bring", str(rows)]
            done = subprocess.run(
                command, cwd=ROOT, env=environment(KNOWN), check=True, stdout=subprocess.PIPE, text=True
            )
            most = most_memory(process.pid)
        forget_database()
    told = json.loads(done.stdout.splitlines()[-1])
    print(
        f"{rows:,} rows ({told['bytes']:,} bytes) beside {KNOWN:,} children: {told['found']}, {told['written']:,} written"
    )
    for name in ("plain", "preview", "taken"):
        print(f"  {name:10} {told[name]:6.1f} s   {told[name] / told['plain']:5.1f} × the plain insert")
    print(
        f"  the preview's page {told['page'] * 1e3:.0f} ms; a worker's process {most:.0f} MiB at most, {idle:.0f} before"
    )


if __name__ == "__main__":
    if sys.argv[1] == "--bring":
        import django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ccmp.settings")
        django.setup()
        from ccmp.walls.asking import WHOLE, let_ask

        let_ask(lambda _statement: WHOLE)  # each request asks as its own user
        bring(int(sys.argv[2]))
    else:
        main(int(sys.argv[1]))
