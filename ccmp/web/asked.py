"""What an address asks for, outside of a form."""

from django.http import HttpRequest


def word_asked(request: HttpRequest, name: str) -> str:
    """A word of the query string, or an empty one. A NUL is no part of a word, and PostgreSQL takes none."""
    return str(request.GET.get(name, "")).replace("\x00", "").strip()
