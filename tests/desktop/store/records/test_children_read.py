"""What was read of a child is read once: until something of that child changes, whatever it is."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.store.records.children_read import ChildRead, ChildrenRead
from desktop.store.vault import Vault
from tests.desktop.store.making import FORM, author_of, begin, made, say

CHILDREN = ("child-1", "child-2", "child-3")


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    vault = made(tmp_path / "vault")
    for number, child in enumerate(CHILDREN):
        begin(vault, f"r{number}", child=child)
    yield vault
    vault.close()


def read(vault: Vault) -> dict[str, ChildRead]:
    return {one.child_id: one for one in vault.children.everyone()}


def test_a_child_of_whom_nothing_changed_is_not_read_again(vault: Vault) -> None:
    before = read(vault)
    say(vault, "r1", {"own_words": "I was at my cousin’s"})
    after = read(vault)

    assert after["child-1"] is before["child-1"]
    assert after["child-2"] is not before["child-2"]
    assert after["child-2"].summaries[0].answers == {"own_words": "I was at my cousin’s"}


@pytest.mark.parametrize(
    "deed",
    [
        lambda vault: say(vault, "r1", {"own_words": "The park"}),
        lambda vault: begin(vault, "r9", child="child-2"),
        lambda vault: vault.author(lambda stamp: author_of(vault).discard(stamp, vault.view("r1"), "Twice")),
        lambda vault: vault.drafts.save("r1", "f/own_words", "The pa"),
        lambda vault: vault.feed.entitle(["child-1:missing", "child-3:missing"]),
        lambda vault: vault.outbox.answered(vault.outbox.ids()[-2], "accepted", 7, at="2026-03-27T15:00:00+00:00"),
    ],
    ids=["answered", "begun", "discarded", "typed", "withdrawn", "received"],
)
def test_whatever_changes_is_read_anew(vault: Vault, deed: Callable[[Vault], object]) -> None:
    vault.feed.entitle(["child-1:missing", "child-2:missing", "child-3:missing"])
    before = read(vault)
    deed(vault)

    assert read(vault).get("child-2") is not before["child-2"]
    agrees(vault)


def test_words_that_were_thrown_away_are_no_longer_said_to_be_typed(vault: Vault) -> None:
    vault.drafts.save("r1", "f/own_words", "The pa")
    assert read(vault)["child-2"].summaries[0].has_drafts
    vault.drafts.drop("r1", ["f/own_words"])

    assert not read(vault)["child-2"].summaries[0].has_drafts


def test_memory_has_an_end(vault: Vault) -> None:
    """Of a larger store those who were asked for last are kept, and everybody is told of all the same."""
    vault.children._read = ChildrenRead(most=2)
    for number in range(3, 9):
        begin(vault, f"r{number}", child=CHILDREN[number % 3])
        agrees(vault)
    assert len(read(vault)) == 3


def test_a_reader_who_began_before_brings_nothing_back(vault: Vault) -> None:
    """One thread's reading is older than what another has kept meanwhile."""
    kept = vault.children._read
    with vault._store.readers.lend() as older:
        older.execute("SELECT count(*) FROM record").fetchone()
        say(vault, "r1", {"own_words": "The park"})
        new = read(vault)["child-2"]
        old = next(iter(kept.of(older, ["child-2"])))
        assert old.summaries[0].answers == {}

    assert read(vault)["child-2"] is new


def test_whatever_happens_what_was_read_is_what_there_is(vault: Vault) -> None:
    by = random.Random(271)
    records = ["r0", "r1", "r2"]
    for step in range(60):
        record = by.choice(records)
        match by.randrange(4):
            case 0:
                records.append(f"n{step}")
                begin(vault, records[-1], child=by.choice(CHILDREN))
            case 1:
                say(vault, record, {"own_words": f"The park, {step}"})
            case 2:
                vault.drafts.save(record, "f/own_words", f"half {step}")
            case _:
                vault.drafts.drop(record, ["f/own_words"])
        agrees(vault)


def agrees(vault: Vault) -> None:
    """With what the store gives to whoever reads it for the first time."""
    held = {one.child_id: [*one.summaries] for one in vault.children.everyone()}
    there = vault.summaries()
    assert held == {child: [one for one in there if one.child_id == child] for child in {s.child_id for s in there}}
    assert vault.summaries(form_id=FORM) == [one for one in there if one.form_id == FORM]
