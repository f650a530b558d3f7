from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ccmp.places.rules.division_codes import BadDivisionCode, prefix_of
from ccmp.web.rest.fields import A_PLACE, PlaceCode


@extend_schema_field({"type": "string", "pattern": A_PLACE})
class Subtree(serializers.Field):
    """A place as a list asks for it, `?under=`: the digits that every code of its subtree begins with."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "The 12-digit code of a place: its whole subtree.")
        super().__init__(required=False, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        try:
            return prefix_of(PlaceCode().run_validation(data))
        except BadDivisionCode as refusal:
            raise serializers.ValidationError(str(refusal)) from None
