"""The desk's doors to data protection."""

from django.utils.translation import gettext_lazy as _

from ccmp.web.doors import Door, Group

PROTECTION = Group(
    _("Data protection"),
    (
        Door(
            "privacy:requests",
            _("Guardians' requests"),
            "reply",
            ("privacy.view_guardianrequest",),
            ("privacy:request", "privacy:ask"),
            "g",
        ),
        Door(
            "privacy:openings",
            _("Emergency access"),
            "lock",
            ("privacy.add_opening",),
            ("privacy:open", "privacy:opened"),
            "l",
        ),
        Door(
            "privacy:incidents",
            _("Incidents"),
            "flag",
            ("privacy.view_incident",),
            ("privacy:incident", "privacy:report-incident"),
            "n",
        ),
        Door("privacy:studies", _("Research extracts"), "paper", ("privacy.view_study",), (), "y"),
        Door("privacy:evidence", _("Evidence of the year"), "check", ("privacy.read_evidence",), (), "z"),
        Door("privacy:schedule", _("How long what is kept"), "books", ("privacy.view_retentionrun",), (), "d"),
    ),
)
