"""A copy is held against its signer, its pages, and the record it is of when that is on this laptop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from casework.canonical import JSON, canonical
from casework.errors import DocumentError
from desktop.documents.paper import Paper
from desktop.documents.pdf.structure_tree import Element, TagPlace
from desktop.documents.pdfua import Closing, finish
from desktop.documents.rendering import render
from desktop.documents.sealing import seal_pdf
from desktop.documents.tagging import FIELD, TaggedCanvas
from desktop.flows.access.passphrase_and_recovery import notices
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.flows.signing import signing
from desktop.flows.signing.exporting import export, paper_of, rules_of
from desktop.flows.signing.officer_identity import identity
from desktop.flows.signing.pdf_check import verify
from desktop.paths import fonts
from desktop.store.database.remembered import (
    CERTIFICATE,
    DEVICE,
    OFFICER,
    REVOCATIONS,
    SERVICE,
    Certificate,
    CouncilService,
    Revocations,
)
from judgement.verdict import Outcome
from tests.casework.forms.test_return_home_interview import COMPLETE
from tests.desktop.clock import Clock
from tests.desktop.documents.conformance import text_of
from tests.desktop.documents.council import Council
from tests.desktop.flows.colleague import Colleague, arrives

COUNCIL = Council()


@pytest.fixture
def joined(desk: Desk) -> Desk:
    """With a certificate of the council, and the council's own."""
    mine = COUNCIL.officer("Nadia Brightwater", "nadia", starts=-3000, days=20_000)
    desk.vault.settings.put(CERTIFICATE, Certificate(chain_pem=mine.chain_pem, key_pem=mine.key_pem))
    desk.vault.settings.put(SERVICE, CouncilService(ca_pem=COUNCIL.root_pem))
    return desk


def interview(desk: Desk, **more: JSON) -> str:
    child = editing.new_record(desk, "child", known={"given_name": "Wren", "family_name": "Hollowby"})
    record = editing.new_record(desk, "return_home_interview", child)
    known: dict[str, JSON] = {**COMPLETE, **more}
    editing.answer(desk, record, {name: value for name, value in known.items() if name != "episode_id"})
    return record


def signed(desk: Desk, **more: JSON) -> str:
    record = interview(desk, **more)
    signing.lock_record(desk, record, name="Nadia Brightwater", ink=None)
    return record


def paper_for(desk: Desk, record_id: str, reader: str) -> Paper:
    record = editing.open_record(desk, record_id)
    return paper_of(desk, record, next(rule for rule in rules_of(desk, record) if rule.id == reader))


def sealed_by_me(desk: Desk, what: Paper, to: Path) -> Path:
    document = seal_pdf(render(what, fonts()), identity(desk), reason="Signed", place="Ashmere", at=desk.now())
    to.write_bytes(document)
    return to


@pytest.mark.parametrize("reader", ["full", "child", "allocated_worker"])
def test_an_honest_copy_says_what_the_record_gives_its_reader(joined: Desk, tmp_path: Path, reader: str) -> None:
    record = signed(joined)
    export(joined, record, reader, tmp_path / "copy.pdf")
    verdict = verify(tmp_path / "copy.pdf", joined)

    assert (verdict.outcome, verdict.good) == (Outcome.GOOD, True)
    assert verdict.sentence.endswith("It says what the record on this laptop gives its reader.")


def test_what_another_signed_is_exported_as_a_copy(joined: Desk, tmp_path: Path) -> None:
    """Her role, her laptop and her time stand under her name, and mine under mine."""
    record = interview(joined)
    arrives(joined, Colleague("dele", "d2").signs(joined.vault.view(record)))
    export(joined, record, "full", tmp_path / "copy.pdf")
    verdict, words = verify(tmp_path / "copy.pdf", joined), text_of(tmp_path / "copy.pdf")

    assert verdict.outcome is Outcome.COPY_BY_ANOTHER
    assert "copy made by Nadia Brightwater of a record signed by Dele Winterbourne" in verdict.sentence
    assert "Copy made by Nadia Brightwater" in words
    assert "Social worker, Ashmere Council" in words
    assert "laptop ASH-0200" in words
    assert "26 March 2026, 17:00" in words


def test_an_altered_copy_that_an_officer_seals_as_their_own_is_caught(joined: Desk, tmp_path: Path) -> None:
    """Other words, on the page and in the attached record alike, under a certificate that is good."""
    record = interview(joined)
    arrives(joined, Colleague("dele", "d2").signs(joined.vault.view(record)))
    honest = paper_for(joined, record, "full")
    forged = replace(honest, answers={**honest.answers, "during": "I stayed in all night."})
    verdict = verify(sealed_by_me(joined, forged, tmp_path / "forged.pdf"), joined)

    assert (verdict.outcome, verdict.good) == (Outcome.NOT_THE_RECORD, False)


def test_pages_drawn_of_other_words_than_are_attached_are_caught(joined: Desk, tmp_path: Path) -> None:
    """The attached record is true to the byte, the pages are not."""
    honest = paper_for(joined, signed(joined), "full")

    class Forged(Paper):
        def said(self) -> dict[str, JSON]:
            return honest.said()

    members = {name: getattr(honest, name) for name in Paper.__dataclass_fields__}
    forged = Forged(**{**members, "answers": {**honest.answers, "during": "I stayed in all night."}})
    verdict = verify(sealed_by_me(joined, forged, tmp_path / "forged.pdf"), joined)

    assert (verdict.outcome, verdict.good) == (Outcome.PAGE_DIFFERS, False)


def test_a_copy_with_an_answer_its_reader_may_not_have_is_caught(joined: Desk, tmp_path: Path) -> None:
    record = signed(joined)
    full, childs = paper_for(joined, record, "full"), paper_for(joined, record, "child")
    more = replace(childs, answers=full.answers, shown=full.shown)
    verdict = verify(sealed_by_me(joined, more, tmp_path / "more.pdf"), joined)

    assert "analysis" not in childs.answers
    assert verdict.outcome is Outcome.NOT_THE_RECORD


def test_a_document_of_before_is_neither_red_nor_held_against_the_record(joined: Desk, tmp_path: Path) -> None:
    """What was attached then stated no hash: that is said, and its signer must be who sealed it."""
    honest = paper_for(joined, signed(joined), "full")
    old = {"form": "return_home_interview", "record": honest.record_id, "copy": "full", "signed_by": honest.signer.name}

    def of_before(name: str) -> bytes:
        attached = canonical({**old, "signed_by": name})
        return finish(canvas, tree, Closing("Interview", name, joined.now(), lambda _hash: attached, field))

    canvas, tree, field = blank_page()
    mine, theirs = tmp_path / "mine.pdf", tmp_path / "theirs.pdf"
    for file, name in ((mine, "Nadia Brightwater"), (theirs, "Dele Winterbourne")):
        file.write_bytes(seal_pdf(of_before(name), identity(joined), reason="x", place="y", at=joined.now()))
    verdict = verify(mine, joined)

    assert verdict.good
    assert verdict.sentence.endswith("read both, or make it anew.")
    assert verify(theirs, joined).outcome is Outcome.NOT_ITS_SIGNER


def blank_page() -> tuple[TaggedCanvas, Element, tuple[str, str, TagPlace]]:
    canvas = TaggedCanvas((200, 200))
    canvas.mark_place(FIELD, 100, 40)
    canvas.showPage()
    return canvas, Element("Document"), (FIELD, "Signature", canvas.places[FIELD])


def test_the_laptops_own_list_of_withdrawn_certificates_is_asked(joined: Desk, tmp_path: Path) -> None:
    export(joined, signed(joined), "full", tmp_path / "copy.pdf")
    at = joined.now() - timedelta(minutes=5)
    joined.vault.settings.put(REVOCATIONS, Revocations(at="", pem=COUNCIL.withdrawn(identity(joined), at)))
    verdict = verify(tmp_path / "copy.pdf", joined)

    assert (verdict.outcome, verdict.good) == (Outcome.WITHDRAWN_BEFORE, False)


def test_the_same_copy_later_states_the_role_and_laptop_of_its_signing(
    joined: Desk, reopen: Callable[[], Desk], tmp_path: Path
) -> None:
    record = signed(joined)
    joined.vault.settings.put(OFFICER, structs.replace(joined.vault.settings.get(OFFICER), role="missing_manager"))
    joined.vault.settings.put(DEVICE, structs.replace(joined.device, name="ASH-0999"))
    export(reopen(), record, "full", tmp_path / "copy.pdf")
    words = text_of(tmp_path / "copy.pdf")

    assert "Missing advocate, Ashmere Council" in words
    assert "ASH-0142" in words
    assert "ASH-0999" not in words


def test_a_childs_drawing_is_a_drawing_and_no_signature(joined: Desk, tmp_path: Path) -> None:
    drawing: JSON = {"strokes": [[[5, 5], [40, 30]]], "width": 100, "height": 50}
    made = paper_for(joined, signed(joined, child_drawing=drawing, child_ink={"none": "not_said"}), "full")
    file = sealed_by_me(joined, made, tmp_path / "copy.pdf")

    assert "Draw here if you like" in text_of(file)
    assert "Wren’s signature: Chose not to say" in text_of(file)
    assert b"Signature of Wren" not in file.read_bytes()


def test_a_copy_of_a_plan_is_still_its_own_when_a_later_one_is_agreed(
    joined: Desk, clock: Clock, tmp_path: Path
) -> None:
    """It says where its version stood that day; its pages are compared all the same."""
    child = editing.new_record(joined, "child", known={"given_name": "Wren"})
    first = editing.new_record(joined, "find_me_plan", child, {"names": "Wren", "looks": "Green coat"})
    signing.lock_record(joined, first, name="Nadia Brightwater", ink=None)
    export(joined, first, "full", tmp_path / "plan.pdf")
    clock.passes(days=3)
    later = editing.new_record(joined, "find_me_plan", child, {"names": "Wren"})
    signing.lock_record(joined, later, name="Nadia Brightwater", ink=None)
    verdict = verify(tmp_path / "plan.pdf", joined)

    assert verdict.sentence.endswith("It says what the record on this laptop gives its reader.")
    assert "as known on 27 March 2026" in " ".join(text_of(tmp_path / "plan.pdf").split())


def test_a_certificate_that_ended_seals_nothing_and_says_how_it_is_renewed(joined: Desk, tmp_path: Path) -> None:
    """It was sealed all the same, and everybody else's check then said not to rely on it."""
    record = signed(joined)
    mine = COUNCIL.officer("Nadia Brightwater", "nadia", starts=-3000, days=-2900)
    joined.vault.settings.put(CERTIFICATE, Certificate(chain_pem=mine.chain_pem, key_pem=mine.key_pem))
    with pytest.raises(DocumentError, match=r"ended on .* Sync once, and it is renewed"):
        export(joined, record, "full", tmp_path / "copy.pdf")

    assert list(tmp_path.glob("*.pdf")) == []
    (said,) = notices(joined)
    assert said.startswith("The certificate you sign documents with ended on")
