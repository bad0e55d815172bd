"""The commands of each guide, run as a newcomer would: in a copy of the project, one after the other."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT

GUIDES = sorted((ROOT / "docs" / "guides").glob("*.md"))
LEFT_OUT = shutil.ignore_patterns(".venv", ".git", "out", "__pycache__", ".*_cache", ".hypothesis")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT, tmp_path / "homeward", ignore=LEFT_OUT))


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_the_commands_of_a_guide_do_what_it_says(guide: Path, copy: Path) -> None:
    commands = "\n".join(re.findall(r"^```sh\n(.*?)^```$", guide.read_text(encoding="utf-8"), re.M | re.S))
    assert commands
    programs = copy / "programs"
    programs.mkdir()
    for name, module in {"homeward": "desktop", "homeward-central": "central"}.items():
        (programs / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" -m {module} "$@"\n')
        (programs / name).chmod(0o700)
    path = os.pathsep.join((str(programs), str(Path(sys.executable).parent), os.environ["PATH"]))
    done = subprocess.run(
        ["sh", "-e", "-c", commands],
        cwd=copy,
        env={**os.environ, "PATH": path, "PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


def test_every_kind_of_addition_has_its_guide() -> None:
    wanted = {"question", "form", "screen", "endpoint", "migration", "rule", "change-the-council-file"}

    assert {guide.stem.removeprefix("add-a-").removeprefix("add-an-") for guide in GUIDES} == wanted


@pytest.mark.parametrize(
    "page", ["architecture.md", "README.md", "reconciliation.md", "security.md", "administration/README.md"]
)
def test_every_file_that_a_page_names_is_there(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:casework|desktop|central|tests|tools|resources|docs)/[\w./-]+)`", text))

    assert sorted(name for name in named if not (ROOT / name).exists()) == []
