"""The contract, tried out: what OpenAPI says is sent and answered, by each role, about what is there and what is not.

Whatever comes, an answer is one that the schema names; what breaks the schema is refused, and never by a fault of ours.
The cases are those that schemathesis works out from the schema: for each field the values at its borders, and what lies
just beyond. There is nothing random in them: each role takes every so-manieth, beginning with another one.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from drf_spectacular.generators import SchemaGenerator
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks

from ccmp.moments import now
from ccmp.people.services.accounts import make_token
from ccmp.wsgi import application
from tests.access.table import ROLES
from tests.access.walking import ARGUMENTS
from tests.access.world import World, make_world


def names_the_field(ctx: Any, response: Any, case: Case) -> None:
    """Whoever sends something that is not understood is told where it stands."""
    if response.status_code == 400 and isinstance(case.body, dict):
        errors = response.json().get("errors", [])
        assert all(one["detail"] for one in errors)
        assert all(one["field"] for one in errors)


CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    names_the_field,
]
OUTBOX = "/api/v1/outbox/"  # answers for each entry by itself: one that cannot be read is refused in a line of a 200
# Who writes most takes most: every so-manieth case.
STEPS = dict.fromkeys(ROLES, 40) | {"M": 7, "C": 7}
MODES = [GenerationMode.NEGATIVE, GenerationMode.POSITIVE]


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def contract() -> Iterator[Any]:
    told = SchemaGenerator().get_schema(request=None, public=True)
    schema = schemathesis.openapi.from_dict(told, config=SchemathesisConfig.from_dict({"seed": 1}))
    schema.app = application
    for signal in (request_started, request_finished):  # as Django's own test client does: one connection throughout
        signal.disconnect(close_old_connections)
    yield schema
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def cases_of(contract: Any, world: World, *, step: int, first: int) -> Iterator[Case]:
    """Every `step`-th case of every operation; each second one is about what is really there."""
    number = first
    for found in contract.get_all_operations():
        operation = found.ok()
        known = {
            name: str(ARGUMENTS[name](world.facts["own"])) for name in ARGUMENTS if f"{{{name}}}" in operation.path
        }
        config = contract.config.generation_for(operation=operation, phase="coverage")
        for case in contract.iter_coverage_cases(operation, generation_modes=MODES, generation_config=config):
            number += 1
            if number % step == 0:
                if number // step % 2 and known:
                    case.path_parameters = known
                yield case


def breaks(case: Case, headers: dict[str, str]) -> list[str]:
    """What is wrong with the answer; whatever was written is taken back."""
    with transaction.atomic():
        response = case.call(headers={"Accept-Encoding": "identity"} | headers)
        transaction.set_rollback(True)
    judged = [check for check in CHECKS if case.path != OUTBOX or check is not checks.negative_data_rejection]
    try:
        case.validate_response(response, checks=judged)
    except (BaseExceptionGroup, AssertionError) as found:
        told = str(case.meta and getattr(case.meta.phase.data, "description", ""))
        each = found.exceptions if isinstance(found, BaseExceptionGroup) else [found]
        return [f"{case.operation.label} – {told}: {one}" for one in each]
    return []


@pytest.mark.parametrize("role", ROLES)
def test_every_answer_is_one_that_the_schema_names(world, contract, role):
    user, headers = world.people[role], {}
    if user is not None:
        token, _row = make_token(user=user, at=now())
        headers = {"Authorization": f"Bearer {token}"}

    tried, broken = 0, []
    for case in cases_of(contract, world, step=STEPS[role], first=ROLES.index(role)):
        tried += 1
        broken += breaks(case, headers)

    assert broken == []
    assert tried > 60
