"""An id says what it is an id of: no parameter or field that holds one is plain text (`casework/identifiers.py`)."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import msgspec
import pytest

from casework import identifiers
from tests.house.source import modules, tree

KINDS = {"bucket": "BucketId", "device_id": "DeviceId", "officer_id": "OfficerId", "op_id": "OperationId"}
OFF_THE_LAPTOP = {"record_id": "RecordId", "child_id": "ChildId"}


def _declared(root: ast.AST) -> Iterator[tuple[int, str, ast.expr]]:
    """Line, name and type of each parameter and field."""
    for node in ast.walk(root):
        if isinstance(node, ast.arg) and node.annotation is not None:
            yield node.lineno, node.arg, node.annotation
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.lineno, node.target.id, node.annotation


def _said(annotation: ast.expr) -> set[str]:
    return {node.id for node in ast.walk(annotation) if isinstance(node, ast.Name)}


@pytest.mark.parametrize(("name", "kind"), (KINDS | OFF_THE_LAPTOP).items())
def test_every_id_says_of_what(name: str, kind: str) -> None:
    plain = [
        f"{path}:{line}"
        for path in modules()
        if name in KINDS or path.parts[0] != "desktop"
        for line, declared, annotation in _declared(tree(path))
        if declared == name and kind not in _said(annotation)
    ]

    assert plain == []


@pytest.mark.parametrize("kind", (KINDS | OFF_THE_LAPTOP).values())
def test_an_id_is_plain_text_in_a_message(kind: str) -> None:
    """So neither a message nor its published description shows which kind it is."""
    made = vars(identifiers)[kind]

    assert msgspec.json.decode(b'"a:b"', type=made) == "a:b"
    assert msgspec.json.schema(made) == {"type": "string"}
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b"7", type=made)


def test_the_lint_sees_plain_text() -> None:
    root = ast.parse("def f(bucket: str, *, op: int) -> None: ...\nclass A:\n    bucket: BucketId | None\n")

    assert sorted((line, name, *_said(kind)) for line, name, kind in _declared(root)) == [
        (1, "bucket", "str"),
        (1, "op", "int"),
        (3, "bucket", "BucketId"),
    ]
