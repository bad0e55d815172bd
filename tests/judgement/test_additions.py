"""Nothing may be added to a document but the manager's signature and the council's time-stamps."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import InvisSigSettings
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.timestamps import TimeStamper

from casework.errors import NotOurPdf
from desktop.documents import stamp_on_pdf
from desktop.documents.counter_signature import shown_on_paper
from desktop.documents.rendering import render
from desktop.documents.sealing import Identity, countersign_pdf, room_left, seal_pdf
from desktop.documents.stamp_on_pdf import _NOWHERE, _Service, _Untouched
from desktop.paths import fonts
from judgement.signature_form import STAMP_TITLE
from judgement.verdict import Outcome
from tests.judgement.service import Service
from tests.judgement.test_counter_signature import CHANGES
from tests.judgement.test_verification import nadias

STRANGE: dict[str, bytes] = {}
Change = Callable[[IncrementalPdfFileWriter], None]


class Kept:
    """One document in each state, all by one council: sealed, stamped, checked, stamped again."""

    def __init__(self, folder: Path) -> None:
        self.service = Service(folder)
        self.nadia = self.service.officer("Nadia Brightwater", "nadia-1")
        self.tom = self.service.officer("Tom Applegarth", "tom-3")
        made, at = render(replace(nadias(), leaves_room=True), fonts()), self.service.now
        self.sealed = seal_pdf(made, self.nadia, reason="Signed", place="Rotherham", at=at, leaves_room=True)
        self.stamped = self.service.stamp(self.sealed)
        self.checked = self.countersigned(self.stamped)
        self.whole = self.service.stamp(self.checked)

    def countersigned(self, document: bytes, by: Identity | None = None) -> bytes:
        room = room_left(document)
        assert room is not None
        shown = shown_on_paper("Tom Applegarth", ("Team manager",), room, fonts())
        by, at = by or self.tom, self.service.now
        return countersign_pdf(document, by, shown=shown, reason="Checked", place="Rotherham", at=at)

    def refused(self, document: bytes) -> bool:
        try:
            return not self.service.verdict(document).good
        except NotOurPdf:
            return True


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return Kept(tmp_path_factory.mktemp("keys") / "central")


def test_stamps_stand_before_and_after_the_managers_signature(kept: Kept) -> None:
    """What was there before stays byte for byte."""
    before, both = kept.service.verdict(kept.stamped), kept.service.verdict(kept.whole)

    assert kept.whole.startswith(kept.checked)
    assert kept.checked.startswith(kept.stamped)
    assert kept.stamped.startswith(kept.sealed)
    assert (before.outcome, both.outcome, both.checked_by) == (Outcome.GOOD, Outcome.GOOD, "Tom Applegarth")
    assert before.kept is not None
    assert both.kept is not None
    assert kept.service.verdict(kept.checked).kept is None
    assert "saw that on" not in kept.service.verdict(kept.checked).sentence


@pytest.mark.parametrize("examples", [30, pytest.param(500, marks=pytest.mark.soak)])
@pytest.mark.parametrize("state", ["stamped", "whole"])
def test_any_changed_byte_is_noticed(kept: Kept, state: str, examples: int) -> None:
    """As often in what was added as in the whole."""
    chance, unnoticed, document = random.Random(state), [], getattr(kept, state)
    for number in range(examples):
        place = chance.randrange(len(kept.sealed) if number % 2 else 0, len(document))
        changed = bytearray(document)
        changed[place] ^= 1 << chance.randrange(8)
        unnoticed += [] if kept.refused(bytes(changed)) else [place]

    assert unnoticed == []


def test_every_digit_of_a_time_stamp_counts(kept: Kept) -> None:
    start = kept.stamped.rindex(b"/Contents <") + len(b"/Contents <")
    end, unnoticed = kept.stamped.index(b">", start), []
    for place in [*range(start, start + 5000, 599), end - 900, end - 1]:
        changed = bytearray(kept.stamped)
        changed[place] = b"123456789ABCDEF0"[int(kept.stamped[place : place + 1], 16)]
        unnoticed += [] if kept.refused(bytes(changed)) else [place]

    assert unnoticed == []


def _title(writer: IncrementalPdfFileWriter) -> None:
    held = writer.root["/Metadata"]
    held._data = held.data.replace(b"</rdf:RDF>", b"<!-- another title --></rdf:RDF>")
    held._encoded_data = None
    writer.update_container(held)


def _orphan(writer: IncrementalPdfFileWriter) -> None:
    writer.add_object(generic.StreamObject(stream_data=b"words that nothing refers to"))


def _same_again(writer: IncrementalPdfFileWriter) -> None:
    writer.mark_update(writer.root["/Pages"].container_ref)


def _fill_the_room(writer: IncrementalPdfFileWriter) -> None:
    """Something shown where the manager would sign."""
    fields = writer.root["/AcroForm"]["/Fields"]
    field = next(fields[number] for number in range(len(fields)) if fields[number]["/T"] == "Checker")
    field[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(_picture())})
    writer.update_container(field)


def _picture() -> generic.StreamObject:
    made = generic.StreamObject(stream_data=b"0 0 100 40 re f")
    made[pdf_name("/Subtype")] = pdf_name("/Form")
    made[pdf_name("/BBox")] = generic.ArrayObject(generic.NumberObject(side) for side in (0, 0, 100, 40))
    return made


def _in_the_store(writer: IncrementalPdfFileWriter, name: str, data: bytes) -> None:
    held = writer.root.get("/DSS") or generic.DictionaryObject()
    held = held.get_object() if isinstance(held, generic.IndirectObject) else held
    more = writer.add_object(generic.StreamObject(stream_data=data))
    held[pdf_name(name)] = generic.ArrayObject([*held.get(name, []), more])
    writer.root[pdf_name("/DSS")] = writer.add_object(held)
    writer.update_root()


def _strange_list(writer: IncrementalPdfFileWriter) -> None:
    _in_the_store(writer, "/CRLs", STRANGE["list"])


def _strange_certificate(writer: IncrementalPdfFileWriter) -> None:
    _in_the_store(writer, "/Certs", STRANGE["certificate"])


def _another_kind(writer: IncrementalPdfFileWriter) -> None:
    held = generic.DictionaryObject({pdf_name("/Note"): pdf_string("words")})
    writer.root[pdf_name("/DSS")] = writer.add_object(held)
    writer.update_root()


MORE: tuple[Change, ...] = (
    _title, _orphan, _same_again, _fill_the_room, _strange_list, _strange_certificate, _another_kind,
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _of_another_council(tmp_path_factory: pytest.TempPathFactory) -> None:
    other = Service(tmp_path_factory.mktemp("other") / "central")
    STRANGE["certificate"] = other.authority.certificate.public_bytes(Encoding.DER)
    STRANGE["list"] = x509.load_pem_x509_crl(other.lists.encode()).public_bytes(Encoding.DER)


def changed(document: bytes, change: Change) -> bytes:
    out, writer = io.BytesIO(), _Untouched(io.BytesIO(document))
    change(writer)
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("change", [*CHANGES, *MORE], ids=lambda change: change.__name__)
def test_nothing_else_is_added(kept: Kept, change: Change) -> None:
    """Not after, and not before a time-stamp that an officer’s laptop may well have asked for."""
    document = changed(kept.whole, change)

    assert kept.service.verdict(document).outcome is Outcome.CHANGED
    assert kept.service.verdict(kept.service.stamp(document)).outcome is Outcome.CHANGED


@pytest.mark.parametrize("change", [*CHANGES, *MORE], ids=lambda change: change.__name__)
def test_nor_in_one_step_with_a_time_stamp(kept: Kept, change: Change, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stamp itself is genuine, and over all of it."""

    class Heedless(_Untouched):
        def __init__(self, *given: object) -> None:
            super().__init__(*given)
            change(self)

    monkeypatch.setattr(stamp_on_pdf, "_Untouched", Heedless)

    assert kept.service.verdict(kept.service.stamp(kept.sealed)).outcome is Outcome.CHANGED


@pytest.mark.parametrize(
    ("name", "place", "title"),
    [
        ("Stamp2", _NOWHERE, STAMP_TITLE),
        ("Other", _NOWHERE, STAMP_TITLE),
        ("Stamp1", _NOWHERE, "Signed by the Director"),
        ("Stamp1", InvisSigSettings(set_hidden_flag=True), STAMP_TITLE),
    ],
)
def test_a_time_stamp_in_another_form_is_a_change(kept: Kept, name: str, place: InvisSigSettings, title: str) -> None:
    stamper = PdfTimeStamper(_Service(kept.service.reply), name, place, title)
    out = stamper.timestamp_pdf(_Untouched(io.BytesIO(kept.sealed)), "sha256", bytes_reserved=12_288)
    is_plain = place is not _NOWHERE  # a box of no size shows nothing, wherever it is

    assert kept.service.verdict(out.getvalue()).good is is_plain


def test_a_stamp_by_anybody_else_is_a_change(kept: Kept, tmp_path: Path) -> None:
    """By another council’s service; by an officer’s key; by the service’s own key for TLS."""
    other, own = Service(tmp_path / "other"), Service(tmp_path / "own")
    file = own.authority.folder / "stamping.pem"
    file.write_text(kept.nadia.key_pem + kept.nadia.chain_pem)

    assert kept.service.verdict(other.stamp(kept.sealed)).outcome is Outcome.CHANGED
    assert kept.service.verdict(own.stamp(kept.sealed)).outcome is Outcome.CHANGED
    chain, key = (path.read_text() for path in kept.service.authority.server_files)
    file.write_text(key + chain)
    assert kept.service.verdict(own.stamp(kept.sealed)).outcome is Outcome.CHANGED


def test_a_stamp_over_another_document_is_a_change(kept: Kept) -> None:
    """A genuine reply, for another hash."""
    replies: list[bytes] = []

    def first_of_all(request: bytes) -> bytes:
        replies.append(kept.service.reply(request))
        return replies[0]

    service = kept.service
    stamp_on_pdf.stamped(kept.sealed, first_of_all, service.authority.pem, service.lists)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_Service, "__init__", _without_nonce(first_of_all))
        moved = stamp_on_pdf.stamped(kept.whole, first_of_all, service.authority.pem, service.lists)

    assert service.verdict(moved).outcome is Outcome.CHANGED


def _without_nonce(ask: Callable[[bytes], bytes]) -> Callable[[_Service, object], None]:
    def made(self: _Service, _given: object) -> None:
        TimeStamper.__init__(self, include_nonce=False)
        self._ask = ask

    return made
