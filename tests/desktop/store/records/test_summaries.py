"""What can be said of a record without opening it, and how much has to be read for it."""

from __future__ import annotations

from pathlib import Path

from desktop.store.vault import Vault
from tests.desktop.store.making import FORM, begin, made


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
