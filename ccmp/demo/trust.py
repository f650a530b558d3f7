"""How far an invented village's files can be trusted: what families agreed to and confirmed, what the supervisor checked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from ccmp.demo.chance import Chance
from ccmp.demo.geography import Village
from ccmp.demo.register import Home
from ccmp.moments import CHINA
from ccmp.people.enums import Role
from ccmp.people.models import User
from children.consent_texts import ASKED_HERSELF
from children.entries import ChildEntry
from children.enums import ConsentEvidence, ConsentPurpose
from children.models import Child, years_before
from children.services.check import check_file
from children.services.confirm import ConfirmationEntry
from children.services.consent import ConsentEntry, withdraw_consent

AGREE = {
    ConsentPurpose.CARE: 0.94,
    ConsentPurpose.REFERRAL: 0.86,
    ConsentPurpose.EVALUATION: 0.62,
    ConsentPurpose.PICTURES: 0.35,
}
CONFIRMED, CHECKED = 0.72, 24
REMARKS = ("缺父亲电话，请问爷爷要。", "监护人写的是奶奶，家访记录里是姑姑，请核实。")


@dataclass
class Trusted:
    """What a village's mother noted of it, and the home whose family changed its mind."""

    consents: list[ConsentEntry] = field(default_factory=list)
    confirmations: list[ConfirmationEntry] = field(default_factory=list)
    took_back: ConsentEntry | None = None


def invent_trust(chance: Chance, homes: Sequence[Home], *, today: date) -> Trusted:
    told = Trusted()
    for home in homes:
        own = chance.apart(home.family.household)
        who = _teller(home.children[0])
        if who is None or (today - home.registered_at.date()).days < 2:
            continue
        told.consents += _consents(own, home, *who)
        told.confirmations += _confirmations(own, home, who[0], today=today)
    given = [one for one in told.consents if one.purpose == ConsentPurpose.EVALUATION]
    told.took_back = given[len(given) // 2] if given else None
    return told


def _teller(child: ChildEntry) -> tuple[str, str] | None:
    """Name and relation of who answers at the door: whoever looks after the child."""
    return (child.carer.name, child.carer.relation) if child.carer and child.carer.name else None


def _consents(chance: Chance, home: Home, name: str, relation: str) -> Iterator[ConsentEntry]:
    agreed = [purpose for purpose, share in AGREE.items() if chance.happens(share)]
    made_at, on = home.registered_at + timedelta(minutes=20), home.registered_at.date()
    for child in home.children:
        is_asked = child.born_on <= years_before(on, ASKED_HERSELF)
        for purpose in agreed:
            yield ConsentEntry(
                chance.id_at(made_at), child.id, made_at, purpose, 1, name, relation, on,
                ConsentEvidence.PAPER, child_agrees=is_asked,
            )  # fmt: skip


def _confirmations(chance: Chance, home: Home, name: str, *, today: date) -> Iterator[ConfirmationEntry]:
    """The whole home at one door, some time after the registration."""
    first = home.registered_at.date() + timedelta(days=1)
    if not chance.happens(CONFIRMED):
        return
    on = chance.day_between(first, today - timedelta(days=1))
    made_at = datetime.combine(on, time(chance.between(9, 18), chance.between(0, 59)), tzinfo=CHINA)
    for child in home.children:
        yield ConfirmationEntry(chance.id_at(made_at), child.id, made_at, on, name, 1)


def play_checks(chance: Chance, trusted: Trusted, village: Village, mother: User, *, today: date) -> None:
    """The supervisor has gone through some files; the newest of them went back. One family took a consent back."""
    at = datetime.combine(today - timedelta(days=1), time(15, 20), tzinfo=CHINA)
    if trusted.took_back is not None:
        _take_back(trusted.took_back, mother, at)
    place = f"{village.code[:9]}000"
    rows = User.objects.filter(postings__role=Role.TOWNSHIP_SUPERVISOR, postings__place_code=place)
    supervisor = rows.order_by("pk").first()
    files = list(Child.objects.filter(village_code=village.code).order_by("registered_on", "id")[:CHECKED])
    if supervisor is None:
        return
    for number, child in enumerate(files):
        moment = at + timedelta(minutes=number)
        remark = REMARKS[number - len(files)] if number >= len(files) - len(REMARKS) else ""
        word = {"version": child.version, "is_sent_back": bool(remark), "remark": remark}
        check_file(check_id=chance.id_at(moment), child_id=child.id, **word, by=supervisor, at=moment)


def _take_back(given: ConsentEntry, mother: User, at: datetime) -> None:
    child = Child.objects.get(pk=given.child)
    purpose = ConsentPurpose(given.purpose)
    on = max(given.on, at.date() - timedelta(days=4))
    withdraw_consent(child=child, purpose=purpose, on=on, withdrawn_by=given.given_by, by=mother, at=at)
