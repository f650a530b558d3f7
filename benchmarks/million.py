"""A register of any size, written by the database itself: the same number gives the same rows.

    VAR=/tmp/million .venv/bin/python benchmarks/million.py 1000000

500 children in 300 homes to a village, 20 villages to a county, all of them fictional. Parents who are away, dead, missing
or unable, carers, means, grounds of health, applications and visit deadlines come in about the shares of the demo. Sealed
fields are really sealed. Foreign keys and indexes are put aside while the rows are written, and stand again afterwards.
"""

import os
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ccmp.settings")

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402

from benchmarks.bulk import copy, fill, run  # noqa: E402
from benchmarks.invented import applications, grounds, id_numbers, phones, uuid_sql  # noqa: E402
from ccmp.moments import day_of, now, start_of  # noqa: E402
from ccmp.people.enums import CheckResult, Role, Schooling, Sex  # noqa: E402
from ccmp.people.models import User  # noqa: E402
from ccmp.people.services.accounts import create_user, fill_in_file, record_check  # noqa: E402
from ccmp.people.services.postings import post_person  # noqa: E402
from ccmp.places.models import Enrolment, Place  # noqa: E402
from children.models import (  # noqa: E402
    Application,
    ApplicationMove,
    Away,
    Child,
    ChildGround,
    Guardianship,
    Household,
    HouseholdMeans,
    Incapacity,
    Kinship,
    Relative,
)
from children.rules.names import syllable_of  # noqa: E402
from visits.models import VisitDeadline  # noqa: E402

VILLAGE, COUNTY = 500, 20  # children to a village, villages to a county
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖"
    "田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付"
    "方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向"
    "常"
)
GIVEN = (
    "雨欣子涵梓轩诗琪浩宇思雅俊杰佳怡嘉豪婷晨曦文博梦瑶志强慧敏建"
    "国小燕家明海霞春生秋菊玉兰光荣福贵金凤银花永红德顺正华安宁乐"
    "天一凡可心语桐若汐沐辰亦然书瑶天佑星辰雪莲丽萍勇军伟亮鹏飞翔"
)
TABLES = (
    Household, Relative, Child, Kinship, Guardianship, Away, Incapacity, HouseholdMeans, ChildGround, Application,
    ApplicationMove, VisitDeadline,
)  # fmt: skip


def say(words: str, since: float) -> None:
    print(f"{time.perf_counter() - since:7.1f} s  {words}", flush=True)


# ── places and people ────────────────────────────────────────────────────────────────────────────────────────────────

VILLAGE_SQL = (
    "('52' || lpad((v / 200 + 1)::text, 2, '0') || lpad((v / 20 % 10 + 1)::text, 2, '0')"
    " || lpad((101 + v / 10 % 2)::text, 3, '0') || lpad((201 + v % 10)::text, 3, '0'))"
)


def make_places(villages: int) -> None:
    given = {"code": "code", "name": "name", "level": "level", "is_demo": "true"}
    rows = f"FROM (SELECT v, {VILLAGE_SQL} AS whole FROM generate_series(0, %(last)s) v) x"
    for digits, level, name in (
        (0, "programme", "'项目'"), (2, "province", "'基准省'"), (4, "prefecture", "'基准市' || substr(whole, 3, 2)"),
        (6, "county", "'基准县' || substr(whole, 3, 4)"), (9, "township", "'基准镇' || substr(whole, 3, 7)"),
        (12, "village", "'基准村' || v"),
    ):  # fmt: skip
        code = f"rpad(substr(whole, 1, {digits}), 12, '0')"
        source = f"FROM (SELECT DISTINCT ON (code) {code} AS code, {name} AS name, '{level}' AS level {rows}) y"
        is_new = "WHERE NOT EXISTS (SELECT 1 FROM places_place p WHERE p.code = y.code)"
        fill(Place, given, f"{source} {is_new}", {"last": villages - 1})
    enrolled = {"village_code": VILLAGE_SQL, "arm": "'ccmp'", "starts_on": "DATE '2025-01-01'"}
    fill(Enrolment, enrolled, "FROM generate_series(0, %(last)s) v", {"last": villages - 1})


def make_people() -> User:
    """A mother in the first village, its supervisor, its county's officer. None has a password."""
    village = Place.objects.filter(level="village").in_order().first()
    assert village is not None
    at = start_of(date(2025, 1, 2))
    people = {}
    for username, role, code in (
        ("bench-mother", Role.COMPANION_MOTHER, village.code),
        ("bench-supervisor", Role.TOWNSHIP_SUPERVISOR, village.township_code),
        ("bench-officer", Role.COUNTY_OFFICER, village.county_code),
    ):
        user = create_user(username=username, full_name=username, password=None, sex=Sex.FEMALE, is_demo=True)
        if role == Role.COMPANION_MOTHER:
            file = {"born_on": date(1990, 1, 1), "sex": Sex.FEMALE, "schooling": Schooling.SENIOR, "is_full_time": True}
            fill_in_file(user=user, home_code=code, by=None, at=at, **file)
            checked = {"checked_on": date(2024, 12, 20), "authority": "县公安局", "result": CheckResult.CLEAR}
            record_check(user=user, by=None, at=at, **checked)
        post_person(user=user, role=role, place=Place.objects.get(pk=code), starts_at=at, by=None, at=at)
        people[role] = user
    return people[Role.COUNTY_OFFICER]


# ── the register ─────────────────────────────────────────────────────────────────────────────────────────────────────


def prepare(children: int, today: date) -> None:
    """What every table reads: a draw without chance, the characters of names and how they are spoken, the sealed values."""
    run("CREATE FUNCTION pg_temp.draw(n bigint, k int, m int) RETURNS int IMMUTABLE LANGUAGE sql AS "
        "$$ SELECT ((hashint8extended(n, k) & 2147483647) % m)::int $$")  # fmt: skip
    for name, signs in (("surnames", SURNAMES), ("given", GIVEN)):
        ones = [(at, sign, syllable_of(sign)) for at, sign in enumerate(dict.fromkeys(signs))]
        copy(name, "i int PRIMARY KEY, sign text, said text", ones)
    copy("numbers", "n int PRIMARY KEY, sealed text, mark text, tail text", id_numbers(children))
    copy("phones", "h int PRIMARY KEY, sealed text, mark text", phones(children * 3 // 5))
    copy("ill", "n int, kind text, mark text, particulars text", grounds(children))
    copy("asked", "n int, benefit text, mark text", applications(children))
    run(f"CREATE TEMP TABLE homes AS SELECT h, (h - 1) / 300 AS v, pg_temp.draw(h, 1, {len(dict.fromkeys(SURNAMES))}) AS s,"
        " pg_temp.draw(h, 2, 100) < 55 AS father_away, pg_temp.draw(h, 3, 100) < 36 AS mother_away,"
        " pg_temp.draw(h, 4, 100) = 0 AS father_dead, pg_temp.draw(h, 5, 100) = 0 AS mother_missing,"
        " pg_temp.draw(h, 6, 50) = 0 AS father_unable FROM generate_series(1, %(homes)s) h", {"homes": children * 3 // 5})  # fmt: skip
    run("ALTER TABLE homes ADD PRIMARY KEY (h)")
    run(f"CREATE TEMP TABLE kids AS SELECT n, (n * 3 + 4) / 5 AS h, (n - 1) / {VILLAGE} AS v,"
        " %(today)s::date - 4 - pg_temp.draw(n, 10, 6560) AS born_on,"
        f" pg_temp.draw(n, 11, {len(dict.fromkeys(GIVEN))}) AS g1, pg_temp.draw(n, 12, {len(dict.fromkeys(GIVEN))}) AS g2"
        " FROM generate_series(1::bigint, %(all)s) n", {"today": today, "all": children})  # fmt: skip
    run("ANALYZE homes")
    run("ANALYZE kids")


def make_homes(of: dict[str, Any]) -> None:
    person = "(SELECT sign FROM given WHERE i = pg_temp.draw(h, {0}, 60))"
    fill(
        Household,
        {"id": uuid_sql("h", "h"), "village_code": VILLAGE_SQL, "head_name": "s.sign || " + person.format(21),
         "neighbourhood": "'第' || (h % 9 + 1) || '组'"},
        "FROM homes JOIN surnames s ON s.i = homes.s ORDER BY h",
    )  # fmt: skip
    common = {"village_code": VILLAGE_SQL, "household_id": uuid_sql("h", "h")}
    fill(
        Relative,
        common
        | {"id": uuid_sql("p", "h * 3"), "name": "s.sign || " + person.format(22), "phone": "f.sealed",
           "phone_index": "f.mark", "died_on": "CASE WHEN father_dead THEN DATE '2024-05-01' END"},
        "FROM homes JOIN surnames s ON s.i = homes.s JOIN phones f USING (h) ORDER BY h",
    )  # fmt: skip
    missing = {"missing_since": "CASE WHEN mother_missing THEN DATE '2025-03-01' END"}
    fill(
        Relative,
        common | missing | {"id": uuid_sql("p", "h * 3 + 1"), "name": "s.sign || " + person.format(23)},
        "FROM homes JOIN surnames s ON s.i = (h * 31) % 99 ORDER BY h",
    )
    fill(
        Relative,
        common | {"id": uuid_sql("p", "h * 3 + 2"), "name": "s.sign || " + person.format(24), "born_on": "DATE '1958-02-03'"},
        "FROM homes JOIN surnames s ON s.i = (h * 37) % 99 WHERE father_away AND mother_away ORDER BY h",
    )  # fmt: skip
    for share, one in (("father_away", "h * 3"), ("mother_away", "h * 3 + 1")):
        stay = {
            "relative_id": uuid_sql("p", one),
            "since": "DATE '2025-02-20' - pg_temp.draw(h, 31, 900)",
            "where": "'广东东莞'",
        }
        fill(Away, stay, f"FROM homes WHERE {share} ORDER BY h")
    unable = {"relative_id": uuid_sql("p", "h * 3"), "reason": "'serious_illness'", "since": "DATE '2024-01-01'"}
    fill(Incapacity, unable, "FROM homes WHERE father_unable ORDER BY h")
    means = "(ARRAY['minimum_living','low_income','monitored','emergency'])[pg_temp.draw(h, 41, 4) + 1]"
    entry = of | {"id": uuid_sql("m", "h"), "household_id": uuid_sql("h", "h"), "village_code": VILLAGE_SQL}
    fill(HouseholdMeans, entry | {"kind": means, "since": "DATE '2025-06-01'"}, "FROM homes WHERE h % 7 = 0 ORDER BY h")


def make_children(of: dict[str, Any], today: date) -> None:
    stage = (
        "CASE WHEN age < 3 THEN 'not_yet' WHEN age < 6 THEN 'kindergarten' WHEN age < 12 THEN 'primary'"
        " WHEN age < 15 THEN 'junior' WHEN n % 2 = 0 THEN 'senior' ELSE 'vocational' END"
    )
    fill(
        Child,
        of
        | {"id": uuid_sql("c", "n"), "village_code": VILLAGE_SQL, "household_id": uuid_sql("h", "h"),
           "name": "s.sign || a.sign || CASE WHEN n % 5 > 0 THEN b.sign ELSE '' END",
           "pinyin": "concat_ws(' ', s.said, a.said, CASE WHEN n % 5 > 0 THEN b.said END)",
           "initials": "left(s.said, 1) || left(a.said, 1) || CASE WHEN n % 5 > 0 THEN left(b.said, 1) ELSE '' END",
           "sex": "CASE WHEN pg_temp.draw(n, 13, 2) = 0 THEN '1' ELSE '2' END", "born_on": "kids.born_on", "ethnic_group": "'01'",
           "resident_id": "coalesce(i.sealed, '')", "resident_id_index": "i.mark", "resident_id_tail": "coalesce(i.tail, '')",
           "no_id_reason": "CASE WHEN i.n IS NULL THEN 'not_at_hand' ELSE '' END",
           "hukou": "CASE WHEN n % 12 = 0 THEN 'urban' ELSE 'rural' END", "school_stage": stage,
           "is_boarding": "age BETWEEN 12 AND 14 AND n % 5 < 3",
           "registered_on": "greatest(kids.born_on, DATE '2025-01-05')", "here_since": "greatest(kids.born_on, DATE '2025-01-05')",
           "confirmed_on": "CASE WHEN n % 3 > 0 THEN greatest(kids.born_on, DATE '2026-03-01' + (n % 200)::int) END"},
        "FROM (SELECT *, (%(today)s::date - born_on) / 366 AS age FROM kids) kids JOIN homes USING (h, v)"
        " JOIN surnames s ON s.i = homes.s JOIN given a ON a.i = g1 JOIN given b ON b.i = g2"
        " LEFT JOIN numbers i USING (n) ORDER BY n",
        {"today": today},
    )  # fmt: skip
    child = {"child_id": uuid_sql("c", "n")}
    for relation, one, among in (
        ("51", "h * 3", "true"),
        ("52", "h * 3 + 1", "true"),
        ("62", "h * 3 + 2", "father_away AND mother_away"),
    ):
        kin = child | {"relative_id": uuid_sql("p", one), "relation": f"'{relation}'"}
        fill(Kinship, kin, f"FROM kids JOIN homes USING (h, v) WHERE {among} ORDER BY n")
    carer = "CASE WHEN father_away AND mother_away THEN h * 3 + 2 WHEN mother_away THEN h * 3 ELSE h * 3 + 1 END"
    care = {"carer_id": uuid_sql("p", carer), "kind": "'good'", "since": "greatest(kids.born_on, DATE '2025-01-05')",
            "is_entrusted": "father_away AND mother_away"}  # fmt: skip
    fill(Guardianship, child | care, "FROM kids JOIN homes USING (h, v) ORDER BY n")


def make_claims(of: dict[str, Any], today: date) -> None:
    child = of | {"child_id": uuid_sql("c", "n"), "village_code": VILLAGE_SQL}
    source = f"(n - 1) / {VILLAGE} AS v"
    ground = {"kind": "kind", "kind_index": "mark", "particulars": "particulars", "since": "DATE '2025-09-01'"}
    fill(
        ChildGround,
        child | ground | {"id": uuid_sql("g", "row_number() OVER ()")},
        f"FROM (SELECT *, {source} FROM ill) x",
    )
    asked = {"id": uuid_sql("a", "n"), "benefit": "benefit", "benefit_index": "mark", "applied_on": "DATE '2026-02-02'"}
    state = {"state": "CASE WHEN n % 4 > 0 THEN 'receiving' ELSE 'applied' END",
             "since": "CASE WHEN n % 4 > 0 THEN DATE '2026-03-03' ELSE DATE '2026-02-02' END"}  # fmt: skip
    fill(Application, child | asked | state, f"FROM (SELECT *, {source} FROM asked) x")
    move = {"application_id": uuid_sql("a", "n"), "came_from": "'applied'", "went_to": "'receiving'",
            "on": "DATE '2026-03-03'", "by_id": of["recorded_by"], "at": of["recorded_at"]}  # fmt: skip
    fill(ApplicationMove, move, "FROM asked WHERE n % 4 > 0")
    due = {"child_id": uuid_sql("c", "n"), "village_code": VILLAGE_SQL, "level": "'low'", "set_on": "DATE '2026-09-01'",
           "due_on": "%(today)s::date - 20 + (n % 100)::int", "rule": "'visits.low_days'"}  # fmt: skip
    fill(VisitDeadline, due, "FROM kids", {"today": today})


class Aside:
    """Indexes that hold no constraint are taken off while many rows are written; foreign keys are not looked at."""

    def __enter__(self) -> None:
        tables = [model._meta.db_table for model in TABLES]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = indrelid"
                " WHERE relname = ANY(%s) AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)",
                [tables],
            )
            self.indexes = cursor.fetchall()
            for name, _definition in self.indexes:
                cursor.execute(f"DROP INDEX {name}")
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("SET synchronous_commit = off")
            cursor.execute("SET maintenance_work_mem = '512MB'")
            cursor.execute("SET work_mem = '256MB'")

    def __exit__(self, *_error: object) -> None:
        if _error[0] is None:
            for _name, definition in self.indexes:
                run(definition)
        run("SET session_replication_role = DEFAULT")


def load(children: int) -> None:
    began, today = time.perf_counter(), day_of(now())
    make_places(-(-children // VILLAGE))
    officer = make_people()
    moment = "TIMESTAMPTZ '2025-06-01 08:00+08'"
    of = {"made_at": moment, "recorded_at": moment, "recorded_by": f"'{officer.pk}'", "fingerprint": "repeat('0', 64)"}
    prepare(children, today)
    say("numbers and telephones sealed", began)
    with Aside():
        make_homes(of)
        say("homes, grown-ups, stays away, means", began)
        make_children(of, today)
        say("children, kin, carers", began)
        make_claims(of, today)
        say("grounds, applications, deadlines", began)
    say("indexes", began)
    run("VACUUM ANALYZE")
    say(f"{children:,} children are there", began)


if __name__ == "__main__":
    with connection.as_owner():  # indexes are taken away and made again
        load(int(sys.argv[1]))
