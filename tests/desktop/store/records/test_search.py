"""Finding people by what somebody remembers of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.records import Change, cell_path, field_path, row_path
from desktop.store.records.search import query
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


PEOPLE = {
    "lukasz": ("Łukasz Østergård", "2012-03-27"),
    "connor": ("Seán O’Connor", ""),
    "angelo": ("Mia Dangelo", ""),
    "haq": ("Ali ul-Haq", ""),
    "ming": ("王小明", ""),
    "strauss": ("Işık Strauß", ""),
    "dao": ("Đào Nguyễn", ""),
    "mohammed": ("Mohammed Akhtar", ""),
}


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    vault = made(tmp_path_factory.mktemp("people") / "vault-1")
    for key, (name, born) in PEOPLE.items():
        known = [Change(field_path("given_name"), name), Change(field_path("source_id"), "5e1ecbb20c04" * 3)]
        known += [Change(field_path("date_of_birth"), born)] if born else []
        begin(vault, key, child=key, known=known)
    yield vault
    vault.close()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Lukasz", "lukasz"),
        ("lukasz osterg", "lukasz"),
        ("Łukasz", "lukasz"),
        ("27/03/2012", "lukasz"),
        ("27 March 2012", "lukasz"),
        ("lukasz 27.3.12", "lukasz"),
        ("OConnor", "connor"),
        ("O'Connor", "connor"),
        ("o connor", "connor"),
        ("D'Angelo", "angelo"),
        ("d’angelo mia", "angelo"),
        ("ulhaq", "haq"),
        ("ul haq", "haq"),
        ("明", "ming"),
        ("小明", "ming"),
        ("xiao", "ming"),
        ("isik strauss", "strauss"),
        ("STRAUẞ", "strauss"),
        ("dao nguyen", "dao"),
    ],
)
def test_a_name_is_found_however_it_is_typed(people: Vault, typed: str, found: str) -> None:
    assert [hit.record_id for hit in people.search(typed)] == [found]


@pytest.mark.parametrize(
    ("typed", "found"), [("Muhamad", "mohammed"), ("Lucasz", "lukasz"), ("Dangalo", "angelo"), ("Akthar", "mohammed")]
)
def test_a_name_that_sounds_so_or_is_a_letter_off_comes_when_asked(people: Vault, typed: str, found: str) -> None:
    assert people.search(typed) == []
    assert found in [hit.record_id for hit in people.search(typed, near=True)]


def test_no_id_of_a_machine_is_searched_for_nor_shown(people: Vault) -> None:
    assert people.search("5e1ecbb20c04") == []
    assert all("5e1ecbb2" not in hit.snippet + hit.names for hit in people.search("lukasz"))


def test_keys_are_never_shown(people: Vault) -> None:
    assert people.search("oconnor")[0].snippet.startswith("Seán O’Connor")
