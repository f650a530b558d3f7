"""What PostgreSQL asks of each row, in its own words.

A policy is asked of the rows that a page's own conditions find, and of no others: it leads to none itself, and the planner
must take it for always true, as it nearly always is. Guessed at, it would be counted beside the page's own condition on the
same place, and a village of 500 children planned as if it had one.
"""

from ccmp.walls.guarded import (
    Beyond,
    ByOwner,
    ByParent,
    ByPlace,
    ByPlaceOrGrant,
    ByPlaceOrParent,
    Guard,
    Open,
    OwnInReach,
    OwnOrByParent,
)

WHO = "(SELECT NULLIF(current_setting('ccmp.who', true), '')::uuid)"


def covers(column: str, realm: str) -> str:
    """Whether the reach of a realm covers this code. Nothing told is '' or NULL, and covers nothing."""
    prefixes = f"(SELECT string_to_array(current_setting('ccmp.{realm}', true), ','))::text[]"
    return taken_for_granted(f"{column} ^@ ANY ({prefixes})")


def taken_for_granted(asked: str) -> str:
    """The same, but of what IS NOT UNKNOWN the planner takes 199 rows of 200, where it would take half, or one of twenty."""
    return f"(NULLIF({asked}, false) IS NOT UNKNOWN)"


GRANTED_TASKS = f"""(SELECT array_agg(granted.content_object_id)
    FROM people_posting AS post
    JOIN people_department AS department ON department.id = post.department_id
    JOIN referrals_taskgroupobjectpermission AS granted ON granted.group_id = department.group_id
    JOIN auth_permission AS permission ON permission.id = granted.permission_id
    WHERE post.user_id = {WHO} AND post.role = 'department_officer' AND permission.codename = 'answer_task'
    AND post.starts_at <= statement_timestamp()
    AND (post.ends_at IS NULL OR post.ends_at > statement_timestamp()))::uuid[]"""  # noqa: S608  # nosec B608 – nothing in it is anybody's word


# A child that moved on is still read by who reaches a village to which it belonged: flags, visits and referrals about it
# stayed there, and none of them may be lost for a row that lies elsewhere. It is read, not written.
# A function of the owner's tells which: a past stay is read by who reads its child, so neither may ask the other.
WHO_MOVED_ON = f"""CREATE OR REPLACE FUNCTION children_who_moved_on() RETURNS uuid[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$ SELECT array_agg(child_id) FROM children_paststay WHERE {covers("village_code", "children")} $$"""  # noqa: S608  # nosec B608
READ_BESIDES = {
    "children.Child": "id = ANY ((SELECT children_who_moved_on())::uuid[])",
    "children.Household": """id = ANY ((SELECT array_agg(gone.household_id) FROM children_child AS gone
        WHERE gone.id = ANY (children_who_moved_on()))::uuid[])""",
}


def condition(guard: Guard, table: str, tables: dict[str, str]) -> str:
    """The condition under which a row of this table may be read and written; empty for an open table."""
    match guard:
        case Open():
            return ""
        case Beyond():
            return "false"
        case ByPlace(realm=realm, columns=columns):
            return " OR ".join(covers(column, realm) for column in columns)
        case ByParent(parent=parent, column=column):
            above = tables[parent]
            there = f"EXISTS (SELECT 1 FROM {above} AS above WHERE above.id = {table}.{column})"  # noqa: S608  # nosec B608 – names of our own tables
            return taken_for_granted(there)
        case ByOwner(column=column, realm=realm):
            return f"{column} = {WHO}" + (f" OR {covers('village_code', realm)}" if realm else "")
        case ByPlaceOrParent(parent=parent, column=column, realm=realm):
            return f"{covers('village_code', realm)} OR {condition(ByParent(parent, column), table, tables)}"
        case OwnOrByParent(owner=owner, parent=parent, column=column):
            return f"{owner} = {WHO} OR {condition(ByParent(parent, column), table, tables)}"
        case OwnInReach(column=column, realm=realm):
            return f"{column} = {WHO} AND {covers('village_code', realm)}"
        case ByPlaceOrGrant(realm=realm):
            return f"{covers('village_code', realm)} OR id = ANY ({GRANTED_TASKS})"
