"""Children at rest: kept for a place until a moment, and forgotten as soon as any record of theirs changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from casework.records import Kind
from desktop.store.records.children_at_rest import Resting
from desktop.store.vault import Vault
from tests.desktop.store.making import Clock, author_of, begin, made, say

NOW = Clock().at
LATER = NOW + timedelta(days=9)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    vault = made(tmp_path / "vault")
    begin(vault, "r1", child="child-1")
    begin(vault, "r2", child="child-2")
    yield vault
    vault.close()


def rest(vault: Vault, *children: str, counted: tuple[int, ...] = ()) -> bool:
    seen = vault.children.stirring("today", "rules", NOW).seen
    found = [Resting(child, LATER, counted) for child in children]
    return vault.children.keep("today", "rules", NOW, found, seen=seen)


def stirring(vault: Vault, *, place: str = "today", stamp: str = "rules", after: timedelta = timedelta()) -> set[str]:
    return {one.child_id for one in vault.children.stirring(place, stamp, NOW + after).children}


def test_who_is_at_rest_is_not_read_until_the_rest_ends(vault: Vault) -> None:
    assert stirring(vault) == {"child-1", "child-2"}
    assert rest(vault, "child-1")

    assert stirring(vault) == {"child-2"}
    assert stirring(vault, after=timedelta(days=10)) == {"child-1", "child-2"}
    assert stirring(vault, after=timedelta(days=-1)) == {"child-1", "child-2"}
    assert stirring(vault, place="team") == {"child-1", "child-2"}
    assert stirring(vault, stamp="other rules") == {"child-1", "child-2"}


def test_a_record_that_changes_wakes_its_child_alone(vault: Vault) -> None:
    rest(vault, "child-1", "child-2")
    say(vault, "r1", {"own_words": "I was at my cousin’s"})
    assert stirring(vault) == {"child-1"}
    begin(vault, "r3", child="child-2")

    assert stirring(vault) == {"child-1", "child-2"}


def test_a_record_that_is_discarded_or_withdrawn_wakes_its_child(vault: Vault) -> None:
    vault.feed.entitle(["child-1:missing", "child-2:missing"])
    rest(vault, "child-1", "child-2")
    view, author = vault.view("r1"), author_of(vault)
    assert vault.author(lambda stamp: author.discard(stamp, view, "Twice")).kind is Kind.DISCARD
    assert _at_rest(vault) == {"child-2"}
    vault.feed.entitle(["child-1:missing"])

    assert _at_rest(vault) == set()


def test_what_was_found_out_before_a_change_is_not_kept_after_it(vault: Vault) -> None:
    """Somebody reads, a colleague's words arrive, and what the reader found out is of yesterday."""
    seen = vault.children.stirring("today", "rules", NOW).seen
    say(vault, "r1", {"own_words": "I was at my cousin’s"})

    assert not vault.children.keep("today", "rules", NOW, [Resting("child-1", LATER)], seen=seen)
    assert stirring(vault) == {"child-1", "child-2"}


def test_what_those_at_rest_add_up_to_is_told(vault: Vault) -> None:
    rest(vault, "child-1", "child-2", counted=(1, 2))

    assert list(vault.children.stirring("today", "rules", NOW).counted) == [((1, 2), 2)]
    assert list(vault.children.stirring("today", "rules", LATER + timedelta(days=1)).counted) == []


def _at_rest(vault: Vault) -> set[str]:
    return {str(child) for (child,) in vault._store.readers.rows("SELECT child_id FROM at_rest")}
