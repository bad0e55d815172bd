"""What is being typed: safe at once, laid over what was said, gone once it has been said and not before."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from casework.errors import AnswerError
from tests.desktop.store.making import begin, made, say


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "vault-1"


def test_drafts_are_laid_over_what_was_said(folder: Path) -> None:
    vault = made(folder)
    begin(vault, "r1")
    say(vault, "r1", {"own_words": "first"})
    vault.drafts.save("r1", "f/own_words", "second", vault.view("r1").saw("f/own_words"))

    assert vault.view("r1").answers() == {"own_words": "first"}
    assert vault.view("r1", drafts=True).answers() == {"own_words": "second"}
    assert vault.summary("r1").has_drafts
    vault.close()


def test_words_typed_while_sealing_stay_and_do_not_conflict(folder: Path) -> None:
    """A draft is cleared only if it is what was sealed."""
    vault = made(folder)
    begin(vault, "r1")
    vault.drafts.save("r1", "f/own_words", "typed after the seal began")
    say(vault, "r1", {"own_words": "sealed"}, clears=["f/own_words"])

    assert vault.drafts.of("r1")["f/own_words"].value == "typed after the seal began"
    assert vault.view("r1", drafts=True).conflicts == ()
    say(vault, "r1", {"own_words": "typed after the seal began"}, clears=["f/own_words"])
    assert vault.drafts.of("r1") == {}
    vault.close()


def test_hundreds_of_threads_write_and_read_at_once(folder: Path) -> None:
    """Every draft that a thread was told is saved is there; readers never see half of a transaction."""
    vault = made(folder)
    begin(vault, "r1")

    def work(number: int) -> None:
        vault.drafts.save("r1", f"f/q{number}", number)
        assert vault.drafts.of("r1")[f"f/q{number}"].value == number

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(work, range(300)))
    assert len(vault.drafts.of("r1")) == 300
    vault.close()


def test_what_no_record_can_hold_is_refused_before_it_is_queued(folder: Path) -> None:
    vault = made(folder)
    for path, value in (("nowhere", "x"), ("f/own_words", 1.5), ("f/own_words", "half \ud800")):
        with pytest.raises(AnswerError):
            vault.drafts.save("r1", path, value)  # type: ignore[arg-type]

    assert vault.drafts.records() == []
    vault.close()


def test_the_last_of_many_saves_of_one_place_stands(folder: Path) -> None:
    vault = made(folder)
    futures = [vault.drafts.save_later("r1", "f/own_words", f"word {n}") for n in range(100)]
    at = futures[-1].result()

    assert vault.drafts.of("r1")["f/own_words"].value == "word 99"
    assert vault.drafts.of("r1")["f/own_words"].saved_at == at
    vault.drafts.drop("r1", ["f/own_words"])
    assert vault.drafts.records() == []
    vault.close()
