from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

CODE_DIGITS = 12


class PlaceCodeField(models.CharField):
    """A 12-digit division code. Compared byte by byte, so that a subtree is one range of the index."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = CODE_DIGITS
        kwargs["db_collation"] = "C"
        kwargs.setdefault("validators", [RegexValidator(r"^\d{12}$", _("A place is a code of 12 digits."))])
        super().__init__(*args, **kwargs)
