"""People, places and facts for tests: made through the program's own services, with literal days.

The little world: Suiyang county (520323) with two townships and three villages, Fenggang county (520327) with one.
`NOW` is Thursday 2026-03-12, 10:00 in China.
"""

from tests.factories.facts import (
    child_entry,
    make_activity,
    make_child,
    make_flag,
    make_referral,
    make_session,
    make_visit,
    parent,
    task_entry,
)
from tests.factories.people import (
    make_administrator,
    make_auditor,
    make_county_officer,
    make_department,
    make_department_officer,
    make_director,
    make_foundation_officer,
    make_mother,
    make_person,
    make_researcher,
    make_supervisor,
)
from tests.factories.places import (
    CLOUD_FOOT,
    FENGGANG,
    FENGGANG_VILLAGE,
    NOW,
    PEAR_GARDEN,
    STONE_SHOOT,
    SUIYANG,
    TODAY,
    make_places,
    moment,
)

__all__ = [
    "CLOUD_FOOT",
    "FENGGANG",
    "FENGGANG_VILLAGE",
    "NOW",
    "PEAR_GARDEN",
    "STONE_SHOOT",
    "SUIYANG",
    "TODAY",
    "child_entry",
    "make_activity",
    "make_administrator",
    "make_auditor",
    "make_child",
    "make_county_officer",
    "make_department",
    "make_department_officer",
    "make_director",
    "make_flag",
    "make_foundation_officer",
    "make_mother",
    "make_person",
    "make_places",
    "make_referral",
    "make_researcher",
    "make_session",
    "make_supervisor",
    "make_visit",
    "moment",
    "parent",
    "task_entry",
]
