"""A copy with a password: made and told once, judged as an open one, and in the log of copies without the password."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from casework.errors import DocumentError, KnownError, PasswordWanted
from desktop.cli import parse_arguments
from desktop.documents.rendering import render
from desktop.documents.sealing import seal_pdf
from desktop.flows.desk import Desk
from desktop.flows.signing.copy_password import TELL
from desktop.flows.signing.countersigning import countersign
from desktop.flows.signing.officer_identity import identity
from desktop.flows.signing.pdf_check import verify, verify_each
from desktop.paths import fonts
from desktop.store.database.remembered import CERTIFICATE, SERVICE, Certificate, CouncilService
from desktop.verbs.deeds import DEEDS
from judgement.attached import attached_in
from judgement.verdict import Outcome
from tests.desktop.documents.council import Council
from tests.desktop.flows.signing.test_pdf_check import paper_for, signed

COUNCIL = Council()


@pytest.fixture
def joined(desk: Desk) -> Desk:
    mine = COUNCIL.officer("Nadia Brightwater", "nadia", starts=-3000, days=20_000)
    desk.vault.settings.put(CERTIFICATE, Certificate(chain_pem=mine.chain_pem, key_pem=mine.key_pem))
    desk.vault.settings.put(SERVICE, CouncilService(ca_pem=COUNCIL.root_pem))
    return desk


def run(desk: Desk, *words: str | Path) -> Any:
    args = parse_arguments([str(word) for word in words])
    return DEEDS[args.verb](args, desk)


def protected(desk: Desk, record: str, to: Path, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    """Its password, as the person at the terminal reads it."""
    run(desk, "export", record, "--protect", "--to", to, *more)
    first, *rest = capsys.readouterr().err.splitlines()
    said, password = first.split(": ")

    assert said == f"The password of {to.name}"
    assert rest == [TELL]
    return password


def test_it_says_what_the_record_gives_its_reader_like_the_open_copy(
    joined: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Held against the record as well: same words, same pages, same verdict."""
    record = signed(joined)
    password = protected(joined, record, tmp_path / "a.pdf", capsys)
    run(joined, "export", record, "--to", tmp_path / "b.pdf")
    shut, opened = verify(tmp_path / "a.pdf", joined, (), password), verify(tmp_path / "b.pdf", joined)

    assert len(password.split()) == 5
    assert shut.good
    assert "It says what the record on this laptop gives its reader." in shut.sentence
    assert shut.sentence == opened.sentence
    with pytest.raises(PasswordWanted, match="is protected with a password"):
        verify(tmp_path / "a.pdf", joined)
    (asked,) = verify_each([tmp_path / "a.pdf"], joined, password="another one")
    assert (asked.wants_password, asked.good, asked.untrue) == (True, False, False)


def test_a_protected_copy_of_other_words_than_the_records_is_caught(joined: Desk, tmp_path: Path) -> None:
    """An officer's own laptop sealed it."""
    other, password = paper_for(joined, signed(joined), "full"), "otter lantern gravel mosaic thirteen"
    other = replace(other, answers={**other.answers, "before": "Quite other words."})
    document = render(other, fonts())
    by, at = identity(joined), joined.now()
    sealed = seal_pdf(document, by, reason="Signed", place="Ashmere", at=at, password=password)
    (tmp_path / "a.pdf").write_bytes(sealed)

    assert verify(tmp_path / "a.pdf", joined, (), password).outcome is Outcome.NOT_THE_RECORD


def test_the_log_of_copies_says_that_it_was_protected_and_nothing_anywhere_says_with_what(
    joined: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = signed(joined)
    password = protected(joined, record, tmp_path / "a.pdf", capsys, "--given-to", "PC Anand")
    run(joined, "export", record, "--to", tmp_path / "b.pdf", "--given-to", "Ann")
    found, said = run(joined, "copies", record)
    entries = "\n".join(str(entry) for entry in joined.vault.audit.entries())
    logged = [view.answers for view in joined.vault.summaries(form_id="copy_given")]

    assert {one["to"]: one["protected"] for one in found} == {"PC Anand": True, "Ann": False}
    assert "PC Anand, with a password," in said
    for word in password.split():
        assert f"{word} " not in f"{entries} {logged} {said} {found}"


@pytest.mark.parametrize(
    ("held", "why"),
    [("Summer2026", "could be guessed"), ("", "no password in"), (f"{'abcd ' * 26}", "at most 127")],
)
def test_a_password_of_ones_own_is_strong_or_refused(joined: Desk, tmp_path: Path, held: str, why: str) -> None:
    """Before anything is written."""
    file, to = tmp_path / "secret.txt", tmp_path / "a.pdf"
    file.write_text(held)
    with pytest.raises(KnownError, match=why):
        run(joined, "export", signed(joined), "--to", to, "--password-file", file)

    assert not to.exists()
    file.write_text("otter lantern gravel mosaic thirteen\n")
    run(joined, "export", signed(joined), "--to", to, "--password-file", file)
    assert verify(to, joined, (), "otter lantern gravel mosaic thirteen").good


def test_it_leaves_no_room_for_a_manager_who_is_told_what_to_ask_for(
    joined: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.pdf"
    password = protected(joined, signed(joined), file, capsys)
    reader = PdfFileReader(io.BytesIO(file.read_bytes()))
    reader.decrypt(password)
    found = attached_in(reader)

    assert found is not None
    assert not found.leaves_room
    with pytest.raises(DocumentError, match="takes no manager’s signature"):
        countersign(joined, file, tmp_path / "b.pdf")


def test_a_draft_takes_none(joined: Desk, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="A draft takes no password"):
        run(joined, "export", signed(joined), "--draft", "--protect", "--to", tmp_path / "a.pdf")
