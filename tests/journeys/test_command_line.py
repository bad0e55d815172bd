"""The command line: its exit statuses, its sentences, and the README that lists it."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.cli import VERBS
from tests.journeys.conftest import Laptop

README = Path(__file__).parents[2] / "README.md"


@pytest.fixture
def empty(tmp_path: Path) -> Laptop:
    return Laptop(tmp_path / "home")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Laptop:
    """A store whose laptop has not joined."""
    laptop = Laptop(tmp_path_factory.mktemp("made") / "home")
    laptop.ok("setup", "--name", "Nadia")
    return laptop


def test_usage_is_two(empty: Laptop) -> None:
    assert empty.run("no-such-verb").code == 2


def test_no_store_is_one_and_says_what_to_do(empty: Laptop) -> None:
    done = empty.run("records")

    assert (done.code, done.err) == (1, "There is no store here yet. Make one with: homeward setup\n")


def test_a_weak_passphrase_makes_no_store(empty: Laptop) -> None:
    done = empty.run("setup", "--name", "Nadia", passphrase="password")

    assert done.code == 1
    assert "guessed" in done.err
    assert empty.run("records").err.startswith("There is no store here yet.")


def test_nothing_is_written_before_the_laptop_has_joined(made: Laptop, tmp_path: Path) -> None:
    answers = tmp_path / "child.json"
    answers.write_text('{"given_name": "Wren"}')
    done = made.run("new", "child", "--answers", answers)

    assert done.code == 1
    assert "has not joined a council yet" in done.err
    assert made.ok("records") == []


@pytest.mark.parametrize("content", ["", "[1]", '{"given_name": 1.5}', '{"a": 1, "a": 2}', "\x00\xff"])
def test_a_malformed_file_is_refused_in_words(made: Laptop, tmp_path: Path, content: str) -> None:
    file = tmp_path / "broken.json"
    file.write_text(content)
    done = made.run("new", "child", "--answers", file)

    assert done.code == 1
    assert done.err.count("\n") == 1
    assert "Traceback" not in done.err


def test_verify_refuses_a_foreign_file_in_words(empty: Laptop, tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    file.write_bytes(b"%PDF-1.4 not much of one")
    done = empty.run("verify", file)

    assert done.code == 1
    assert done.err.startswith("This PDF")


def test_the_readme_names_verbs_that_exist_and_every_main_one() -> None:
    text = README.read_text(encoding="utf-8")

    for verb in ("setup", "enrol", "new", "answer", "sign", "export", "verify", "sync"):
        assert verb in VERBS
        assert f"homeward {verb}" in text
