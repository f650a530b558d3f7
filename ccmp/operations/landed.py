"""Migrations that were made before anybody worked with the programme, and dangerous ones that somebody has weighed."""

# They make the first tables: nobody has a row yet.
LANDED = frozenset(
    {
        (app, "0001_initial")
        for app in (
            "audit",
            "children",
            "clubs",
            "demo",
            "people",
            "phone",
            "places",
            "referrals",
            "reports",
            "visits",
        )
    }
)
# (app, migration, what) as `manage.py check_migrations` says it → why it may be done while everybody works.
ALLOWED: dict[tuple[str, str, str], str] = {
    ("audit", "0002_the_sealed_trail", "RunSQL"): (
        "Once, before the first county works with it: the trail is made anew as a table of months. Stop web and worker for it."
    ),
    ("audit", "0002_the_sealed_trail", "RunPython"): (
        "The same: lines are carried over two thousand at a time, and all of it or nothing is kept."
    ),
    ("audit", "0003_months_are_made_by_name", "RunSQL"): "Two functions: no table is touched.",
    ("changes", "0001_numbers", "RunSQL"): "A sequence: no table is touched.",
    ("people", "0002_the_door", "AddConstraint apitoken a_token_reads_or_writes"): (
        "A table of some thousand tokens: read in milliseconds."
    ),
    ("people", "0002_the_door", "AddConstraint user only_a_given_password_expires"): (
        "A table of some ten thousand people: read in less than a tenth of a second."
    ),
}
