"""Every template in every script, signed, and counter-signed where it may be: by veraPDF, and by our own judgement."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from casework.forms import Definition, Question, QuestionType
from casework.forms.by_hand.on_paper import with_pen
from casework.identifiers import OfficerId
from casework.practice.consent import copies_for
from casework.practice.letters.letter_filling import FACT, POINT, TEXT, LetterPart
from desktop.documents.bars_on_paper import PaperBar
from desktop.documents.counter_signature import shown_on_paper
from desktop.documents.find_me_card import PaperCard, card_pdf
from desktop.documents.paper import Maker, Paper
from desktop.documents.rendering import render
from desktop.documents.sealing import countersign_pdf, room_left, seal_pdf
from desktop.documents.sheets.blank_page import BlankPaper, blank_pdf
from desktop.documents.sheets.letter_page import letter_pdf
from desktop.documents.sheets.scorecard_page import PaperPicture, scorecard_pdf
from desktop.documents.sheets.sheet_mark import SheetId
from desktop.documents.sheets.table_page import TablePaper, table_pdf
from desktop.documents.sheets.visit_sheet import SheetPaper, sheet_pdf
from desktop.paths import fonts
from judgement.verification import check_pdf
from tests.casework.forms.filled_in import filled_in
from tests.casework.forms.real import catalogue
from tests.desktop.documents.conformance import conformance
from tests.desktop.documents.lettering.test_embedded_font import EVERY_SCRIPT
from tests.desktop.documents.papers import COUNCIL, shared_line
from tests.desktop.documents.sheets.test_letter_page import PAPER as LETTER
from tests.desktop.documents.test_readers_copy import CONTEXT, copy_of

PASSES = ["PASS 3a", "PASS ua1"]
NADIA, TOM = COUNCIL.officer("Nadia Brightwater", "nadia-1"), COUNCIL.officer("Tom Applegarth", "tom-3")
AT = datetime.now(UTC)
LINES = tuple(EVERY_SCRIPT.split("\n"))
MAKER = Maker("Nadia Brightwater", "Officer", "Ashmere", "ASH-1", AT, OfficerId("nadia-1"))
BARS = PaperPicture(LINES[3], [PaperBar(line, 3, line) for line in LINES[:8]])
PAIRS = tuple((line, line) for line in LINES)
FORMS = {name: catalogue().form(name) for name in catalogue().ids()}


def in_every_script(definition: Definition, given: Mapping[str, Any]) -> dict[str, Any]:
    """The same answers, each that a person words in the next script."""
    scripts = cycle(LINES)

    def said(question: Question | None, answer: Any) -> Any:
        if question is None:
            return answer
        if question.type in (QuestionType.TEXT, QuestionType.NARRATIVE) and isinstance(answer, str):
            return next(scripts)
        if question.is_group and isinstance(answer, list):
            columns = {column.id: column for column in question.columns}
            return [{name: said(columns.get(name), cell) for name, cell in row.items()} for row in answer]
        return answer

    return {asked.id: said(asked, given[asked.id]) for asked in definition.questions() if asked.id in given}


def record(name: str) -> Paper:
    definition = FORMS[name]
    answers = in_every_script(definition, filled_in(definition, random.Random(name), answered=1))
    full = copies_for(definition, answers, CONTEXT)[0]
    made = copy_of(definition, full, answers)
    by = replace(made.signer, name="Nadia Brightwater", officer_id=OfficerId("nadia-1"), signed_at=AT)
    return replace(made, child_name=LINES[0], first_name=LINES[0], signer=by, leaves_room=True)


@pytest.mark.parametrize("name", FORMS)
def test_every_form_in_every_script_conforms_signed_and_counter_signed(name: str, tmp_path: Path) -> None:
    signed = seal_pdf(render(record(name), fonts()), NADIA, reason="Signed", place="Ashmere", at=AT, leaves_room=True)
    room = room_left(signed)
    assert room is not None
    shown = shown_on_paper("Tom Applegarth", (LINES[1], LINES[2]), room, fonts())
    checked = countersign_pdf(signed, TOM, shown=shown, reason="Checked", place="Ashmere", at=AT)

    for document in (signed, checked):
        (file := tmp_path / "made.pdf").write_bytes(document)
        assert conformance(file) == PASSES
        assert check_pdf(document, [COUNCIL.root_pem]).good


def table() -> TablePaper:
    about = ("Nadia Brightwater", "Ashmere Council", OfficerId("nadia-1"), AT)
    return TablePaper("caseload", LINES[0], LINES[1], ("Child", "Said"), (0.3, 0.7), PAIRS, *about)


def card() -> bytes:
    lines, places, calls = PAIRS[:6], PAIRS[6:10], PAIRS[10:14]
    about = ("", None, "", lines, places, calls, "Made today.", "Nadia Brightwater", AT, OfficerId("nadia-1"))
    return card_pdf(PaperCard("Find Me card", LINES[0], LINES[1], *about), fonts())


def letter(maker: Maker | None) -> bytes:
    parts = [LetterPart(kind, line, line) for kind, line in zip(cycle((TEXT, FACT, POINT)), LINES, strict=False)]
    by = replace(LETTER.signer, name="Nadia Brightwater", officer_id=OfficerId("nadia-1"), signed_at=AT)
    made = replace(LETTER, parts=tuple(parts), to=LINES[:3], subject=LINES[0], signer=by, maker=maker)
    return letter_pdf(made, fonts())


def police_copy() -> bytes:
    """An interview of which one line is shared without a yes."""
    return render(replace(shared_line("Dex", "Tay"), child_name=LINES[0], first_name=LINES[0]), fonts())


SIGNED: dict[str, Callable[[], bytes]] = {
    "letter": lambda: letter(None),
    "letter that another copied": lambda: letter(MAKER),
    "table": lambda: table_pdf(table(), fonts()),
    "scorecard": lambda: scorecard_pdf(table(), [BARS], fonts(), said=(LINES[4], LINES[5])),
    "card": card,
    "shared without a yes": police_copy,
}


@pytest.mark.parametrize("name", SIGNED)
def test_every_other_template_in_every_script_conforms_signed(name: str, tmp_path: Path) -> None:
    signed = seal_pdf(SIGNED[name](), NADIA, reason="Signed", place="Ashmere", at=AT)
    (file := tmp_path / "made.pdf").write_bytes(signed)

    assert conformance(file) == PASSES


def blank() -> bytes:
    form = FORMS["return_home_interview"]
    made = BlankPaper(
        form=form.id,
        version=form.version,
        title=form.title,
        about=form.about,
        sections=with_pen(form),
        return_to=LINES[:2],
        seen_by=LINES[2],
        council="Ashmere Council",
        made=AT,
        sheet=SheetId("K7QFK7QFK7"),
        author="Nadia Brightwater",
        child=LINES[0],
    )
    return blank_pdf(made, fonts())


def sheet() -> bytes:
    about = (PAIRS[:4], PAIRS[4:6], PAIRS[6:8], LINES[8:10], PAIRS[10:12], LINES[12:14], "Nadia Brightwater", AT)
    return sheet_pdf(SheetPaper(LINES[0], LINES[1], *about), fonts())


@pytest.mark.parametrize("make", [blank, sheet])
def test_what_nobody_signs_conforms_in_every_script(make: Callable[[], bytes], tmp_path: Path) -> None:
    (file := tmp_path / "made.pdf").write_bytes(make())

    assert conformance(file) == PASSES
