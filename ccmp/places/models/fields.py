from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.lookups import StartsWith
from django.utils.translation import gettext_lazy as _

CODE_DIGITS = 12


class PlaceCodeField(models.CharField):
    """A 12-digit division code. Compared byte by byte, so that a subtree is one range of the index."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = CODE_DIGITS
        kwargs["db_collation"] = "C"
        kwargs.setdefault("validators", [RegexValidator(r"^\d{12}$", _("A place is a code of 12 digits."))])
        super().__init__(*args, **kwargs)


@PlaceCodeField.register_lookup
class Under(StartsWith):
    """`…__startswith` of a code, as the one range of the index that it is.

    LIKE would find the same rows, but PostgreSQL lets no LIKE go before a row's policy, nor guess by it how many rows there
    are: behind the wall, the lists of a county were planned as if it had 25 children. A whole code is that one place, of
    which it knows how many rows there are.
    """

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        beginning = self.rhs
        if not (isinstance(beginning, str) and beginning.isascii() and beginning.isdigit()):
            return super().as_sql(compiler, connection)
        code, values = self.process_lhs(compiler, connection)
        if len(beginning) == CODE_DIGITS:
            return f"{code} = %s", (*values, beginning)
        after = beginning[:-1] + chr(ord(beginning[-1]) + 1)  # byte by byte: of a last 9, the colon
        return f"({code} >= %s AND {code} < %s)", (*values, beginning, *values, after)
