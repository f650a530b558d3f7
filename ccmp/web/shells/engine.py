"""A template engine that leaves open what only the phone knows: the project's own templates, tags and filters, each of
which stands back where it meets an open value."""

import functools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.template import Context, Engine, Library, Node
from django.template.backends.django import get_installed_libraries
from django.template.defaulttags import FirstOfNode, ForNode, IfNode, URLNode
from django.template.library import InclusionNode, SimpleNode
from django.templatetags.i18n import BlockTranslateNode

from ccmp.web.shells import nodes
from ccmp.web.shells.opened import Open, expression_of, is_open, named

STANDS_BACK: dict[type[Node], Callable[..., Node]] = {
    IfNode: nodes.OpenIf,
    ForNode: nodes.OpenFor,
    FirstOfNode: nodes.OpenFirstOf,
    URLNode: nodes.OpenURL,
    BlockTranslateNode: nodes.OpenBlockTranslate,
}


class OpenContext(Context):
    """What is not named in it is open."""

    def __getitem__(self, key: Any) -> Any:
        try:
            return super().__getitem__(key)
        except KeyError:
            return named(key)


class OpenEngine(Engine):
    """An engine whose libraries all stand back from open values."""

    def __init__(self) -> None:
        known: dict[str, Any] = settings.TEMPLATES[0]
        super().__init__(
            dirs=known["DIRS"],
            app_dirs=known["APP_DIRS"],
            builtins=known["OPTIONS"]["builtins"],
            libraries=get_installed_libraries(),
        )
        self.template_builtins = [standing_back(library) for library in self.template_builtins]
        self.template_libraries = {name: standing_back(one) for name, one in self.template_libraries.items()}


def standing_back(library: Library) -> Library:
    """The library with each tag and filter standing back from open values."""
    own = Library()
    own.tags = {name: _tag(name, compile_tag) for name, compile_tag in library.tags.items()}
    own.filters = {name: _filter(name, function) for name, function in library.filters.items()}
    return own


def _tag(name: str, compile_tag: Callable[..., Node]) -> Callable[..., Node]:
    @functools.wraps(compile_tag)
    def compiled(parser: Any, token: Any) -> Node:
        node = compile_tag(parser, token)
        if type(node) is SimpleNode:
            return nodes.OpenSimple(name, node)
        if type(node) is InclusionNode:
            return nodes.OpenInclusion(name, node)
        stands_back = STANDS_BACK.get(type(node))
        return stands_back(node) if stands_back else node

    return compiled


def _filter(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def filtered(value: Any, *args: Any, **keywords: Any) -> Any:
        if is_open(value) or any(is_open(one) for one in args):
            return Open(["f", expression_of(value), name, *(expression_of(one) for one in args)])
        return function(value, *args, **keywords)

    return filtered


@functools.cache
def engine() -> OpenEngine:
    return OpenEngine()
