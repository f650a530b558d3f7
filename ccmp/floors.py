"""Settings that say what each floor hands to the floors below it: names of functions, templates and shells."""

import pghistory

# Where the floors below the trail tell what was done: called as f(by=, at=, did=, on=, **detail).
TRAIL = "ccmp.audit.record.record"
# What a higher floor adds to a registration, in the same transaction: called as f(children=, by=, at=).
AFTER_REGISTRATION = ["visits.services.due.plan_first_visits"]
# What follows a move of children: f(children=, by=, at=), `by` None at night. What is handed over: f(child, on=).
AFTER_A_MOVE = ["visits.services.due.follow_a_move"]
PARTS_OF_A_HANDOVER = ["visits.services.handover.parts_of_handover", "referrals.services.handover.parts_of_handover"]
# What a higher floor adds when a village joins: called as f(enrolment=, by=, at=); and what it knows of villages' clubs.
AFTER_ENROLMENT = ["clubs.services.founding.found_club_of"]
OPENING_DAYS_OF_CLUBS = "clubs.services.founding.opening_days"
# What higher floors know of children: called as f(children, on=), and for one child's file as f(child, user, at=).
MARKS_OF_CHILDREN = ["visits.services.child_marks.levels_of"]
PARTS_OF_A_CHILDS_FILE = [
    "visits.services.child_marks.visits_part",
    "children.services.entitlement_part.entitlements_part",
    "children.services.trust.trust_part",
    "children.services.move_part.moves_part",
    "ccmp.privacy.services.file_part.privacy_part",
]
# Their templates, in the same order: for the mark at the name, the line below it, the section.
PARTS_OF_A_CHILDS_FILE_ON_THE_PHONE = [
    ("visits/file_mark.html", "visits/file_line.html", "visits/file_section.html"),
    ("children/nothing.html", "children/nothing.html", "children/entitlements_door.html"),
    ("children/nothing.html", "children/parts/sent_back_line.html", "children/parts/trust.html"),
    ("children/nothing.html", "children/parts/gone_line.html", "children/parts/moves.html"),
    ("children/nothing.html", "children/nothing.html", "privacy/numbers_door.html"),
]
# What higher floors tell of a child's history: see children.services.history; called as f(child, user, on=).
PARTS_OF_A_HISTORY: list[str] = []
# And of one flag: called as f(flag, user).
PARTS_OF_A_FLAG = ["referrals.services.flag_part.tasks_of_flag"]
PARTS_OF_A_FLAG_ON_THE_PHONE = ["referrals/flag_part.html"]  # their templates, in the same order
# What higher floors add to a village's news from the county: called as f(user, since=).
NEWS_FROM_THE_COUNTY = ["referrals.services.news.news_of_tasks"]
# And of one of the staff, on her page at the desk: called as f(person, user, at=).
PARTS_OF_A_PERSON = ["ccmp.phone.services.person_part.phones_of"]
# What goes down to a mother's phone: each called as f(user, at=), gives `ccmp.people.phone_docs.Doc`.
_OF_CHILDREN = ("labels", "differences", "areas", "claims", "trust", "moves")
PHONE_DOCS: list[str] = ["children.services.phone.docs"]
PHONE_DOCS += [f"children.services.phone_{part}.docs" for part in _OF_CHILDREN]
PHONE_DOCS += [f"{app}.services.phone.docs" for app in ("clubs", "visits", "referrals")]
# The pages of her phone, as lists of shells, one of each app.
PHONE_SHELLS: list[str] = [
    "ccmp.people.shells.SHELLS",
    "children.shells.SHELLS",
    "children.difference_shells.SHELLS",
    "children.kin_shells.SHELLS",
    "children.claim_shells.SHELLS",
    "children.trust_shells.SHELLS",
    "children.move_shells.SHELLS",
    "clubs.shells.SHELLS",
    "visits.shells.SHELLS",
    "referrals.shells.SHELLS",
    "ccmp.phone.shells.SHELLS",
    "ccmp.phone.worker_shells.SHELLS",
]

# What is done as the tables' owner after each migration, beside the wall: called as f(connection).
AFTER_MIGRATION = ["ccmp.changes.installing.install"]
# How the tables of changes are made (ccmp.changes): a copy of a column asks nothing, and is found by no index of its own.
PGTRIGGER_MIGRATIONS = False  # the triggers are put in place after each migration, as the wall is
PGHISTORY_FIELD = pghistory.Field(null=True)
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)
PGHISTORY_EXCLUDE_FIELD_KWARGS = {
    "django.db.models.Field": ["choices", "default", "db_default", "help_text", "auto_now", "auto_now_add", "blank"]
}
