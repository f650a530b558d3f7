"""Finding breaches of the house rules in a source text. Each finder yields (line, what it saw)."""

import ast
import re
from collections.abc import Callable, Iterator

Breach = tuple[int, str]
Finder = Callable[[str], Iterator[Breach]]

CLOCKS = {
    "timezone.now",
    "timezone.localdate",
    "timezone.localtime",
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "moments.now",
    "time.time",
    "Now",
    "CurrentTimestamp",
}
SCOPED = {"visible_to", "hours_visible_to"}
SIGNAL_MODULES = ("django.db.models.signals", "django.db.backends.signals", "django.dispatch", "django.core.signals")
SIGNAL_MODULES += ("django.contrib.auth.signals", "django.test.signals", "celery.signals")
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "core", "base", "tools", "stuff", "shared"}


def _dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def clocks_read(source: str) -> Iterator[Breach]:
    """A call that reads a clock, or an import of the programme's own."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = _dotted(node.func)
            if any(name == clock or name.endswith(f".{clock}") for clock in CLOCKS):
                yield node.lineno, name
        if isinstance(node, ast.ImportFrom) and node.module == "ccmp.moments":
            yield from ((node.lineno, "ccmp.moments.now") for one in node.names if one.name == "now")


def unscoped_queries(source: str) -> Iterator[Breach]:
    """`.objects.` that does not go on with `visible_to`, and every other way round it."""
    tree = ast.parse(source)
    scoped = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in SCOPED and isinstance(node.value, ast.Attribute)
    }
    onward = {id(node.value): node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute):
            continue
        if node.attr == "objects" and id(node) not in scoped:
            yield node.lineno, f"{_dotted(node)}.{onward.get(id(node), '')}".rstrip(".")
        if node.attr in ("_default_manager", "_base_manager"):
            yield node.lineno, _dotted(node)


def signals_imported(source: str) -> Iterator[Breach]:
    for node in ast.walk(ast.parse(source)):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
        elif isinstance(node, ast.Import):
            names = [one.name for one in node.names]
        for name in names:
            if name in SIGNAL_MODULES:
                yield node.lineno, name


def silent_inline_imports(source: str) -> Iterator[Breach]:
    """An import inside a function without a comment on its line or on the line above."""
    lines = source.splitlines()
    for function in ast.walk(ast.parse(source)):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                here, above = lines[node.end_lineno - 1], lines[node.lineno - 2].strip()
                if "#" not in lines[node.lineno - 1] + here and not above.startswith("#"):
                    yield node.lineno, here.strip()


def model_breaches(source: str) -> Iterator[Breach]:
    """A `save()` of one's own, or a default ordering."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and node.name == "save":
            yield node.lineno, "def save"
        if isinstance(node, ast.ClassDef) and node.name == "Meta":
            for line in node.body:
                if isinstance(line, ast.Assign) and _dotted(line.targets[0]) == "ordering":
                    yield line.lineno, "ordering"


def serializers_that_write(source: str) -> Iterator[Breach]:
    """The API neither creates nor updates, and names each of its fields."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.ClassDef):
            continue
        for base in node.bases:
            if "ModelSerializer" in _dotted(base) or "ViewSet" in _dotted(base):
                yield node.lineno, _dotted(base)
        for line in node.body:
            if isinstance(line, ast.FunctionDef) and line.name in ("create", "update"):
                yield line.lineno, f"{node.name}.{line.name}"


INLINE = re.compile(
    r"""<script(?![^>]*\bsrc=)(?![^>]*type="application/json")   # a script of its own
    | <style\b                                                   # a stylesheet of its own
    | \s style \s* = \s* ["']                                    # a style of its own
    | \s on[a-z]+ \s* = \s* ["']                                 # a handler of its own
    | javascript: | \bhx-on\b | \bhx-vals=["']js:""",
    re.VERBOSE | re.IGNORECASE,
)


TEMPLATE_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}")


def inline_code(source: str) -> Iterator[Breach]:
    """Script or style that a strict Content-Security-Policy refuses."""
    for number, line in enumerate(source.splitlines(), start=1):
        page = TEMPLATE_TAG.sub("", line)  # what the template engine reads is not in the page
        yield from ((number, found.group(0).strip()) for found in INLINE.finditer(page))


LITERAL_PATH = re.compile(r"""\b(?:href|action|hx-get|hx-post|formaction)=["']/(?!/)[^"'{]*["']""")


def literal_paths(source: str) -> Iterator[Breach]:
    """An address that is written out, where `{% url %}` knows it."""
    for number, line in enumerate(source.splitlines(), start=1):
        yield from ((number, found.group(0)) for found in LITERAL_PATH.finditer(line))


def long_functions(source: str, *, most: int) -> Iterator[Breach]:
    """Functions whose body has more lines than that; signature and docstring are not counted."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            is_told = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
            begins = first.end_lineno + 1 if is_told else first.lineno
            lines = node.end_lineno - begins + 1
            if lines > most:
                yield node.lineno, f"{node.name}: {lines} lines"
