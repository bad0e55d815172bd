"""A laptop carries none of the service's libraries, nor the service the laptop's: each runs with its own lock alone."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.metadata import packages_distributions

import pytest

from desktop.compose import NO_DEMONSTRATION
from tests.house.source import ROOT, modules

# Stands in front of every import, and hides what the lock does not name.
FENCED = """
import importlib, json, sys
from importlib.abc import MetaPathFinder

hidden, wanted = json.loads(sys.stdin.read())

class Fence(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in hidden:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None

sys.meta_path.insert(0, Fence())
for name in wanted:
    importlib.import_module(name)
print(len(wanted))
"""
CALLED = "import runpy, sys; sys.argv = ['x', *{arguments}]; runpy.run_module('{package}', run_name='__main__')"
SHARED = ("casework", "judgement")
TOGETHER = ("desktop/demo/",)  # the demonstration, which runs a council of its own


def names_in(lock: str) -> set[str]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return {name.lower() for name in re.findall(r"^([A-Za-z0-9][\w.-]*)==", text, re.M)}


def hidden_beside(program: str) -> list[str]:
    kept = names_in(f"requirements-{program}.lock")
    return [
        top
        for top, owners in packages_distributions().items()
        if not {re.sub(r"[-_.]+", "-", owner).lower() for owner in owners} & (kept | {"homeward"})
    ]


def fenced(program: str, wanted: list[str], code: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", FENCED + code], input=json.dumps([hidden_beside(program), wanted]),
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("program", ["desktop", "central"])
def test_every_module_of_a_program_is_imported_with_its_own_libraries(program: str) -> None:
    """All of them, also those that a verb loads late."""
    wanted = [
        ".".join(path.with_suffix("").parts).removesuffix(".__init__")
        for path in modules()
        if path.parts[0] in (program, *SHARED)
        and not path.as_posix().startswith(TOGETHER)
        and path.name not in ("__main__.py", "env.py")
    ]
    done = fenced(program, [*wanted, f"{program}.__main__"])

    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) > 100


@pytest.mark.parametrize(
    ("there", "called", "arguments", "sentence"),
    [
        ("desktop", "central", ["roles"], "homeward-central is not wholly installed on this machine: "),
        ("central", "desktop", ["records"], "homeward is not wholly installed on this machine: "),
    ],
)
def test_the_program_that_is_not_installed_says_so(
    there: str, called: str, arguments: list[str], sentence: str
) -> None:
    done = fenced(there, [], CALLED.format(arguments=arguments, package=called))

    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert sentence in done.stderr
    assert f"homeward[{called}]" in done.stderr


def test_the_demonstration_says_that_it_needs_the_service() -> None:
    done = fenced("desktop", [], CALLED.format(arguments=["demo"], package="desktop"))

    assert (done.returncode, done.stderr) == (1, f"{NO_DEMONSTRATION}\n")


def test_neither_lock_holds_the_other_program() -> None:
    """And both together are what a developer has."""
    laptop, service = names_in("requirements-desktop.lock"), names_in("requirements-central.lock")

    assert not laptop & {"starlette", "uvicorn", "sqlalchemy", "alembic", "psycopg"}
    assert not service & {"pyside6-essentials", "sqlcipher3", "reportlab", "uharfbuzz", "httpx", "pillow"}
    assert laptop | service | {"setuptools"} == names_in("requirements.lock")
