"""What can be said of a record without opening it, and how much has to be read for it."""

from __future__ import annotations

from pathlib import Path

from desktop.store.records.summaries import OfForms
from desktop.store.vault import Vault
from tests.desktop.store.making import FORM, begin, made, say


def steps(vault: Vault, form_id: str, child_id: str) -> int:
    """How many steps SQLite takes to find a child's records of a form, in tens."""
    counted: list[None] = []
    with vault._summaries._readers.lend() as connection:
        connection.set_progress_handler(lambda: counted.append(None), 10)
    assert len(vault.summaries(form_id=form_id, child_id=child_id)) == 1
    with vault._summaries._readers.lend() as connection:
        connection.set_progress_handler(None, 10)
    return len(counted)


def test_finding_one_childs_form_takes_no_more_among_many_children(tmp_path: Path) -> None:
    """The name above every page is found so; read by form, it would take longer with each child allocated."""
    vault = made(tmp_path / "vault")
    begin(vault, "r0", child="child-0")
    alone = steps(vault, FORM, "child-0")
    for number in range(1, 60):
        begin(vault, f"r{number}", child=f"child-{number}")
    among_many = steps(vault, FORM, "child-0")
    vault.close()

    assert 0 < among_many <= alone + 2


def test_of_a_form_it_is_read_anew_only_once_something_changed(tmp_path: Path) -> None:
    vault = made(tmp_path / "vault")
    begin(vault, "r0", child="child-0")
    first, again = vault.summaries(form_id=FORM), vault.summaries(form_id=FORM)
    again.clear()  # whoever sorts or empties a list has one of their own
    kept = vault.summaries(form_id=FORM)
    say(vault, "r0", {"own_words": "The park"})

    assert kept[0] is first[0]
    assert [one.answers for one in vault.summaries(form_id=FORM)] == [{"own_words": "The park"}]
    vault.close()


def test_memory_for_forms_has_an_end(tmp_path: Path) -> None:
    """Of a form with more records than there is room for nothing is kept, and all of it is told."""
    vault = made(tmp_path / "vault")
    vault._summaries._of_forms = OfForms(most=1)
    for number in range(2):
        begin(vault, f"r{number}", child="child-0")
        assert len(vault.summaries(form_id=FORM)) == number + 1

    first, again = vault.summaries(form_id=FORM), vault.summaries(form_id=FORM)
    assert first == again
    assert first[0] is not again[0]
    vault.close()


def test_a_reader_who_began_before_brings_no_form_back(tmp_path: Path) -> None:
    vault = made(tmp_path / "vault")
    begin(vault, "r0", child="child-0")
    with vault._store.readers.lend() as older:
        older.execute("SELECT count(*) FROM record").fetchone()
        say(vault, "r0", {"own_words": "The park"})
        new = vault.summaries(form_id=FORM)
        assert vault._summaries._of_forms.read(older, FORM)[0].answers == {}

    assert vault.summaries(form_id=FORM) == new
    vault.close()
