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
ALLOWED: dict[tuple[str, str, str], str] = {}
