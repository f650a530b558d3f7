from typing import Any

from rest_framework import serializers

from ccmp.places.rules.division_codes import BadDivisionCode, prefix_of
from ccmp.web.rest.fields import PlaceCode


class Subtree(PlaceCode):
    """A place as a list asks for it, `?under=`: the digits that every code of its subtree begins with."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "A place: its whole subtree.")
        super().__init__(required=False, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        try:
            return prefix_of(super().to_internal_value(data))
        except BadDivisionCode as refusal:
            raise serializers.ValidationError(str(refusal)) from None
