"""Every page that is made while somebody practises says so, its name too, and a check of it says nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest

from casework.errors import NotJoined
from desktop.compose import build_catalogue, now
from desktop.documents.sheets.practice_mark import ABOVE, ACROSS
from desktop.flows.access.unlocking import Gate
from desktop.flows.child.find_me import card_to_print, save_card
from desktop.flows.desk import Desk
from desktop.flows.papers.before_you_go import before_you_go
from desktop.flows.papers.blank_forms import save_blank
from desktop.flows.papers.visit_paper import save_sheet
from desktop.flows.practising.practice_store import own_store, practise
from desktop.flows.record import editing
from desktop.flows.signing import exporting, previewing
from desktop.flows.signing.pdf_check import verify_each
from judgement.verification import PRACTICE
from tests.desktop.doors import CHEAP, quick_gate, set_up_quickly

PASSPHRASE = "otter lantern gravel mosaic thirteen"


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    gate: Gate = quick_gate(tmp_path_factory.mktemp("home"), build_catalogue(), now)
    own = set_up_quickly(gate, "Nadia Brightwater", PASSPHRASE)
    found = practise(gate, own_store(gate, own), PASSPHRASE, cost=CHEAP)
    own.vault.close()
    yield found
    found.vault.close()


def pages_of(file: Path) -> list[str]:
    document = pypdfium2.PdfDocument(file)
    found = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return found


def interview(desk: Desk, *, signed: bool) -> str:
    found = desk.vault.summaries(form_id="return_home_interview")
    return next(one.record_id for one in found if one.locked == signed)


def a_child(desk: Desk) -> str:
    return desk.vault.summaries(form_id="child")[0].record_id


def the_signed(desk: Desk, to: Path) -> None:
    record = interview(desk, signed=True)
    copy = next(choice.name for choice in exporting.copies(desk, record) if choice.allowed)
    exporting.export(desk, record, copy, to)


def the_draft(desk: Desk, to: Path) -> None:
    record = interview(desk, signed=False)
    copy = next(choice.name for choice in exporting.copies(desk, record) if choice.allowed)
    previewing.save_draft(desk, record, copy, to)


def the_card(desk: Desk, to: Path) -> None:
    to.with_name(f"PRACTICE-{to.name}").write_bytes(card_to_print(desk, a_child(desk)))


PAPERS: dict[str, Callable[[Desk, Path], object]] = {
    "signed": the_signed,
    "draft": the_draft,
    "card": the_card,
    "blank": lambda desk, to: save_blank(desk, "return_home_interview", to, child_id=a_child(desk)),
    "sheet": lambda desk, to: save_sheet(desk, before_you_go(desk, interview(desk, signed=False)), to),
}


@pytest.mark.parametrize("paper", PAPERS)
def test_every_page_says_practice_and_so_does_its_name_and_its_check(
    practice: Desk, tmp_path: Path, paper: str
) -> None:
    PAPERS[paper](practice, tmp_path / "paper.pdf")

    (saved,) = tmp_path.iterdir()
    assert saved.name == "PRACTICE-paper.pdf"
    pages = pages_of(saved)
    assert [text for text in pages if ABOVE not in text or ACROSS not in text.replace(ABOVE, "")] == []
    (checked,) = verify_each([saved])
    assert (checked.good, checked.untrue, checked.sentence) == (False, True, PRACTICE)


def test_nothing_is_sealed(practice: Desk, tmp_path: Path) -> None:
    with pytest.raises(NotJoined, match="no council stands behind it"):
        save_card(practice, a_child(practice), tmp_path / "card.pdf")
    assert list(tmp_path.iterdir()) == []


def test_what_is_made_of_work_is_not_marked(practice: Desk, tmp_path: Path) -> None:
    """Also beside an open practice, and after it."""
    gate = quick_gate(tmp_path / "home", build_catalogue(), now)
    own = set_up_quickly(gate, "Nadia Brightwater", PASSPHRASE)
    child = editing.new_record(own, "child", "", {"given_name": "Wren"})
    save_blank(practice, "return_home_interview", tmp_path / "one.pdf")
    save_blank(own, "return_home_interview", tmp_path / "two.pdf", child_id=child)
    own.vault.close()

    assert ACROSS not in "".join(pages_of(tmp_path / "two.pdf"))
