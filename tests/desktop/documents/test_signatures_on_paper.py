"""Ink by its question: each signature under whose it is, and a drawing nobody's."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pypdfium2
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from casework.canonical import JSON
from casework.dates_in_words import day_and_time
from casework.forms import Question, QuestionType, worded
from casework.practice.consent import copies_for
from desktop.documents.paper import Maker, Paper, Signer
from desktop.documents.rendering import render
from desktop.documents.sealing import seal_pdf
from desktop.paths import fonts
from judgement.verdict import Outcome
from judgement.verification import check_pdf
from tests.casework.forms.real import form
from tests.casework.forms.test_other_forms import PLAN
from tests.desktop.documents.conformance import words_in
from tests.desktop.documents.papers import COUNCIL, INK, paper
from tests.desktop.documents.test_readers_copy import CONTEXT, copy_of, every_form, record_of

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


NAMES = ("Nadia Brightwater", "Dele Okafor", "Tom Applegarth")
ROLES = ("Missing advocate", "Home education officer", "Team manager")
WHO = {name: COUNCIL.officer(name, starts=-60) for name in NAMES}
NOW = datetime.now(UTC).replace(microsecond=0)


def signed_record(seed: int) -> Paper:
    """Of any form, for any reader who may have it, signed by somebody, and copied by another as often as not."""
    chance = random.Random(seed)
    definition = chance.choice(every_form())
    answers = record_of(definition, chance)
    rule = chance.choice([rule for rule in copies_for(definition, answers, CONTEXT) if rule.allowed])
    (signer, maker), roles = chance.sample(NAMES, 2), chance.sample(ROLES, 2)
    at = NOW - timedelta(minutes=chance.randint(1, 80_000))
    by = Signer(signer, roles[0], "Ashmere Council", f"ASH-{chance.randint(1000, 4999)}", at)
    other = Maker(maker, roles[1], "Ashmere Council", f"ASH-{chance.randint(5000, 9999)}", NOW)
    return replace(copy_of(definition, rule, answers), signer=by, maker=other if chance.random() < 0.5 else None)


def words_of(document: bytes) -> str:
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(document)]
    return re.sub(r"\s+", " ", " ".join(pages))


def pictures_said(element: Any) -> Iterator[str]:
    """What is said of each figure, all down the tree."""
    if element.get("/S") == "/Figure":
        yield str(element["/Alt"])
    children = element.get("/K", [])
    for child in children if isinstance(children, generic.ArrayObject) else [children]:
        found = child.get_object()
        if isinstance(found, generic.DictionaryObject) and "/S" in found:
            yield from pictures_said(found)


def drawn_by_hand(made: Paper) -> list[str]:
    """From the form alone: each drawing under its question, each signature under whose it is."""
    return sorted(_said_of(made, question) for question in made.definition.questions() if _has_strokes(made, question))


def _has_strokes(made: Paper, question: Question) -> bool:
    ink = made.answers.get(question.id) if question.id in made.shown else None
    return question.type is QuestionType.INK and isinstance(ink, dict) and "strokes" in ink


def _said_of(made: Paper, question: Question) -> str:
    if not question.signs:
        return f"{worded(question.label, made.first_name)}: a drawing made with a pen"
    known = {"child": made.child_name, "worker": made.signer.name}
    name = known.get(question.signs) or worded(question.short_label or question.label, made.first_name)
    return f"{name}: signed with a pen"


def standing_of(made: Paper) -> list[str]:
    """As they have to stand on the page: what was known when it was signed, and who made the copy of it."""
    by, maker = made.signer, made.maker
    lines = [
        f"{by.name} ",
        f"{by.role}, {by.council}",
        f"{day_and_time(by.signed_at)}, by the clock of laptop {by.device}",
    ]
    if maker:
        when = f"{day_and_time(maker.made_at)}, by the clock of laptop {maker.device}"
        lines += [f"Copy made by {maker.name}", f"{maker.role}, {maker.council}", when]
    return lines


def hold(seeds: range) -> int:
    found = 0
    for seed in seeds:
        made = signed_record(seed)
        document = render(made, fonts())
        words, root = words_of(document), PdfFileReader(io.BytesIO(document)).root["/StructTreeRoot"]
        by_hand = sorted(said for said in pictures_said(root) if said.endswith("with a pen"))
        found += len(by_hand)

        assert by_hand == drawn_by_hand(made), seed
        assert [line for line in standing_of(made) if line not in words] == [], seed
        assert judged(document, made, made.sealed_by) == outcome_of(made), seed
        other = next(name for name in NAMES if name not in (made.sealed_by, made.signer.name))
        assert judged(document, made, other)[0] is Outcome.NOT_ITS_SIGNER, seed
    return found


def judged(document: bytes, made: Paper, sealed_by: str) -> tuple[Outcome, str]:
    """The outcome, and with whom its sentence begins."""
    at = made.maker.made_at if made.maker else made.signer.signed_at
    sealed = seal_pdf(document, WHO[sealed_by], reason="Signed", place="Ashmere Council", at=at)
    verdict = check_pdf(sealed, [COUNCIL.root_pem])
    return verdict.outcome, verdict.sentence.partition(", by the clock")[0]


def outcome_of(made: Paper) -> tuple[Outcome, str]:
    by, maker = made.signer, made.maker
    signed = f"{by.name} signed %s on {day_and_time(by.signed_at)}"
    if maker is None:
        return Outcome.GOOD, signed % "this"
    copy = f"A copy made by {maker.name} of a record signed by {by.name}. {maker.name} sealed the copy"
    return Outcome.COPY_BY_ANOTHER, f"{copy} on {day_and_time(maker.made_at)}; {signed % 'the record'}"


def test_it_is_true_of_any_record_who_signed_it_as_what_and_what_was_drawn() -> None:
    """A hundred records of all forms and readers: name, role, laptop and time on the page are those of the signature,
    ink stands by its question, and a file that another officer seals is not believed."""
    assert hold(range(100)) > 20


@pytest.mark.soak
@pytest.mark.parametrize("part", range(8))
def test_it_is_true_of_any_record_who_signed_it_at_length(part: int) -> None:
    assert hold(range(1000 + 125 * part, 1125 + 125 * part)) > 20
