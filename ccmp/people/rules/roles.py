"""What each role may do: the model permissions that a posting grants. Where she may do it, the posting's place says."""

from ccmp.people.enums import Role

_VILLAGE_WORK = {
    "children.view_child",
    "children.add_child",
    "children.change_child",
    "children.decide_difference",
    "children.view_childground",
    "children.add_childground",
    "children.add_application",
    "children.move_child",
    "children.add_consent",
    "children.import_children",
    "clubs.view_clubsession",
    "clubs.add_clubsession",
    "clubs.add_clubclosure",
    "visits.view_visit",
    "visits.add_visit",
    "visits.view_flag",
    "visits.add_flag",
    "referrals.view_referral",
    "referrals.view_task",
    "referrals.confirm_task",
    "reports.view_report",
    "phone.add_phone",
    "privacy.add_unmasking",
}

ROLE_PERMISSIONS: dict[Role, frozenset[str]] = {
    Role.COMPANION_MOTHER: frozenset(_VILLAGE_WORK),
    Role.CHILD_DIRECTOR: frozenset(_VILLAGE_WORK),
    Role.TOWNSHIP_SUPERVISOR: frozenset(
        {
            "children.view_child",
            "children.check_file",
            "children.import_children",
            "clubs.view_clubsession",
            "visits.view_visit",
            "visits.view_flag",
            "referrals.view_referral",
            "referrals.view_task",
            "reports.view_report",
            "phone.view_phone",
            "privacy.view_guardianrequest",
            "privacy.add_guardianrequest",
            "privacy.add_opening",
            "privacy.add_incident",
            "privacy.view_incident",
        }
    ),
    Role.COUNTY_OFFICER: frozenset(
        {
            "children.view_child",
            "children.decide_difference",
            "children.view_childground",
            "children.add_childground",
            "children.keep_confidential_ground",
            "children.add_application",
            "children.move_child",
            "children.add_consent",
            "children.check_file",
            "children.import_children",
            "children.export_children",
            "audit.view_looks",
            "clubs.view_clubsession",
            "clubs.add_clubclosure",
            "clubs.approve_clubclosure",
            "visits.view_visit",
            "visits.view_flag",
            "visits.triage_flag",
            "referrals.view_referral",
            "referrals.add_referral",
            "referrals.close_referral",
            "referrals.view_task",
            "referrals.add_task",
            "reports.view_report",
            "reports.add_report",
            "places.keep_terms",
            "people.keep_departments",
            "people.view_staff",
            "people.post_staff",
            "people.open_village_doors",
            "phone.view_phone",
            "phone.view_outboxentry",
            "phone.revoke_phone",
            "privacy.add_unmasking",
            "privacy.view_unmasking",
            "privacy.add_legalhold",
            "privacy.view_guardianrequest",
            "privacy.add_guardianrequest",
            "privacy.change_guardianrequest",
            "privacy.add_opening",
            "privacy.change_opening",
            "privacy.add_incident",
            "privacy.view_incident",
            "privacy.change_incident",
            "privacy.view_retentionrun",
        }
    ),
    Role.DEPARTMENT_OFFICER: frozenset({"referrals.answer_task"}),
    Role.FOUNDATION_OFFICER: frozenset(
        {
            "clubs.view_hours",
            "reports.view_report",
            "reports.add_report",
            "places.enrol_village",
            "people.view_staff",
            "people.post_staff",
            "people.keep_files",
            "privacy.view_study",
            "privacy.change_study",
        }
    ),
    Role.RESEARCHER: frozenset(
        {"reports.view_report", "privacy.view_study", "privacy.add_study", "privacy.add_extract"}
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            "people.view_staff",
            "people.post_staff",
            "people.keep_files",
            "people.open_doors",
            "privacy.add_incident",
            "privacy.view_incident",
            "privacy.change_incident",
            "privacy.view_retentionrun",
            "privacy.read_evidence",
        }
    ),
    Role.AUDITOR: frozenset(
        {"audit.view_auditentry", "privacy.view_incident", "privacy.view_retentionrun", "privacy.read_evidence"}
    ),
}


def roles_with(permission: str) -> list[Role]:
    """The roles that hold a permission, as `app.codename`."""
    return [role for role, permissions in ROLE_PERMISSIONS.items() if permission in permissions]
