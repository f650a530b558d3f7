"""A world to walk: the same facts in three villages, and one person of each role, all but two of them posted to the first."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from ccmp.identifiers import new_id
from ccmp.moments import Month
from ccmp.people.enums import DepartmentKind
from ccmp.people.models import User
from ccmp.phone.models import OutboxEntry, Phone
from ccmp.phone.services.outbox import take_outbox
from ccmp.phone.services.phones import set_up_phone
from ccmp.places.models import SchoolTerm, county_code_of
from ccmp.privacy.enums import IncidentKind, RequestKind, WhyOpened
from ccmp.privacy.models import GuardianRequest, Incident, LegalHold, Opening, Study
from ccmp.privacy.services.extracts import ask_for_study
from ccmp.privacy.services.holds import hold_back
from ccmp.privacy.services.incidents import Found, report_incident
from ccmp.privacy.services.requests import Asked, register_request
from ccmp.reports.enums import Edition
from ccmp.reports.services.ordering import order_report
from children.models import Child, Difference, FileCheck, RegisterFile, Transfer
from children.rules.file_fields import texts_of
from children.services.check import check_file
from children.services.consent import ConsentEntry, give_consent
from children.services.correct import Correction, correct_file
from clubs.entries import ClosureEntry
from clubs.models import ClubClosure, ClubSession
from clubs.services.clubs import ask_for_closure
from referrals.models import Referral, Task
from tests import factories
from tests.children.importing import bring
from tests.factories import CLOUD_FOOT, FENGGANG, FENGGANG_VILLAGE, NOW, PEAR_GARDEN, STONE_SHOOT, SUIYANG
from tests.factories.moves import ask_for, offer
from visits.models import Flag, Visit

# Names that stand in no other word: whoever reads one has read a child's name.
NAMES = {"own": "陈雨欣欣", "sibling": "罗小军军", "other": "杨小妹妹"}
PLACES = {"own": CLOUD_FOOT, "sibling": STONE_SHOOT, "other": FENGGANG_VILLAGE}
NUMBERS = {"other": "520327201406010022"}
MARCH = Month(2026, 3)


@dataclass(frozen=True)
class Facts:
    """What there is in one village. `flag` waits for the county; `task` was sent to a department of the county."""

    village_code: str
    mother: User
    officer: User
    child: Child
    session: ClubSession
    visit: Visit
    flag: Flag
    referral: Referral
    task: Task
    closure: ClubClosure
    term: SchoolTerm
    report_id: Any
    difference: Difference
    transfer: Transfer
    phone: Phone
    refused: OutboxEntry
    sent_back: FileCheck
    register_file: RegisterFile
    hold: LegalHold
    request: GuardianRequest
    opening: Opening
    incident: Incident
    study: Study

    @property
    def county_code(self) -> str:
        return county_code_of(self.village_code)


@dataclass(frozen=True)
class World:
    people: dict[str, User | None]
    facts: dict[str, Facts]


def make_world() -> World:
    """Everybody and everything. The department officer's own task lies in the first village."""
    factories.make_places()
    officers = {SUIYANG: factories.make_county_officer(), FENGGANG: factories.make_county_officer(FENGGANG)}
    education = factories.make_department()
    departments = {
        "own": education,
        "sibling": factories.make_department("县卫生健康局", DepartmentKind.HEALTH),
        "other": factories.make_department("凤冈县教育局", county=FENGGANG),
    }
    facts = {name: _facts(name, officers[county_code_of(code)], departments[name]) for name, code in PLACES.items()}
    people: dict[str, User | None] = {
        "M": facts["own"].mother,
        "D": factories.make_director(is_substitute=True),
        "S": factories.make_supervisor(),
        "C": officers[SUIYANG],
        "P": factories.make_department_officer(education),
        "F": factories.make_foundation_officer(),
        "R": factories.make_researcher(),
        "A": factories.make_administrator(),
        "U": factories.make_auditor(),
        "-": None,
    }
    return World(people, facts)


def _facts(name: str, officer: User, department: Any) -> Facts:
    code = PLACES[name]
    mother = factories.make_mother(code)
    child = factories.make_child(mother, code, name=NAMES[name])
    referral = factories.make_referral(officer, factories.make_flag(mother, child, "2026-03-10 09:00"), [department])
    closure = ClosureEntry(new_id(), code, NOW, NOW.date(), NOW.date(), "修屋顶")
    report, _run = order_report(month=MARCH, place_code=code, edition=Edition.VILLAGE, by=officer, at=_after_march())
    phone = set_up_phone(phone_id=new_id(), label="", by=mother, at=NOW).phone
    _agreed(mother, child)
    return Facts(
        village_code=code,
        mother=mother,
        officer=officer,
        child=child,
        session=factories.make_session(mother, closed=None, village_code=code),
        visit=factories.make_visit(mother, child),
        flag=factories.make_flag(mother, child),
        referral=referral,
        task=referral.tasks.get(),
        closure=ask_for_closure(entry=closure, by=mother, at=NOW),
        term=SchoolTerm.objects.filter(county_code=county_code_of(code)).latest("starts_on"),
        report_id=report.id,
        difference=_difference(mother, child),
        transfer=_transfer(name, mother, code),
        phone=phone,
        refused=_refused(phone, child),
        sent_back=_sent_back(officer, child),
        register_file=_brought(mother, child),
        hold=hold_back(child=child, why="法院来函", until=None, by=officer, at=NOW),
        request=_asked(officer, child),
        opening=_opened(child),
        incident=_incident(officer, county_code_of(code)),
        study=ask_for_study(name="抗逆力", purpose="比较两组村", by=factories.make_researcher(), at=NOW),
    )


def _asked(officer: User, child: Child) -> GuardianRequest:
    asked = Asked(new_id(), RequestKind.COPY, "陈国富", "61")
    return register_request(child=child, asked=asked, by=officer, at=NOW)


def _opened(child: Child) -> Opening:
    """By somebody else of another place; none of those who walk."""
    elsewhere = factories.make_county_officer(FENGGANG if child.village_code.startswith("520323") else SUIYANG)
    ends_at = NOW + timedelta(days=400)
    words = {"why": WhyOpened.FOUND, "words": "孩子独自在车站被找到。"}
    return Opening.objects.create(child=child, by=elsewhere, began_at=NOW, ends_at=ends_at, **words)


def _incident(officer: User, county: str) -> Incident:
    found = Found(new_id(), f"{county[:6]}000000", IncidentKind.PAPER, NOW, NOW, "一张登记表留在村委会窗口。", 1)
    return report_incident(found=found, by=officer, at=NOW)


def _transfer(name: str, mother: User, code: str) -> Transfer:
    """A second child on its way to a third village; of the other county that village asked, by the number that it typed."""
    number = NUMBERS.get(name, "")
    child = factories.make_child(mother, code, name=f"{NAMES[name]}二", resident_id=number)
    if number:
        return ask_for(factories.make_mother(PEAR_GARDEN), number, to=PEAR_GARDEN)
    return offer(mother, child, to=PEAR_GARDEN)


def _refused(phone: Phone, child: Child) -> OutboxEntry:
    """An entry about the child that the server could not take."""
    sent = {"id": str(new_id()), "kind": "visit", "made_at": NOW.isoformat(), "body": {"child": "", "note": child.name}}
    take_outbox(entries=[sent], by=phone.user, phone=phone.id, at=NOW, clock=NOW)
    return OutboxEntry.objects.get(pk=sent["id"])


def _agreed(mother: User, child: Child) -> None:
    """To the evaluation, and to nothing else."""
    given = {"purpose": "evaluation", "text_version": 1, "given_by": "陈国富", "relation": "61", "evidence": "paper"}
    give_consent(entry=ConsentEntry(new_id(), child.id, NOW, on=NOW.date(), **given), by=mother, at=NOW)


def _brought(mother: User, child: Child) -> RegisterFile:
    """A register that names the child, and of which one row is refused."""
    return bring(
        f"儿童姓名,户主姓名,民族,出生日期,户口性质,就学情况\n{child.name},陈国富,火星,,农村,小学\n".encode(), mother
    )


def _sent_back(officer: User, child: Child) -> FileCheck:
    child.refresh_from_db()
    word = {"check_id": new_id(), "version": child.version, "is_sent_back": True, "remark": f"{child.name}：缺父亲电话"}
    return check_file(child_id=child.id, **word, by=officer, at=NOW)


def _difference(mother: User, child: Child) -> Difference:
    """The mother's page lay open while somebody wrote the same field: she herself, on another phone."""
    before = texts_of(child)
    for way in ("桥头第一家", "桥头第三家"):
        entry = Correction(new_id(), child.id, NOW, before | {"address": way}, before)
        done = correct_file(entry=entry, by=mother, at=NOW)
    return done.differences[0]


def _after_march() -> Any:
    return factories.moment("2026-04-03 02:00")
