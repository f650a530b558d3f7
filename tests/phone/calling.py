"""A phone as it speaks to the server: it is set up by somebody signed in, keeps what it was given, and counts its hash."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from ccmp.identifiers import new_id
from ccmp.people.models import User
from ccmp.phone.models import Phone
from ccmp.phone.services.docs import hash_of, hash_of_all
from tests.signing_in import Client


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk), backend="ccmp.people.backends.PostingBackend")
    return client


def set_up(user: User, phone_id: UUID | None = None, **more: Any) -> HttpResponse:
    body = {"id": str(phone_id or new_id()), "label": "Chrome · Android"} | more
    return signed_in(user).post("/api/v1/phones/", body, content_type="application/json")


@dataclass
class InHand:
    """One phone, and what it holds: the bodies and hashes of its docs by their ids."""

    id: str
    token: str
    key: str
    cursor: str = ""
    docs: dict[str, Any] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)

    @property
    def row(self) -> Phone:
        return Phone.objects.get(pk=self.id)

    def ask(self, **more: Any) -> HttpResponse:
        """One contact, of which nothing is taken in yet: an answer that is lost on its way ends here."""
        held = hash_of_all(self.hashes) if self.hashes else ""
        body = {"phone": self.id, "cursor": self.cursor, "hash": held} | more
        return Client().post(
            "/api/v1/phones/changes/",
            body,
            content_type="application/json",
            headers={"Authorization": f"Phone {self.token}"},
        )

    def take_in(self, answer: dict[str, Any]) -> None:
        if answer["whole"]:
            self.docs, self.hashes = {}, {}
        for doc_id in answer["gone"]:
            del self.docs[doc_id], self.hashes[doc_id]
        for doc_id, body in answer["docs"]:
            self.docs[doc_id], self.hashes[doc_id] = body, hash_of(body)
        self.cursor = answer["cursor"]
        assert answer["hash"] == hash_of_all(self.hashes)

    def sync(self, **more: Any) -> list[dict[str, Any]]:
        """Contacts until nothing more comes; their answers."""
        answers = []
        while not answers or answers[-1]["more"]:
            response = self.ask(**more)
            assert response.status_code == 200, response.content
            answers.append(response.json())
            self.take_in(answers[-1])
        return answers


def phone_of(user: User) -> InHand:
    """A phone that this person has just set up; it holds nothing yet."""
    made = set_up(user).json()
    return InHand(made["id"], made["token"], made["key"])
