"""Template nodes that stand back from open values: what they would have decided is left for the phone."""

from typing import Any, cast

from django.template import Context, Node, NodeList
from django.template.base import VariableDoesNotExist, render_value_in_context
from django.template.defaulttags import IfNode, TemplateLiteral
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString

from ccmp.web.shells.opened import Open, expression_of, is_open, mark, named, ops_of

# Tags that the phone knows how to write (render.js), where one of these arguments is open; other tags only pass an open
# value on into their text.
TWINS = frozenset({"icon", "shape", "state", "on_day", "at_moment", "duration_figure", "querystring"})
# Parts whose values the phone works out, and the names of these values.
PARTS = {
    "clock": ("is_stopped", "is_late", "is_soon", "gone", "span"),
    "pager": ("is_numbered", "page", "next_cursor", "previous_cursor"),
    "week_bar": ("week", "done", "standard", "anchor", "state"),
}
A_STAND_IN = "00000000-0000-7000-8000-{:012d}"  # for an id in an address, until the phone puts its own


def written(op: list[Any]) -> SafeString:
    return SafeString(mark(op))  # nosec B703 – a mark of our own, escaped by the phone


def judged(condition: Any, context: Context) -> Any:
    """What a condition comes to: a plain value, or an Open one."""
    if isinstance(condition, TemplateLiteral):
        try:
            return cast(Any, condition).value.resolve(context, ignore_failures=True)
        except VariableDoesNotExist:
            return None
    first = judged(condition.first, context)
    if condition.id == "not":
        return Open(["not", first.expression]) if isinstance(first, Open) else not first
    if condition.id in ("and", "or"):
        return _joined(condition, first, context)
    second = judged(condition.second, context)
    if is_open(first) or is_open(second):
        return Open([condition.id, expression_of(first), expression_of(second)])
    return condition.eval(context)


def _joined(condition: Any, first: Any, context: Context) -> Any:
    is_and = condition.id == "and"
    if not isinstance(first, Open):
        return judged(condition.second, context) if bool(first) == is_and else first
    second = judged(condition.second, context)
    if not isinstance(second, Open) and bool(second) == is_and:
        return first
    return Open([condition.id, first.expression, expression_of(second)])


class OpenIf(Node):
    def __init__(self, node: IfNode) -> None:
        self.conditions_nodelists = node.conditions_nodelists
        self.nodelist = NodeList(inner for _condition, nodelist in node.conditions_nodelists for inner in nodelist)

    def render(self, context: Context) -> Any:
        ways: list[list[Any]] = []
        for condition, nodelist in self.conditions_nodelists:
            came_to = True if condition is None else judged(condition, context)
            if isinstance(came_to, Open):
                ways.append([came_to.expression, ops_of(nodelist.render(context))])
            elif came_to:
                if not ways:
                    return nodelist.render(context)
                ways.append([None, ops_of(nodelist.render(context))])
                break
        return written(["if", ways]) if ways else SafeString("")


class OpenFor(Node):
    child_nodelists = ("nodelist_loop", "nodelist_empty")

    def __init__(self, node: Any) -> None:
        self.node, self.nodelist_loop, self.nodelist_empty = node, node.nodelist_loop, node.nodelist_empty

    def render(self, context: Context) -> Any:
        rows = self.node.sequence.resolve(context, ignore_failures=True)
        if not isinstance(rows, Open):
            return self.node.render(context)
        names = [self._own_name(name, context) for name in self.node.loopvars]
        values = dict(zip(self.node.loopvars, map(named, names), strict=True))
        with context.push(forloop=named("forloop"), **values):
            each = ops_of(self.nodelist_loop.render(context))
        empty = ops_of(self.nodelist_empty.render(context))
        return written(["for", names, rows.expression, each, empty, self.node.is_reversed])

    def _own_name(self, name: str, context: Context) -> str:
        """A name that no loop around this one has taken: an outer row may still be spoken of in the inner one."""
        open_values = [value for frame in context.dicts for value in frame.values() if isinstance(value, Open)]
        taken = {value.expression[1].split(".")[0] for value in open_values if value.expression[0] == "v"}
        while name in taken:
            name += "_"
        return name


class OpenFirstOf(Node):
    def __init__(self, node: Any) -> None:
        self.node = node

    def render(self, context: Context) -> Any:
        values = [variable.resolve(context, ignore_failures=True) for variable in self.node.vars]
        if not any(is_open(value) for value in values):
            return self.node.render(context)
        return written(["first", [expression_of(value) for value in values]])


class OpenURL(Node):
    def __init__(self, node: Any) -> None:
        self.node = node

    def render(self, context: Context) -> Any:
        args = [argument.resolve(context) for argument in self.node.args]
        if not any(is_open(argument) for argument in args):
            return self.node.render(context)
        stand_ins = {A_STAND_IN.format(number): value for number, value in enumerate(args) if is_open(value)}
        held = {value: stand_in for stand_in, value in stand_ins.items()}
        address = reverse(self.node.view_name.resolve(context), args=[held.get(value, value) for value in args])
        for stand_in, value in stand_ins.items():
            address = address.replace(stand_in, str(value))
        return SafeString(address)  # nosec B703 – a mark of our own, escaped by the phone


class OpenBlockTranslate(Node):
    """A sentence whose words are translated here and whose values are put in there."""

    def __init__(self, node: Any) -> None:
        self.node = node

    def render(self, context: Context) -> Any:
        node = self.node
        count = node.counter.resolve(context) if node.counter else None
        if not isinstance(count, Open):
            return self._plain(context)
        with context.push(**{name: value.resolve(context) for name, value in node.extra_context.items()}):
            result = written(["n", count.expression, [ops_of(form) for form in self._forms(context, count)]])
        if node.asvar:
            context[node.asvar] = result
            return ""
        return result

    def _plain(self, context: Context) -> Any:
        """Django puts nothing in for a name that the context does not hold: what the sentence uses is laid down for it."""
        for name in self.node.render_token_list([*self.node.singular, *self.node.plural])[1]:
            context[name] = context[name]
        return self.node.render(context)

    def _forms(self, context: Context, count: Open) -> list[str]:
        """The sentence for one and, where the language has it, for many."""
        node = self.node
        one, one_names = node.render_token_list(node.singular)
        many, many_names = node.render_token_list(node.plural)
        context[node.countervar] = count
        values = {name: render_value_in_context(context[name], context) for name in {*one_names, *many_names}}
        said = [self._said(one, many, number, context) % values for number in (1, 2)]
        return said[:1] if self._said(one, many, 1, context) == self._said(one, many, 2, context) else said

    def _said(self, one: str, many: str, number: int, context: Context) -> str:
        if self.node.message_context:
            return translation.npgettext(self.node.message_context.resolve(context), one, many, number)
        return translation.ngettext(one, many, number)


class OpenSimple(Node):
    """A tag that writes: one of TWINS is left to the phone; any other passes the open value on in what it writes."""

    def __init__(self, name: str, node: Any) -> None:
        self.name, self.node = name, node

    def render(self, context: Context) -> Any:
        args, keywords = self.node.get_resolved_arguments(context)
        args = args[1:] if self.node.takes_context else args
        needs_phone = any(is_open(value) for value in (*args, *keywords.values()))
        if not needs_phone or self.name not in TWINS or self.node.target_var:
            return self.node.render(context)
        said = {name: expression_of(value) for name, value in keywords.items()}
        return written(["tag", self.name, [expression_of(value) for value in args], said])


class OpenInclusion(Node):
    """A part of a page whose values the phone works out when what it is told of is open."""

    def __init__(self, name: str, node: Any) -> None:
        self.name, self.node = name, node

    def render(self, context: Context) -> Any:
        args, keywords = self.node.get_resolved_arguments(context)
        args = args[1:] if self.node.takes_context else args
        if self.name not in PARTS or not any(is_open(value) for value in (*args, *keywords.values())):
            return self.node.render(context)
        template = cast(Any, context).template.engine.get_template(self.node.filename)
        with context.push(**{name: named(name) for name in PARTS[self.name]}):
            part = ops_of(template.render(context))
        said = {name: expression_of(value) for name, value in keywords.items()}
        return written(["part", self.name, [expression_of(value) for value in args], said, part])
