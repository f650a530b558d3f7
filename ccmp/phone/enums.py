from django.db import models
from django.utils.translation import gettext_lazy as _


class EntryState(models.TextChoices):
    """What became of an entry of a phone's outbox."""

    KEPT = "kept", _("kept")
    REFUSED = "refused", _("refused")
