"""Ink by its question: each signature under whose it is, and a drawing nobody's."""

from __future__ import annotations

from casework.canonical import JSON
from casework.practice.consent import copies_for
from desktop.documents.rendering import render
from desktop.paths import fonts
from tests.casework.forms.real import form
from tests.casework.forms.test_other_forms import PLAN
from tests.desktop.documents.conformance import words_in
from tests.desktop.documents.papers import INK, paper
from tests.desktop.documents.test_readers_copy import CONTEXT, copy_of

PLAN_FORM = form("find_me_plan")


def plan(**inks: JSON) -> bytes:
    given = {**PLAN, **inks}
    full = copies_for(PLAN_FORM, given, CONTEXT)[0]
    return render(copy_of(PLAN_FORM, full, given), fonts())


def test_a_plan_shows_every_signature_that_was_given() -> None:
    document = plan(worker_ink=INK, carer_ink={"typed": "K. Fernsby"}, child_ink={"none": "not_said"})
    words, figures = words_in(document), document.count(b"signed with a pen")

    assert "K. Fernsby" in words
    assert "Carer’s signature" in words
    assert "Wren’s signature: Chose not to say" in words
    assert figures == 1


def test_a_signature_nobody_gave_has_no_place() -> None:
    words = words_in(plan(worker_ink=INK))

    assert "Carer’s signature" not in words
    assert "Nadia Brightwater" in words


def test_a_drawing_is_a_picture_in_its_section() -> None:
    """In an interview whose child drew, and signed nothing."""
    drawn = paper(child_drawing=INK, child_ink={"none": "not_said"})
    document = render(drawn, fonts())

    assert b"a drawing made with a pen" in document
    assert b"Signature of Wren" not in document
    assert words_in(document).index("Draw here if you like") < words_in(document).index("Signatures")
