"""The signatures of a record, each under whose it is, and the place where the file itself is sealed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reportlab.platypus import CondPageBreak, Flowable

from casework.canonical import JSON
from casework.dates_in_words import day_and_time
from casework.forms import Question, display, worded
from desktop.documents.ink_on_paper import HEIGHT, InkBlock
from desktop.documents.lettering.typeface import Typeface
from desktop.documents.paper import Maker, Paper, Signer
from desktop.documents.pdf.structure_tree import Element
from desktop.documents.tagging import FIELD
from desktop.documents.text_flow import Band, Style, TextFlow
from judgement.signature_form import CHECKER

_HEADING = Style(size=13, leading=18, weight="Bold", after=1)
_LINE = Style(size=9.5, leading=14, after=4)
_SEALED = Style(size=9, leading=13, after=0, ground="#EEF1F4", indent=10, edge="#1B5E33")
_Block = tuple[str, JSON, Sequence[str], str]


def signatures(paper: Paper, face: Typeface, tree: Element, here: Flowable) -> Iterator[Flowable]:
    """`here` is drawn where they begin."""
    part = tree.add("Sect")
    yield CondPageBreak(room_for(paper))
    yield here
    yield Band(12)
    yield TextFlow(face, "Signatures", _HEADING, part, "H2")
    blocks = _blocks(paper)
    for start in range(0, len(blocks), 2):
        yield InkBlock(face, blocks[start : start + 2], part)
    for question, ink in _asked(paper):
        if not _is_signed(ink):
            words = f"{worded(question.short_label or question.label, paper.first_name)}: {display(question, ink)}"
            yield TextFlow(face, words, _LINE, part)
    yield Band(6, _SEALED)
    yield TextFlow(face, _locked(paper), _SEALED, part)
    yield Band(6, _SEALED)


def room_for(paper: Paper) -> float:
    """In points: all of them stand on one page, with their heading and what is said under them."""
    words = [ink for _question, ink in _asked(paper) if not _is_signed(ink)]
    return 112 + (HEIGHT + 18) * ((len(_blocks(paper)) + 1) // 2) + 18 * len(words)


def _blocks(paper: Paper) -> Sequence[_Block]:
    return (*_given(paper), *_checked(paper), *_sealing(paper))


def _asked(paper: Paper) -> Iterator[tuple[Question, JSON]]:
    """Every signature of this copy but the officer's own, in the order of the form."""
    for question in paper.definition.questions():
        if question.signs not in ("", "worker") and question.id in paper.shown:
            ink = paper.answers.get(question.id)
            if ink is not None:
                yield question, ink


def _is_signed(ink: JSON) -> bool:
    return isinstance(ink, Mapping) and "none" not in ink


def _given(paper: Paper) -> Iterator[_Block]:
    for question, ink in _asked(paper):
        if not _is_signed(ink):
            continue
        label = worded(question.short_label or question.label, paper.first_name)
        typed = str(ink.get("typed", "")) if isinstance(ink, Mapping) else ""
        name = paper.child_name if question.signs == "child" else typed or label
        yield name, ink, () if name == label else (label,), ""
    if paper.is_draft:
        return
    ink = paper.answers.get("worker_ink") if "worker_ink" in paper.shown else None
    drawn: JSON = ink if _is_signed(ink) else {"typed": paper.signer.name}
    yield paper.signer.name, drawn, standing(paper.signer), "" if paper.maker else FIELD


def _checked(paper: Paper) -> Iterator[_Block]:
    """The manager's check where it was given, and room for the manager's own signature in the file."""
    room = CHECKER if paper.leaves_room else ""
    if paper.checked:
        drawn: JSON = None if room else {"typed": paper.checked.name}
        yield f"Checked and approved by {paper.checked.name}", drawn, standing(paper.checked), room
    elif room:
        yield "Manager’s check", None, ("Not given yet when this copy was made; the manager signs above.",), room


def _sealing(paper: Paper) -> Iterator[_Block]:
    """A copy that somebody else made: their name stands for the copy, and not for the record."""
    if paper.maker:
        yield f"Copy made by {paper.maker.name}", None, standing(paper.maker), FIELD


def standing(who: Signer | Maker) -> Sequence[str]:
    """As what, for whom, and when by whose clock."""
    when = day_and_time(who.signed_at if isinstance(who, Signer) else who.made_at)
    laptop = f"laptop {who.device}" if who.device else "the laptop used"
    stands = ", ".join(part for part in (who.role, who.council) if part)
    return tuple(line for line in (stands, f"{when}, by the clock of {laptop}") if line)


def _locked(paper: Paper) -> str:
    if paper.is_draft:
        return f"Not signed yet. These are the words as they stood on {day_and_time(paper.sealed_at)}; they may change."
    begin = "Signed and locked."
    if paper.maker:
        begin = f"{paper.signer.name} signed the record. {paper.maker.name} made this copy of it and sealed the copy."
    if paper.leaves_room:
        begin += " The manager who checks it may sign it as well, and nothing else can be added."
    return (
        f"{begin} Any change after {day_and_time(paper.sealed_at)} shows when this file is checked with "
        "“homeward verify” or a PDF reader that checks signatures. A correction is a separate signed "
        "record that names this one."
    )
