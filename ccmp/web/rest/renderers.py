from collections.abc import Mapping
from typing import Any

from rest_framework.renderers import JSONRenderer


class EscapedRenderer(JSONRenderer):
    ensure_ascii = True


class AnyTextRenderer(JSONRenderer):
    """JSON in UTF-8. A sentence that repeats half of a character, which UTF-8 cannot hold, goes out escaped, as it came in."""

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> Any:
        try:
            return super().render(data, accepted_media_type, renderer_context)
        except UnicodeEncodeError:
            return EscapedRenderer().render(data, accepted_media_type, renderer_context)
