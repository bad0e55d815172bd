"""What a reader cannot see from a name is said in a line, in `desktop/ui` and `desktop/documents`.

Each public class says what it is. Each public function says what it does where a call has more to it than its answer:
it raises, it writes a file, or it hands work to another thread. What answers a base of the house is said there, once.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.house.source import Function, modules, tree

FOLDERS = {("desktop", "ui"), ("desktop", "documents")}
WORKERS = {"shell", "_shell", "workers", "_workers", "_pool"}
HANDS_OVER = {"run", "fetch", "once", "submit"}
WRITES = {"write_bytes", "write_text", "getSaveFileName"}


@cache
def _here() -> tuple[Path, ...]:
    return tuple(path for path in modules() if path.parts[:2] in FOLDERS)


@cache
def _classes() -> dict[str, ast.ClassDef]:
    return {n.name: n for path in _here() for n in ast.walk(tree(path)) if isinstance(n, ast.ClassDef)}


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _has_more_to_it(function: Function) -> bool:
    calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    asked = [one for one in calls if isinstance(one, ast.Attribute)]
    hands_over = any(one.attr in HANDS_OVER and _name(one.value) in WORKERS for one in asked)
    raises = any(isinstance(node, ast.Raise) for node in ast.walk(function))
    return raises or hands_over or any(one.attr in WRITES for one in asked)


def _said_by_a_base(owner: ast.ClassDef, name: str) -> bool:
    for base in owner.bases:
        found = _classes().get(_name(base))
        if found is not None:
            own = next((item for item in found.body if isinstance(item, Function) and item.name == name), None)
            if (own is not None and ast.get_docstring(own)) or _said_by_a_base(found, name):
                return True
    return False


def _unsaid(body: list[ast.stmt], owner: ast.ClassDef | None = None) -> Iterator[ast.ClassDef | Function]:
    for node in body:
        if not isinstance(node, ast.ClassDef | Function) or node.name.startswith("_"):
            continue
        if isinstance(node, ast.ClassDef):
            yield from _unsaid(node.body, node)
        if not ast.get_docstring(node) and (
            isinstance(node, ast.ClassDef)
            or (_has_more_to_it(node) and not (owner is not None and _said_by_a_base(owner, node.name)))
        ):
            yield node


def test_what_a_name_cannot_say_is_said() -> None:
    unsaid = [f"{path}:{node.lineno} {node.name}" for path in _here() for node in _unsaid(tree(path).body)]

    assert unsaid == []


def test_the_lint_sees_what_is_not_said() -> None:
    source = (
        "class A:\n    def start(self):\n        self.shell.run(self, f, g)\n    def title(self):\n        return ''\n"
        "class _B:\n    def go(self):\n        raise KeyError\n"
        "def save(file):\n    file.write_text('')\ndef told(file):\n    '''Said.'''\n    file.write_text('')\n"
    )

    assert [node.name for node in _unsaid(ast.parse(source).body)] == ["start", "A", "save"]
