"""An object is whole when it is made: no attribute is first set outside `__init__` (house rule 6).

And what comes together stands together: where a page waits for what it shows, one thing arrives, and not several fields
that were empty till then and are each asked after.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.house.source import modules, tree

OF_A_LIBRARY = {"TaggedCanvas._preamble"}  # its base, reportlab's canvas, has it from the start
OF_SOME_ONLY = {  # the second is there for some of what the page shows, and not because it was read
    "DocumentsScreen._show",
    "TodayScreen._show",
}
MAKERS = {"__init__", "__post_init__", "__new__"}


@cache
def _classes() -> dict[str, list[ast.ClassDef]]:
    found: dict[str, list[ast.ClassDef]] = {}
    for path in modules():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef):
                found.setdefault(node.name, []).append(node)
    return found


def _set_in(method: ast.FunctionDef) -> Iterator[str]:
    me = method.args.args[0].arg if method.args.args else ""
    for node in ast.walk(method):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and isinstance(node.value, ast.Name):
            yield from [node.attr] if node.value.id == me else []


def _made_with(owner: ast.ClassDef, seen: frozenset[str] = frozenset()) -> set[str]:
    """What an object has from the start: its class's own names, what its makers set, and the same of its bases."""
    names: set[str] = set()
    for item in owner.body:
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
            names.add(item.target.id)
        elif isinstance(item, ast.Assign):
            names |= {target.id for target in item.targets if isinstance(target, ast.Name)}
        elif isinstance(item, ast.FunctionDef):
            names |= set(_set_in(item)) if item.name in MAKERS else {item.name} if item.decorator_list else set()
    for base in owner.bases:
        name = base.value if isinstance(base, ast.Subscript) else base
        if isinstance(name, ast.Name) and name.id not in seen:
            for found in _classes().get(name.id, []):
                names |= _made_with(found, seen | {owner.name})
    return names


def _set_late(path: Path) -> Iterator[str]:
    for owner in ast.walk(tree(path)):
        if isinstance(owner, ast.ClassDef):
            whole = _made_with(owner)
            methods = [item for item in owner.body if isinstance(item, ast.FunctionDef) and item.name not in MAKERS]
            for method in methods:
                yield from (f"{owner.name}.{name}" for name in _set_in(method) if name not in whole)


def _given(method: ast.FunctionDef) -> Iterator[tuple[str, ast.expr | None]]:
    """Each attribute that a method sets, with what it is given; nothing where that is only known as a whole."""
    for node in ast.walk(method):
        if isinstance(node, ast.Assign | ast.AnnAssign):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                several = isinstance(target, ast.Tuple)
                values = node.value.elts if several and isinstance(node.value, ast.Tuple) else None
                for at, one in enumerate(target.elts if isinstance(target, ast.Tuple) else [target]):
                    if isinstance(one, ast.Attribute):
                        yield one.attr, values[at] if values else None if several else node.value


def _is_none(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def _filled(owner: ast.ClassDef) -> Iterator[tuple[ast.FunctionDef, set[str]]]:
    """By method, the attributes that it fills of those that began as None."""
    methods = [item for item in owner.body if isinstance(item, ast.FunctionDef)]
    made = [one for method in methods if method.name in MAKERS for one in _given(method)]
    empty = {name for name, value in made if _is_none(value)}
    for method in methods:
        if method.name not in MAKERS:
            yield method, {name for name, value in _given(method) if not _is_none(value)} & empty


def test_no_attribute_is_first_set_outside_init() -> None:
    late = {str(path): sorted(set(_set_late(path)) - OF_A_LIBRARY) for path in modules()}

    assert {path: names for path, names in late.items() if names} == {}


def test_what_is_read_together_is_one_thing() -> None:
    scattered = {
        f"{owner.name}.{method.name}": names
        for path in modules()
        if path.parts[:2] == ("desktop", "ui")
        for owner in ast.walk(tree(path))
        if isinstance(owner, ast.ClassDef)
        for method, names in _filled(owner)
        if len(names) > 1
    }

    assert scattered.keys() == OF_SOME_ONLY, scattered


def test_the_lint_sees_two_that_arrive_at_once() -> None:
    source = (
        "class A:\n    def __init__(self):\n        self.a, self.b, self.c = None, None, 0\n"
        "    def show(self, found):\n        self.a, self.c = found, 1\n        self.b = found\n"
        "    def clear(self):\n        self.a, self.b = None, None\n"
    )
    (owner,) = ast.parse(source).body
    assert isinstance(owner, ast.ClassDef)

    assert {method.name: names for method, names in _filled(owner)} == {"show": {"a", "b"}, "clear": set()}


def test_the_lint_sees_one_that_is() -> None:
    source = "class A:\n    def __init__(self):\n        self.a = 1\n    def later(self):\n        self.b = self.a\n"
    (owner,) = ast.parse(source).body
    assert isinstance(owner, ast.ClassDef)
    (later,) = [item for item in owner.body if isinstance(item, ast.FunctionDef) and item.name == "later"]

    assert set(_set_in(later)) - _made_with(owner) == {"b"}
