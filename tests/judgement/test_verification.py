"""Each way a signed PDF can stand has a sentence of its own, and only what is true is said."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import keys, pem, x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.crypt import StandardSecurityHandler
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from casework.errors import NotOurPdf
from casework.identifiers import OfficerId
from desktop.documents.find_me_card import PaperCard, card_pdf
from desktop.documents.paper import Maker, Paper
from desktop.documents.rendering import render
from desktop.documents.sealing import Identity, seal_pdf
from desktop.paths import fonts
from judgement.first_look import MAX_BYTES
from judgement.verdict import Outcome, Verdict
from judgement.verification import check_pdf
from tests.desktop.documents.conformance import conformance, words_in
from tests.desktop.documents.council import Council
from tests.desktop.documents.papers import paper

FILES = Path(__file__).with_name("files")
COUNCIL = Council()
NADIA = COUNCIL.officer("Nadia Brightwater", "nadia-1")
DELE = COUNCIL.officer("Dele Winterbourne", "dele-2")
ROOTS = [COUNCIL.root_pem]
LATER = timedelta(days=3 * 365)


def nadias() -> Paper:
    made = paper()
    return replace(made, signer=replace(made.signer, officer_id=OfficerId("nadia-1")))


def copied_by_dele() -> Paper:
    maker = Maker(
        "Dele Winterbourne", "Social worker", "Ashmere Council", "ASH-0200", datetime.now(UTC), OfficerId("dele-2")
    )
    return replace(nadias(), maker=maker)


def sealed(unsigned: bytes, identity: Identity) -> bytes:
    return seal_pdf(unsigned, identity, reason="Signed", place="Ashmere Council", at=datetime.now(UTC))


def verdict_of(what: Paper | bytes, identity: Identity = NADIA, **known: object) -> Verdict:
    unsigned = what if isinstance(what, bytes) else render(what, fonts())
    return check_pdf(sealed(unsigned, identity), ROOTS, **known)  # type: ignore[arg-type]


def test_what_its_signer_sealed_is_good() -> None:
    verdict = verdict_of(nadias())

    assert (verdict.outcome, verdict.good) == (Outcome.GOOD, True)
    assert verdict.sentence.startswith("Nadia Brightwater signed this on ")


def test_a_copy_by_somebody_else_says_who_signed_and_who_copied(tmp_path: Path) -> None:
    """On the page, in the file and by the checker; the signer's role and laptop are not the maker's."""
    document = sealed(render(copied_by_dele(), fonts()), DELE)
    (tmp_path / "copy.pdf").write_bytes(document)
    verdict, words = check_pdf(document, ROOTS), words_in(document)

    assert verdict.outcome is Outcome.COPY_BY_ANOTHER
    assert "A copy made by Dele Winterbourne of a record signed by Nadia Brightwater" in verdict.sentence
    assert "Copy made by Dele Winterbourne" in words
    assert "Missing advocate, Ashmere Council" in words
    assert "laptop ASH-0142" in words
    assert conformance(tmp_path / "copy.pdf") == ["PASS 3a", "PASS ua1"]


def test_a_document_sealed_by_another_than_it_says_is_red() -> None:
    """Dele resaves what Nadia signed, as hers."""
    verdict = verdict_of(nadias(), DELE)

    assert (verdict.outcome, verdict.good) == (Outcome.NOT_ITS_SIGNER, False)
    assert "Dele Winterbourne sealed it" in verdict.sentence


def test_a_namesake_is_not_the_signer() -> None:
    """By number, not by name."""
    assert verdict_of(nadias(), COUNCIL.officer("Nadia Brightwater", "nadia-9")).outcome is Outcome.NOT_ITS_SIGNER


def with_other_pages(unsigned: bytes) -> bytes:
    """A line is painted out before an officer seals it: page and attached record part."""
    writer = IncrementalPdfFileWriter(io.BytesIO(unsigned))
    page = writer.root["/Pages"]["/Kids"][0]
    old = page.raw_get("/Contents")
    more = writer.add_object(generic.StreamObject(stream_data=b"/Artifact BMC 1 1 1 rg 60 600 400 40 re f EMC"))
    page[generic.pdf_name("/Contents")] = generic.ArrayObject([old, more])
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(("made", "identity"), [(nadias(), NADIA), (copied_by_dele(), DELE)], ids=["own", "copy"])
def test_pages_that_are_not_those_of_the_attached_record_are_red(made: Paper, identity: Identity) -> None:
    verdict = verdict_of(with_other_pages(render(made, fonts())), identity)

    assert (verdict.outcome, verdict.good) == (Outcome.PAGE_DIFFERS, False)


def test_letters_that_are_drawn_otherwise_are_red() -> None:
    """Which outline a code draws, changed before an officer seals it: each word is read as it was and shows another."""
    unsigned = render(nadias(), fonts())
    writer = IncrementalPdfFileWriter(io.BytesIO(unsigned))
    held = writer.root["/Pages"]["/Kids"][0]["/Resources"]["/Font"]
    font = held[next(iter(held))]["/DescendantFonts"][0]
    places = font["/CIDToGIDMap"].data
    swapped = generic.StreamObject(stream_data=places[:2] + places[4:6] + places[2:4] + places[6:])
    font[generic.pdf_name("/CIDToGIDMap")] = writer.add_object(swapped)
    writer.update_container(font)
    out = io.BytesIO()
    writer.write(out)

    assert verdict_of(out.getvalue(), NADIA).outcome is Outcome.PAGE_DIFFERS


def test_a_certificate_that_has_ended_since_was_good() -> None:
    """After 730 days the council is still known, and the document still what was signed."""
    verdict = verdict_of(nadias(), now=datetime.now(UTC) + LATER)

    assert (verdict.outcome, verdict.good) == (Outcome.ENDED_SINCE, True)
    assert "The certificate has ended since" in verdict.sentence
    assert "no certificate of a council" not in verdict.sentence


def test_thirty_years_on_with_the_councils_root_ended_too() -> None:
    assert verdict_of(nadias(), now=datetime.now(UTC) + 10 * LATER).outcome is Outcome.ENDED_SINCE


def test_an_older_councils_root_that_certified_officers_itself_is_believed_as_before() -> None:
    older = Council(issuing=False)
    made = sealed(render(nadias(), fonts()), older.officer("Nadia Brightwater", "nadia-1"))

    assert check_pdf(made, [older.root_pem]).outcome is Outcome.GOOD
    assert check_pdf(made, ROOTS).outcome is Outcome.UNKNOWN_COUNCIL


def test_a_withdrawn_issuing_key_counts_for_what_was_signed_before_only() -> None:
    now = datetime.now(UTC)
    before, since = (COUNCIL.withdrawn_issuing(now + by) for by in (timedelta(hours=-1), timedelta(hours=1)))

    assert verdict_of(nadias(), lists=[before]).outcome is Outcome.WITHDRAWN_BEFORE
    assert verdict_of(nadias(), lists=[since]).outcome is Outcome.WITHDRAWN_SINCE
    # what the withdrawn key says of others counts for nothing either
    assert "No list" not in verdict_of(nadias(), lists=[before]).sentence
    assert verdict_of(nadias(), lists=[since, COUNCIL.withdrawn(NADIA, now - LATER)]).outcome is Outcome.WITHDRAWN_SINCE


def test_an_officers_key_certifies_nobody() -> None:
    forged = COUNCIL.certified_by(NADIA, "Tom Applegarth")
    verdict = verdict_of(nadias(), forged)

    assert (verdict.good, verdict.trusted) == (False, False)
    assert verdict.outcome is Outcome.UNKNOWN_COUNCIL


@pytest.mark.parametrize(
    ("withdrawn", "outcome"),
    [(-timedelta(hours=1), Outcome.WITHDRAWN_BEFORE), (timedelta(hours=1), Outcome.WITHDRAWN_SINCE)],
)
def test_the_list_of_withdrawn_certificates_is_asked(withdrawn: timedelta, outcome: Outcome) -> None:
    """By the day of signing; a list of another council, or none, says nothing."""
    now = datetime.now(UTC)
    lists = [COUNCIL.withdrawn(NADIA, now + withdrawn)]

    assert verdict_of(nadias(), lists=lists).outcome is outcome
    other = [COUNCIL.withdrawn(DELE, now)]
    assert "list of withdrawn certificates of " in verdict_of(nadias(), lists=other).sentence
    assert "No list of withdrawn certificates is here" in verdict_of(nadias()).sentence
    assert verdict_of(nadias(), lists=[Council().withdrawn(NADIA, now - LATER), "noise"]).outcome is Outcome.GOOD


@pytest.mark.parametrize("identity", [COUNCIL.service(), COUNCIL.itself()], ids=["service", "council"])
def test_a_key_made_for_something_else_signs_no_document(identity: Identity) -> None:
    verdict = verdict_of(paper(), identity)

    assert (verdict.outcome, verdict.good) == (Outcome.NOT_AN_OFFICER, False)


@pytest.mark.parametrize("identity", [COUNCIL.officer("A", starts=2), COUNCIL.officer("A", starts=-9, days=-2)])
def test_a_certificate_that_was_not_good_when_it_signed(identity: Identity) -> None:
    assert verdict_of(paper(), identity).outcome is Outcome.NOT_VALID_THEN


def test_a_clock_that_was_ahead_is_said() -> None:
    assert verdict_of(nadias(), now=datetime.now(UTC) - timedelta(days=2)).outcome is Outcome.SIGNED_IN_THE_FUTURE


def test_another_councils_document_is_of_a_council_not_known() -> None:
    verdict = check_pdf(sealed(render(paper(), fonts()), Council().officer("Nadia Brightwater")), ROOTS)

    assert (verdict.outcome, verdict.good, verdict.intact) == (Outcome.UNKNOWN_COUNCIL, False, True)


@pytest.mark.parametrize("file", sorted(FILES.glob("signed-*.pdf")), ids=lambda path: path.stem)
def test_an_unaltered_file_of_another_program_is_not_called_changed(file: Path) -> None:
    with file.open("rb") as stream:
        verdict = check_pdf(stream, ROOTS)

    assert (verdict.outcome, verdict.good, verdict.intact) == (Outcome.OTHER_PROGRAM, False, True)
    assert "not a document of Homeward" in verdict.sentence
    assert "changed since" not in verdict.sentence


def test_a_changed_file_of_another_program_is() -> None:
    content = bytearray((FILES / "signed-no-signed-attributes.pdf").read_bytes())
    place = content.index(b"JFIF") + 400
    content[place] ^= 1

    assert check_pdf(bytes(content), ROOTS).outcome is Outcome.OTHER_CHANGED


def test_a_locked_file_is_not_called_damaged() -> None:
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(render(paper(), fonts()))))
    writer._assign_security_handler(StandardSecurityHandler.build_from_pw("owner", "user"))
    out = io.BytesIO()
    writer.write(out)

    with pytest.raises(NotOurPdf, match="protected with a password"):
        check_pdf(out.getvalue(), ROOTS)


def test_a_file_with_something_before_its_beginning_is_not_called_damaged() -> None:
    """As a mail program leaves it; other readers open it."""
    with pytest.raises(NotOurPdf, match="cannot be read here"):
        check_pdf(b"\n\n" + render(paper(), fonts()), ROOTS)


def test_a_file_larger_than_any_of_ours_is_not_read(tmp_path: Path) -> None:
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(MAX_BYTES + 1)
    with large.open("rb") as stream, pytest.raises(NotOurPdf, match="larger than 200 MB"):
        check_pdf(stream, ROOTS)


def card(made_by: str) -> bytes:
    made = datetime.now(UTC)
    about = PaperCard(
        "Find Me card", "Wren", "Born", "", None, "", [], [], [], "Made today.", "Nadia Brightwater", made
    )
    return card_pdf(replace(about, officer_id=OfficerId(made_by)), fonts())


def test_a_card_is_its_makers_and_nobody_elses() -> None:
    assert verdict_of(card("nadia-1")).outcome is Outcome.GOOD
    assert verdict_of(card("nadia-1"), DELE).outcome is Outcome.NOT_ITS_SIGNER
    assert verdict_of(with_other_pages(card("nadia-1"))).outcome is Outcome.PAGE_DIFFERS


class Heedless(signers.PdfSigner):  # type: ignore[misc]  # pyHanko has no types
    """Signs what its author certified against any change."""

    def _enforce_certification_constraints(self, reader: PdfFileReader) -> None:
        """Nothing is forbidden."""


def test_a_foreign_signature_over_a_changed_document_of_ours_does_not_hide_the_change() -> None:
    """Whoever adds to it may sign what they added: it is still a document of the council, and changed."""
    ours = sealed(render(nadias(), fonts()), NADIA)
    foreign = Council("Elsewhere").officer("Somebody")
    certificate = next(der for _, _, der in pem.unarmor(foreign.chain_pem.encode(), multiple=True))
    _, _, key = pem.unarmor(foreign.key_pem.encode())
    signer = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(certificate),
        signing_key=keys.PrivateKeyInfo.load(key),
        cert_registry=SimpleCertificateStore(),
    )
    out = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(with_other_pages(ours)))
    Heedless(signers.PdfSignatureMetadata(field_name="Other"), signer=signer).sign_pdf(writer, output=out)

    assert check_pdf(out.getvalue(), ROOTS).outcome is Outcome.CHANGED
