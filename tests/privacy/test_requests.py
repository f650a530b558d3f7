"""A guardian's requests: written down at the desk, counted in working days, answered with a copy or a reason."""

import io
import zipfile

import pytest
from django.urls import reverse

from ccmp.identifiers import new_id
from ccmp.people.models import User
from ccmp.privacy.enums import RequestKind, RequestState
from ccmp.privacy.models import GuardianRequest, RequestHasMovedOn
from ccmp.privacy.services.clearing import StillHere
from ccmp.privacy.services.copying import copy_for
from ccmp.privacy.services.requests import Asked, BadRequest, answer_request, register_request
from ccmp.refusals import NotAllowed
from children.models import Child
from tests import factories
from tests.children.test_file_paper import words_of
from tests.factories import NOW, moment
from tests.factories.moves import leave


def asks(child: Child, by: User, kind: RequestKind = RequestKind.COPY, words: str = "", **more) -> GuardianRequest:
    return register_request(child=child, asked=Asked(new_id(), kind, "陈国富", "61", words), by=by, at=NOW, **more)


def answered(request, by, state=RequestState.DONE, words=""):
    return answer_request(request_id=request.pk, state=state, words=words, by=by, at=NOW)


def test_it_is_answered_within_fifteen_working_days(child, officer):
    request = asks(child, officer)

    late = moment("2026-04-03 10:00")
    assert (request.due_at, request.rule) == (moment("2026-04-02 10:00"), "privacy.answer_working_days")
    for at in (NOW, late):
        assert GuardianRequest.objects.overdue(at=at).exists() == request.is_overdue(at=at) == (at == late)


def test_sent_twice_it_is_one_request(child, officer):
    asked = Asked(new_id(), RequestKind.VIEW, "陈国富", "61")

    for _time in (1, 2):
        register_request(child=child, asked=asked, by=officer, at=NOW)

    assert GuardianRequest.objects.count() == 1


def test_a_correction_says_what_and_a_refusal_says_why(child, officer):
    with pytest.raises(BadRequest):
        asks(child, officer, RequestKind.CORRECT)
    with pytest.raises(BadRequest):
        answered(asks(child, officer), officer, RequestState.DECLINED)


def test_it_is_answered_once_and_by_the_county(child, officer, mother):
    request = asks(child, factories.make_supervisor())
    with pytest.raises(NotAllowed):
        answered(request, mother)

    answered(request, officer)

    with pytest.raises(RequestHasMovedOn):
        answered(request, officer, RequestState.WITHDRAWN)
    with pytest.raises(NotAllowed):
        asks(child, mother)


def test_what_is_deleted_at_a_guardians_wish_is_gone_in_the_same_moment_but_not_while_the_child_is_here(
    child, officer, mother
):
    request = asks(child, officer, RequestKind.DELETE, "搬走了，不再需要")
    with pytest.raises(StillHere):
        answered(request, officer)
    request.refresh_from_db()
    assert request.state == RequestState.WAITING
    leave(mother, child)

    answered(request, officer)

    child.refresh_from_db()
    assert (child.name, child.clearing.rule, child.clearing.by) == ("—", "request", officer)


def test_the_copy_tells_what_is_kept_and_not_who_reported_what(child, officer, mother):
    factories.make_visit(mother, child)
    factories.make_flag(mother, child, seen="井边没有盖子")

    content = copy_for(asks(child, officer), by=officer, at=NOW)

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == ["file.pdf", "kept.xlsx"]
        paper = words_of(archive.read("file.pdf"))
        with zipfile.ZipFile(io.BytesIO(archive.read("kept.xlsx"))) as book:
            sheets = "".join(book.read(name).decode(errors="replace") for name in book.namelist())
    assert child.name in paper
    assert "2026-03-10" in sheets
    assert "井边" not in paper + sheets


def test_a_list_asks_no_more_for_three_than_for_one(client, child, officer, django_assert_max_num_queries):
    client.force_login(officer, backend="ccmp.people.backends.PostingBackend")
    asks(child, officer)
    numbers = []
    for _time in (1, 2):
        with django_assert_max_num_queries(40) as asked:
            page = client.get(reverse("privacy:requests")).content.decode()
        numbers.append(len(asked))
        asks(child, officer), asks(child, officer)

    assert "陈雨欣" in page
    assert numbers[0] == numbers[1]
