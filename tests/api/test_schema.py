"""The contract, as OpenAPI tells it."""

from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

PATHS = {
    "/api/v1/children/": ["get", "post"],
    "/api/v1/children/find/": ["post"],
    "/api/v1/children/{child_id}/": ["get", "patch"],
    "/api/v1/children/{child_id}/care/": ["post"],
    "/api/v1/children/{child_id}/consents/": ["get", "post"],
    "/api/v1/children/{child_id}/consents/withdrawals/": ["post"],
    "/api/v1/children/{child_id}/entitlements/": ["get"],
    "/api/v1/children/{child_id}/health/": ["post"],
    "/api/v1/children/{child_id}/labels/": ["get"],
    "/api/v1/children/{child_id}/numbers/": ["post"],
    "/api/v1/children/{child_id}/relatives/": ["post"],
    "/api/v1/children/{child_id}/relatives/{relative_id}/": ["post"],
    "/api/v1/children/{child_id}/relatives/{relative_id}/bars/": ["post"],
    "/api/v1/children/{child_id}/relatives/{relative_id}/contacts/": ["post"],
    "/api/v1/children/{child_id}/relatives/{relative_id}/whereabouts/": ["post"],
    "/api/v1/closures/": ["get", "post"],
    "/api/v1/closures/{closure_id}/approve/": ["post"],
    "/api/v1/closures/{closure_id}/decline/": ["post"],
    "/api/v1/club-sessions/": ["get", "post"],
    "/api/v1/club-sessions/{session_id}/close/": ["post"],
    "/api/v1/clubs/{village_code}/open-hours/": ["get"],
    "/api/v1/flags/": ["get", "post"],
    "/api/v1/flags/{flag_id}/": ["get"],
    "/api/v1/flags/{flag_id}/acknowledge/": ["post"],
    "/api/v1/flags/{flag_id}/close/": ["post"],
    "/api/v1/flags/{flag_id}/dismiss/": ["post"],
    "/api/v1/me/": ["get"],
    "/api/v1/outbox/": ["post"],
    "/api/v1/phones/": ["post"],
    "/api/v1/phones/changes/": ["post"],
    "/api/v1/places/": ["get"],
    "/api/v1/referrals/": ["get", "post"],
    "/api/v1/referrals/{referral_id}/": ["get"],
    "/api/v1/referrals/{referral_id}/close/": ["post"],
    "/api/v1/referrals/{referral_id}/tasks/": ["post"],
    "/api/v1/reports/": ["get", "post"],
    "/api/v1/reports/{report_id}/": ["get"],
    "/api/v1/reports/{report_id}/figures/": ["get"],
    "/api/v1/reports/{report_id}/pdf/": ["get"],
    "/api/v1/reports/{report_id}/verify/": ["post"],
    "/api/v1/reports/{report_id}/xlsx/": ["get"],
    "/api/v1/tasks/": ["get"],
    "/api/v1/tasks/{task_id}/": ["get"],
    "/api/v1/tasks/{task_id}/accept/": ["post"],
    "/api/v1/tasks/{task_id}/complete/": ["post"],
    "/api/v1/tasks/{task_id}/confirm/": ["post"],
    "/api/v1/tasks/{task_id}/return/": ["post"],
    "/api/v1/tasks/{task_id}/send-again/": ["post"],
    "/api/v1/tasks/{task_id}/withdraw/": ["post"],
    "/api/v1/terms/": ["get", "post"],
    "/api/v1/terms/{term_id}/": ["delete"],
    "/api/v1/token/": ["post"],
    "/api/v1/visits/": ["get", "post"],
    "/api/v1/visits/due/": ["get"],
}


def test_the_schema_tells_every_endpoint_and_no_other(mother, as_):
    told = as_(mother).get("schema/").json()

    assert {path: sorted(operations) for path, operations in told["paths"].items()} == PATHS


def test_the_schema_is_valid_and_made_without_a_warning():
    GENERATOR_STATS.reset()

    made = SchemaGenerator().get_schema(request=None, public=True)

    validate_schema(made)
    assert not GENERATOR_STATS


def test_every_operation_names_the_problems_that_it_may_answer_with(mother, as_):
    told = as_(mother).get("schema/").json()

    problems = {
        (path, method): sorted(status for status in operation["responses"] if status >= "400")
        for path, operations in told["paths"].items()
        for method, operation in operations.items()
    }
    assert problems["/api/v1/me/", "get"] == ["401", "429"]
    assert problems["/api/v1/flags/", "get"] == ["400", "401", "429"]
    assert problems["/api/v1/reports/{report_id}/pdf/", "get"] == ["401", "404", "409", "429"]
    assert problems["/api/v1/flags/{flag_id}/close/", "post"] == [
        "400", "401", "403", "404", "409", "413", "415", "429",
    ]  # fmt: skip
    assert "410" in problems["/api/v1/phones/changes/", "post"]
    assert all(
        set(answer["content"]) == {"application/problem+json"}
        for operations in told["paths"].values()
        for operation in operations.values()
        for status, answer in operation["responses"].items()
        if status >= "400"
    )


def test_the_schema_says_what_is_refused(mother, as_):
    """Each body has no other fields than those that it names, and each text a length."""
    bodies = {
        name: one
        for name, one in as_(mother).get("schema/").json()["components"]["schemas"].items()
        if name.endswith("BodyRequest")
    }

    assert {name for name, one in bodies.items() if one.get("additionalProperties") is not False} == set()
    flag = bodies["FlagBodyRequest"]["properties"]
    assert flag["village_code"]["pattern"] == "^[0-9]{12}$"
    assert flag["child_words"] == {"type": "string", "default": "", "maxLength": 120, "pattern": r"^[^\x00]*$"}
    assert flag["seen"]["maxLength"] == 4000
    assert bodies["VisitBodyRequest"]["properties"]["checklist"]["maximum"] == 1000


def test_only_whoever_is_signed_in_reads_it(world, as_):
    assert as_(None).get("schema/").status_code == 401


def test_the_door_alone_needs_no_key(mother, as_):
    told = as_(mother).get("schema/").json()

    open_doors = [
        (path, method)
        for path, operations in told["paths"].items()
        for method, operation in operations.items()
        if not operation.get("security")
    ]
    assert open_doors == [("/api/v1/token/", "post")]
