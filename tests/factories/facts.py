from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from ccmp.identifiers import new_id
from ccmp.people.models import Department, User
from children.entries import CarerEntry, ChildEntry, HouseholdEntry, ParentEntry
from children.enums import CareKind, EthnicGroup, Hukou, NoIdReason, Relation, SchoolStage, Sex
from children.models import Child
from children.services.register import register_child
from clubs.entries import ActivityEntry, SessionEntry
from clubs.models import Activity, ClubSession
from clubs.services.clubs import record_activity
from clubs.services.sessions import enter_session
from referrals.entries import ReferralEntry, TaskEntry
from referrals.models import Referral
from referrals.services.referrals import open_referral
from tests.factories.places import CLOUD_FOOT, NOW, moment
from visits.entries import FlagEntry, VisitEntry
from visits.models import Flag, Visit
from visits.services.flags import raise_flag
from visits.services.visits import record_visit

_number = count(1)


def parent(relation: str = Relation.FATHER, name: str = "陈志强", **facts: Any) -> ParentEntry:
    """A parent at home and able, unless told otherwise: `away_since`, `died_on`, `unable_reason` with `unable_since` …"""
    return ParentEntry(id=new_id(), name=name, relation=relation, **facts)


def child_entry(village_code: str = CLOUD_FOOT, **facts: Any) -> ChildEntry:
    """A registration: a rural girl of eleven without an ID number at hand, cared for by her father's father."""
    name = facts.pop("name", f"陈雨欣{next(_number)}")
    home = facts.pop("household", None) or HouseholdEntry(id=new_id(), head_name="陈国富", neighbourhood="上寨组")
    given: dict[str, Any] = {
        "sex": Sex.FEMALE,
        "born_on": date(2014, 6, 1),
        "ethnic_group": EthnicGroup.MIAO,
        "hukou": Hukou.RURAL,
        "school_stage": SchoolStage.PRIMARY,
        "made_at": moment("2026-03-01 09:00"),
        "no_id_reason": "" if facts.get("resident_id") else NoIdReason.NOT_AT_HAND,
        "carer": CarerEntry(
            id=new_id(),
            name="陈国富",
            relation=Relation.PATERNAL_GRANDFATHER,
            kind=CareKind.FAIR,
            since=date(2025, 1, 1),
            phone="13800002716",
        ),
    }
    return ChildEntry(
        id=facts.pop("id", None) or new_id(), village_code=village_code, household=home, name=name, **(given | facts)
    )


def make_child(by: User, village_code: str = CLOUD_FOOT, *, at: datetime | None = None, **facts: Any) -> Child:
    """A child of the register, put there by `by` on 1 March 2026."""
    entry = child_entry(village_code, **facts)
    return register_child(entry=entry, by=by, at=at or entry.made_at)


def make_session(
    by: User,
    opened: str = "2026-03-09 16:00",
    closed: str | None = "2026-03-09 18:00",
    village_code: str = CLOUD_FOOT,
    **facts: Any,
) -> ClubSession:
    opened_at = moment(opened)
    entry = SessionEntry(
        id=facts.pop("id", None) or new_id(),
        village_code=village_code,
        made_at=opened_at,
        opened_at=opened_at,
        closed_at=moment(closed) if closed else None,
        **facts,
    )
    return enter_session(entry=entry, by=by, at=(entry.closed_at or opened_at) + timedelta(minutes=1))


def make_activity(by: User, held: str = "2026-03-09 16:30", village_code: str = CLOUD_FOOT, **facts: Any) -> Activity:
    given: dict[str, Any] = {"theme": "drowning", "minutes": 40, "children": 12}
    entry = ActivityEntry(
        id=new_id(), village_code=village_code, made_at=moment(held), held_at=moment(held), **(given | facts)
    )
    return record_activity(entry=entry, by=by, at=moment(held))


def make_visit(by: User, child: Child, made: str = "2026-03-10 15:00", **facts: Any) -> Visit:
    """A completed visit with everything fine, talked alone."""
    given: dict[str, Any] = {
        "outcome": "completed",
        "answers": {"carer": 0, "contact": 0, "injury": 0},
        "seen_alone": True,
    }
    if facts.get("outcome", "completed") != "completed":
        given = {}
    entry = VisitEntry(id=facts.pop("id", None) or new_id(), child=child.id, made_at=moment(made), **(given | facts))
    return record_visit(entry=entry, by=by, at=moment(made) + timedelta(minutes=30))


def make_flag(
    by: User, child: Child | None = None, raised: str = "2026-03-11 09:00", village_code: str = CLOUD_FOOT, **facts: Any
) -> Flag:
    """A serious flag: dropped out of school."""
    given: dict[str, Any] = {"kind": "dropped_out", "seen": "开学两周没有到校，在家带弟弟。"}
    if child is None:
        given["child_words"] = "男孩，约十一岁，姓名不详"
    entry = FlagEntry(
        id=facts.pop("id", None) or new_id(),
        village_code=child.village_code if child else village_code,
        made_at=moment(raised),
        child=child.id if child else None,
        **(given | facts),
    )
    return raise_flag(entry=entry, by=by, at=moment(raised))


def task_entry(department: Department, title: str = "插班入学", **facts: Any) -> TaskEntry:
    given: dict[str, Any] = {"asked": "请安排就近插班。", "disclosed": frozenset({"school"})}
    return TaskEntry(id=new_id(), department=department.id, title=title, **(given | facts))


def make_referral(by: User, flag: Flag, departments: list[Department], at: datetime = NOW, **facts: Any) -> Referral:
    """A referral from a flag, with one task for each department."""
    because = facts.pop("without_consent_because", "父母联系不上，孩子不能等。")
    entry = ReferralEntry(
        id=new_id(),
        without_consent_because=because,
        goal=facts.pop("goal", "坐进教室"),
        flag=flag.id,
        tasks=tuple(task_entry(department, title=f"请{department.name}办") for department in departments),
        **facts,
    )
    return open_referral(entry=entry, by=by, at=at)
