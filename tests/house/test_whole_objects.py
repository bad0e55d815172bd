"""An object is whole when it is made: no attribute is first set outside `__init__` (house rule 6)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.house.source import modules, tree

OF_A_LIBRARY = {"TaggedCanvas._preamble"}  # its base, reportlab's canvas, has it from the start
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


def test_no_attribute_is_first_set_outside_init() -> None:
    late = {str(path): sorted(set(_set_late(path)) - OF_A_LIBRARY) for path in modules()}

    assert {path: names for path, names in late.items() if names} == {}


def test_the_lint_sees_one_that_is() -> None:
    source = "class A:\n    def __init__(self):\n        self.a = 1\n    def later(self):\n        self.b = self.a\n"
    (owner,) = ast.parse(source).body
    assert isinstance(owner, ast.ClassDef)
    (later,) = [item for item in owner.body if isinstance(item, ast.FunctionDef) and item.name == "later"]

    assert set(_set_in(later)) - _made_with(owner) == {"b"}
