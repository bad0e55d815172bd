"""A newcomer finds a file by its name, and reads it in one sitting (house rules)."""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from pathlib import Path
from statistics import median, quantiles

from tests.house.source import PACKAGES, ROOT, functions, lines_of, modules, tree

SHARED_NAMES = {"page.py", "errors.py", "__init__.py", "__main__.py", "env.py"}
NO_ROOMS = {"utils", "helpers", "common", "manager", "base", "misc"}


def test_no_base_name_stands_twice() -> None:
    names = Counter(path.name for path in modules() if path.name not in SHARED_NAMES)

    assert [name for name, times in names.items() if times > 1] == []


def test_no_public_class_name_stands_twice_in_a_package() -> None:
    where: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path in modules():
        for node in tree(path).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                where[path.parts[0], node.name].append(str(path))

    assert {key: found for key, found in where.items() if len(found) > 1} == {}


def test_nothing_is_called_by_a_word_that_says_nothing() -> None:
    parts = {part.removesuffix(".py") for path in modules() for part in path.parts}

    assert parts.isdisjoint(NO_ROOMS)


def test_no_folder_is_flat() -> None:
    """About twelve rooms on one level, up to twenty of one kind."""
    rooms = Counter(path.parent for path in modules() if path.name != "__init__.py")

    assert {str(folder): count for folder, count in rooms.items() if count > 20} == {}


def test_functions_and_files_are_short() -> None:
    lengths = [lines_of(node) for _, node in functions()]
    files = [len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in modules()]

    assert median(lengths) <= 6
    assert quantiles(lengths, n=10)[-1] <= 25
    assert quantiles(files, n=10)[-1] <= 350


def test_whoever_catches_says_what() -> None:
    """At least 95 of 100 handlers name what they catch; `except Exception` stands at a top, with its reason."""
    handlers = [node for path in modules() for node in ast.walk(tree(path)) if isinstance(node, ast.ExceptHandler)]
    named = [node for node in handlers if node.type is not None and not _caught(node) & {"Exception", "BaseException"}]

    assert len(named) >= 0.95 * len(handlers)


def test_every_module_has_its_test_or_its_folder_says_which() -> None:
    """`tests/` mirrors the code: a file of its own, or the first words of the folder name the file that holds it."""
    assert [str(path) for path in modules() if path.name != "__init__.py" and not _is_tested(path)] == []


def test_the_files_that_folders_name_are_there() -> None:
    named = {
        (folder, name)
        for package in PACKAGES
        for folder in (ROOT / "tests" / package).rglob("__init__.py")
        for name in re.findall(r"`(\S+?\.py)`", folder.read_text(encoding="utf-8"))
    }

    assert [f"{folder}: {name}" for folder, name in named if not _exists(folder.parent, name)] == []


def _caught(node: ast.ExceptHandler) -> set[str]:
    return {part.id for part in ast.walk(node.type or node) if isinstance(part, ast.Name)} & {
        "Exception",
        "BaseException",
    }


def _is_tested(path: Path) -> bool:
    own = ROOT / "tests" / path.parent / f"test_{path.name}"
    folder = ROOT / "tests" / path.parent / "__init__.py"
    return own.exists() or (folder.exists() and ".py`" in folder.read_text(encoding="utf-8"))


def _exists(folder: Path, name: str) -> bool:
    return (ROOT / name).exists() if name.startswith("tests/") else (folder / name).exists()
