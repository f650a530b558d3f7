from django.db import models
from django.utils.translation import pgettext_lazy


class EntryState(models.TextChoices):
    """What became of an entry of a phone's outbox."""

    KEPT = "kept", pgettext_lazy("an entry", "kept")
    REFUSED = "refused", pgettext_lazy("an entry", "refused")
