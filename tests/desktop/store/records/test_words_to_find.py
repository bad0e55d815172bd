"""What a full page brought is found by its words, whenever the index was written."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.records import Change, Operation, field_path
from desktop.store.records.words_to_find import AT_ONCE, PART, PIECE
from desktop.store.vault import Vault
from tests.desktop.store.making import begin, foreign, made, opened

MANY = AT_ONCE + 1


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    vault = made(tmp_path / "vault-1")
    yield vault
    vault.close()


def page(words: str, count: int = MANY) -> list[Operation]:
    return [foreign(n, f"r{n}", [Change(field_path("own_words"), f"{words} {n}")]) for n in range(1, count + 1)]


def changed(vault: Vault, words: str) -> list[Operation]:
    """Other words in each of the records that are here, with the numbers that follow."""
    views = [vault.view(f"r{n}") for n in range(1, MANY + 1)]
    return [
        foreign(
            n, view.record_id, [Change(field_path("own_words"), words, view.saw(field_path("own_words")))], view=view
        )
        for n, view in enumerate(views, MANY + 1)
    ]


def noted(vault: Vault) -> int:
    """Records whose words are not in the index yet."""
    found: int = vault._store.writer.outside(lambda open_: open_.execute("SELECT count(*) FROM unworded").fetchone()[0])
    return found


def in_time(vault: Vault, count: int = MANY) -> None:
    """All of it is in the index by and by, though nobody searches; a look is work in the store too."""
    left = 10 + count
    while noted(vault) and left:
        left -= 1
        time.sleep(0.2)
    assert noted(vault) == 0


def test_whoever_searches_finds_what_a_full_page_has_just_brought(vault: Vault) -> None:
    vault.take(page("aardvark", 2 * PART + 1))
    assert noted(vault) == 2 * PART + 1

    assert len(vault.search("aardvark", 1000)) == 2 * PART + 1
    assert [hit.record_id for hit in vault.search("aardvark 77")] == ["r77"]
    assert noted(vault) == 0


def test_a_few_records_are_in_the_index_with_the_transaction_that_brought_them(vault: Vault) -> None:
    vault.take(page("aardvark", AT_ONCE))

    assert noted(vault) == 0
    assert len(vault.search("aardvark", 1000)) == AT_ONCE


def test_words_that_a_full_page_replaced_are_not_found_any_more(vault: Vault) -> None:
    vault.take(page("aardvark"))
    assert len(vault.search("aardvark", 1000)) == MANY
    vault.take(changed(vault, "buffalo"))
    assert noted(vault) == MANY

    assert vault.search("aardvark") == []
    assert len(vault.search("buffalo", 1000)) == MANY


def test_the_next_opening_goes_on_where_the_laptop_was_switched_off(vault: Vault, tmp_path: Path) -> None:
    vault.take(page("aardvark"))
    vault.close()
    again = opened(tmp_path / "vault-1")

    in_time(again)
    assert len(again.search("aardvark", 1000)) == MANY
    again.close()


def test_nobody_has_to_search_for_the_index_to_be_written(vault: Vault) -> None:
    vault.take(page("aardvark"))
    vault.catch_up()

    in_time(vault)


def test_whoever_writes_meanwhile_waits_for_a_piece_and_not_for_the_page(vault: Vault) -> None:
    """The window saves while a large store that was just fetched is made ready to be searched."""
    count = 40 * PIECE
    vault.take(page("aardvark", count))
    vault.catch_up()
    vault.drafts.save("r1", "f/own_words", "half a sentence")

    assert count - PIECE >= noted(vault) > 0
    in_time(vault, count)
    assert vault.drafts.of("r1")


def test_what_comes_while_it_is_under_way_is_found_too(vault: Vault) -> None:
    vault.take(page("aardvark"))
    for _ in range(3):
        vault.catch_up()
    vault.take(changed(vault, "buffalo"))
    vault.catch_up()

    in_time(vault)
    assert len(vault.search("buffalo", 1000)) == MANY


def test_a_store_that_is_closed_between_two_pieces_goes_on_when_it_is_opened(vault: Vault, tmp_path: Path) -> None:
    vault.take(page("aardvark", 40 * PIECE))
    vault.catch_up()
    vault.close()
    again = opened(tmp_path / "vault-1")

    assert len(again.search("aardvark", 2000)) == 40 * PIECE
    again.close()


def test_a_record_that_leaves_before_its_words_are_in_the_index_leaves_nothing(vault: Vault) -> None:
    vault.take(page("aardvark"))
    vault.feed.entitle({operation.bucket for operation in page("aardvark")})
    vault.feed.entitle([])

    assert noted(vault) == 0
    begin(vault, "r0", child="child-2", known=[Change(field_path("own_words"), "buffalo")])
    assert vault.search("aardvark") == []
    assert [hit.record_id for hit in vault.search("buffalo")] == ["r0"]


def test_on_a_full_disk_what_was_in_the_index_before_is_found(vault: Vault) -> None:
    begin(vault, "r0", child="child-2", known=[Change(field_path("own_words"), "aardvark")])
    vault.take(page("aardvark " + " ".join(f"w{n}" for n in range(300)), 2 * PART))
    vault._store.writer.outside(lambda connection: connection.execute("PRAGMA max_page_count=1").fetchone())

    assert [hit.record_id for hit in vault.search("aardvark")] == ["r0"]
    vault._store.writer.outside(lambda connection: connection.execute("PRAGMA max_page_count=1000000").fetchone())
    assert len(vault.search("aardvark", 1000)) == 2 * PART + 1
