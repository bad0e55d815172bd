"""Finding people by what somebody remembers of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.records import Change, cell_path, field_path, row_path
from desktop.store.search import query
from desktop.store.vault import Vault
from tests.desktop.store.making import begin, foreign, made, opened, say


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    vault = made(tmp_path_factory.mktemp("search") / "vault-1")
    begin(
        vault, "r1", known=[Change(field_path("full_name"), "Zoë Ó Dálaigh-Smith"), Change(field_path("upn"), "A123")]
    )
    say(vault, "r1", {"own_words": "He said the flat above the chicken shop in Maltby", "push_pull": ["peer_pressure"]})
    begin(vault, "r2", child="child-2", known=[Change(field_path("full_name"), "محمد علی")])
    rows = [
        Change(row_path("people", "p1"), {"position": "a0"}),
        Change(cell_path("people", "p1", "alias"), "Smithy"),
        Change(cell_path("people", "p1", "concern"), "Drives her to Maltby"),
        Change(field_path("seen"), "2026-03-27 by the towpath"),
    ]
    begin(vault, "r3", child="child-3", known=rows)
    yield vault
    vault.close()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("zoe", ["r1"]),
        ("ZOË", ["r1"]),
        ("dalai", ["r1"]),
        ("o dálaigh", ["r1"]),
        ("a123", ["r1"]),
        ("chicken sho", ["r1"]),
        ("shop zoe", ["r1"]),
        ("محمد", ["r2"]),
        ("smith", ["r1", "r3"]),
        ("maltby", ["r1", "r3"]),
        ("towpath", ["r3"]),
        ("peer_pressure", []),
        ("zoe nobody", []),
        ("", []),
        ("  --- ", []),
        ('zoe" OR "maltby', []),
        ("zoe*", ["r1"]),
        ("NEAR(zoe", []),
    ],
)
def test_beginnings_of_words_in_any_case_and_accent(vault: Vault, asked: str, found: list[str]) -> None:
    assert sorted(hit.record_id for hit in vault.search(asked)) == found


def test_a_name_counts_for_more_than_a_narrative(vault: Vault) -> None:
    begin(vault, "r4", child="child-4", known=[Change(field_path("full_name"), "Maltby, Ann")])

    assert vault.search("maltby")[0].record_id == "r4"


def test_the_place_that_matched_is_shown(vault: Vault) -> None:
    hit = vault.search("chicken")[0]

    assert [hit.snippet[start:end] for start, end in hit.marks] == ["chicken"]
    assert hit.names.startswith("Zoë")
    assert hit.child_id == "child-1"


def test_changed_words_replace_the_old_ones(tmp_path: Path) -> None:
    vault = made(tmp_path / "vault-1")
    begin(vault, "r1")
    say(vault, "r1", {"own_words": "aardvark"})
    say(vault, "r1", {"own_words": "buffalo"})
    vault.take([foreign(1, "r2", [Change(field_path("own_words"), "from a colleague's cheetah")])])

    assert vault.search("aardvark") == []
    assert [hit.record_id for hit in vault.search("buff")] == ["r1"]
    assert [hit.record_id for hit in vault.search("cheetah")] == ["r2"]
    vault.close()
    again = opened(tmp_path / "vault-1")
    assert [hit.record_id for hit in again.search("buff")] == ["r1"]
    again.close()


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_typed_is_taken_for_the_language_of_the_index(vault: Vault, typed: str) -> None:
    vault.search(typed)
    assert query(typed).count('"') % 2 == 0
