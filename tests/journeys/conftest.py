"""Whole programs: `homeward` and `homeward-central` as they are run, on loopback, with real stores."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop.compose import build_gate
from desktop.demo import caseload
from desktop.demo.caseload import Council
from tests.desktop.doors import set_up_quickly
from tests.forked_verbs import program

PASSPHRASE = caseload.PASSPHRASE


@dataclass
class Done:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class Laptop:
    """One home folder, driven by the command line."""

    home: Path

    def run(self, *words: str | Path, passphrase: str = PASSPHRASE, as_json: bool = True) -> Done:
        secret = self.home.with_suffix(".passphrase")
        secret.parent.mkdir(parents=True, exist_ok=True)
        secret.write_text(passphrase)
        place = ("--home", self.home, "--passphrase-file", secret, *(("--json",) if as_json else ()))
        done = program("desktop").run(*place, *words)
        return Done(done.returncode, done.stdout, done.stderr)

    def ok(self, *words: str | Path) -> Any:
        done = self.run(*words)
        assert done.code == 0, done.err
        return done.json

    def new(self, form: str, answers: dict[str, Any], child: str = "") -> str:
        """The id of a new record with these answers."""
        file = self.home.with_suffix(".new.json")
        file.write_text(json.dumps(answers))
        about = ("--child", child) if child else ()
        return str(self.ok("new", form, *about, "--answers", file)["record"])

    def joined(self, council: Council, officer: str, name: str) -> Laptop:
        """Without waiting for a passphrase that takes a second: `homeward setup` has tests of its own."""
        set_up_quickly(build_gate(self.home), name, PASSPHRASE).vault.close()
        self.ok("enrol", council.url, str(council.ask("device", "code", officer)["code"]))
        return self

    def answer(self, record: str, answers: dict[str, Any]) -> Any:
        file = self.home.with_suffix(".answers.json")
        file.write_text(json.dumps(answers))
        return self.ok("answer", record, file)


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Council]:
    with caseload.council(tmp_path_factory.mktemp("council"), (program("central").file,)) as running:
        yield running


@pytest.fixture(scope="module")
def nadia(council: Council, tmp_path_factory: pytest.TempPathFactory) -> Laptop:
    return Laptop(tmp_path_factory.mktemp("nadia") / "home").joined(council, "nadia", "Nadia Brightwater")


@pytest.fixture(scope="module")
def dele(council: Council, tmp_path_factory: pytest.TempPathFactory) -> Laptop:
    return Laptop(tmp_path_factory.mktemp("dele") / "home").joined(council, "dele", "Dele Winterbourne")
