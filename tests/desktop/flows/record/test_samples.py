"""Samples of work: what is hidden is gone, in the store, in its files, in the report and in what is sent."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageStat

from casework.errors import KnownError
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.flows.record.samples import Edit, keep, open_file, open_kept, open_pasted, preview
from desktop.flows.signing import signing
from desktop.flows.signing.exporting import export
from desktop.store.disk.errors import AttachmentRefused
from tests.desktop.documents.conformance import conformance, text_of
from tests.desktop.flows.child.test_child_page import certify

NAME = (0.6, 0.1, 0.9, 0.2)
ROW = ("samples", "river")
FAINT = 60  # chance shades differ by less
BARS, GAPS = range(250, 350, 12), range(256, 350, 12)


@pytest.fixture
def photograph(tmp_path: Path) -> Path:
    """White, 400 by 200, with the strokes of a “name” at the top right, and a word about the camera."""
    picture = Image.new("RGB", (400, 200), "white")
    for left in BARS:
        ImageDraw.Draw(picture).rectangle([left, 24, left + 5, 36], fill="black")
    exif = Image.Exif()
    exif[0x0110] = "Invented camera"
    path = tmp_path / "story.jpg"
    picture.save(path, quality=95, exif=exif)
    return path


def legible(data: bytes) -> float:
    """How much darker the strokes of the name are than what is between them, of 255."""
    with Image.open(io.BytesIO(data)) as picture:
        grey = picture.convert("L").resize((400, 200))

    def mean(lefts: range) -> float:
        return sum(ImageStat.Stat(grey.crop((x + 1, 26, x + 5, 35))).mean[0] for x in lefts) / len(lefts)

    return mean(GAPS) - mean(BARS)


def report(desk: Desk) -> str:
    child = editing.new_record(desk, "child", known={"given_name": "Otto", "family_name": "Pennyfeather"})
    return editing.new_record(desk, "ehe_visit", child)


def everything(desk: Desk) -> Iterator[bytes]:
    """Every picture the store can still show: each row, its thumbnail, and each file by any key there is."""
    reading = desk.vault._summaries._readers
    for sha, small in reading.rows("SELECT sha256, thumbnail FROM attachment"):
        with desk.vault.attachments.open(str(sha)) as stream:
            yield stream.read()
        if isinstance(small, bytes):
            yield small


def test_the_photograph_is_as_it_should_be(photograph: Path) -> None:
    assert legible(photograph.read_bytes()) > 150


def test_a_hidden_name_is_nowhere_in_the_store(desk: Desk, photograph: Path) -> None:
    """Not in a file, a thumbnail, the database, the log, or beside them; and never a second copy."""
    record = report(desk)
    sheet = open_file(photograph)
    assert sheet is not None
    keep(desk, record, sheet, [Edit("hide", NAME)], row=ROW)
    kept = list(everything(desk))
    files = [path for path in desk.vault.folder.rglob("*") if path.is_file()]

    samples = editing.open_record(desk, record).answers["samples"]
    assert isinstance(samples, list)
    (row,) = samples
    assert row["file"]["name"].endswith(".jpg")
    assert len(kept) == 2
    assert max(legible(picture) for picture in kept) < FAINT
    assert len(list((desk.vault.folder / "attachments").iterdir())) == 1
    original = photograph.read_bytes()
    for path in files:
        content = path.read_bytes()
        assert b"Invented camera" not in content
        assert original[200:260] not in content


def test_names_hidden_later_take_the_picture_before_away(desk: Desk, photograph: Path) -> None:
    """The file, its key and its thumbnail go at once; a restart finds only the picture without the name."""
    record = report(desk)
    sheet = open_file(photograph)
    assert sheet is not None
    first = keep(desk, record, sheet, [], row=ROW).file
    assert min(legible(picture) for picture in everything(desk)) > FAINT
    again = open_kept(desk, str(first["sha256"]), "story.jpg")
    second = keep(desk, record, again, [Edit("hide", NAME)], row=ROW, instead_of=str(first["sha256"]))

    assert second.file["sha256"] != first["sha256"]
    assert not desk.vault.attachments.has(str(first["sha256"]))
    assert len(list((desk.vault.folder / "attachments").iterdir())) == 1
    assert max(legible(picture) for picture in everything(desk)) < FAINT
    assert not second.already_sent


def test_one_that_had_gone_to_the_council_is_said_to_have(desk: Desk, photograph: Path) -> None:
    record = report(desk)
    sheet = open_file(photograph)
    assert sheet is not None
    first = str(keep(desk, record, sheet, [], row=ROW).file["sha256"])
    desk.vault.attachments.sent(first, "2026-03-27T14:00:00+00:00")

    assert keep(desk, record, sheet, [Edit("turn")], row=ROW, instead_of=first).already_sent
    assert not desk.vault.attachments.has(first)


def test_a_picture_that_another_record_uses_stays_there(desk: Desk, photograph: Path) -> None:
    one, other = report(desk), report(desk)
    sheet = open_file(photograph)
    assert sheet is not None
    first = str(keep(desk, one, sheet, [], row=ROW).file["sha256"])
    assert str(keep(desk, other, sheet, [], row=ROW).file["sha256"]) == first
    keep(desk, one, sheet, [Edit("turn")], row=ROW, instead_of=first)

    assert desk.vault.attachments.has(first)


def test_what_is_hidden_tells_nothing_but_its_mean(photograph: Path) -> None:
    """Two hidings of one name differ: the cells come from chance, so none can be worked back to a letter."""
    sheet = open_file(photograph)
    assert sheet is not None
    assert sheet.finished([Edit("hide", NAME)]) != sheet.finished([Edit("hide", NAME)])


def test_edits_come_one_on_the_other_and_undo_takes_the_last(photograph: Path) -> None:
    """A quarter turn, then a crop of what then lies in the left half; without the crop the turn is still there."""
    sheet = open_file(photograph)
    assert sheet is not None
    edits = [Edit("turn"), Edit("crop", (0.0, 0.0, 0.5, 1.0))]

    def size(data: bytes) -> tuple[int, int]:
        with Image.open(io.BytesIO(data)) as picture:
            return picture.size

    assert size(sheet.finished(edits[:1])) == (200, 400)
    assert size(sheet.finished(edits)) == (101, 400)
    assert size(preview(sheet, edits[:1])) == (200, 400)
    assert size(sheet.finished([])) == (400, 200)


@pytest.mark.parametrize("box", [(0, 0, 0, 0), (1, 1, 1, 1), (-0.5, -0.5, 2, 2), (0.99, 0.99, 1, 1)])
@pytest.mark.parametrize("kind", ["hide", "crop"])
def test_any_box_is_inside_the_picture(photograph: Path, kind: str, box: tuple[float, float, float, float]) -> None:
    sheet = open_file(photograph)
    assert sheet is not None
    assert sheet.finished([Edit(kind, box)])


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("notes.txt", b"not a picture", "is not a picture"),
        ("torn.png", b"\x89PNG\r\n\x1a\n torn", "damaged|whole|read"),
    ],
)
def test_what_is_no_picture_is_refused_in_words(name: str, content: bytes, says: str) -> None:
    with pytest.raises(AttachmentRefused, match=says):
        open_pasted(content)


def test_a_document_is_not_laid_on_the_table(tmp_path: Path) -> None:
    paper = tmp_path / "plan.pdf"
    paper.write_bytes(b"%PDF-1.7\n%%EOF")

    assert open_file(paper) is None
    with pytest.raises(KnownError, match="cannot be read"):
        open_file(tmp_path / "gone.jpg")


def sample(file: object, **more: object) -> dict[str, object]:
    return {
        "id": ROW[1],
        "file": file,
        "title": "The River",
        "subject": ["reading_writing"],
        "shows": "A story in four parts.",
        "permission": "family_and_child",
        "hide_names": "hidden",
        **more,
    }


@pytest.fixture
def signed(desk: Desk, photograph: Path) -> Callable[..., str]:
    """A signed report with one sample of work."""
    certify(desk)

    def make(**more: object) -> str:
        record = report(desk)
        sheet = open_file(photograph)
        assert sheet is not None
        file = keep(desk, record, sheet, [Edit("hide", NAME)], row=ROW).file
        editing.answer(desk, record, {"mode": "home", "offer_reply": "accepted", "samples": [sample(file, **more)]})
        signing.lock_record(desk, record, name="Helen Marchbanks", ink=None)
        return record

    return make


def pictures_in(made: Path) -> int:
    """As a reader of PDF counts them."""
    document = pypdfium2.PdfDocument(made)
    return sum(len([*page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])]) for page in document)


def test_the_report_shows_the_picture_with_its_description(
    desk: Desk, signed: Callable[..., str], tmp_path: Path
) -> None:
    """For those who listen, the description is the picture's own; veraPDF passes the whole file."""
    made = export(desk, signed(), "full", tmp_path / "report.pdf").path

    assert conformance(made) == ["PASS 3a", "PASS ua1"]
    assert pictures_in(made) == 1
    assert "The River" in text_of(made)
    described = "A story in four parts.".encode("utf-16-be")
    assert described in made.read_bytes() or b"A story in four parts." in made.read_bytes()


@pytest.mark.parametrize("more", [{"permission": "not_in_print"}, {"hide_names": "to_hide"}])
def test_what_may_not_be_printed_is_not(
    desk: Desk, signed: Callable[..., str], tmp_path: Path, more: dict[str, str]
) -> None:
    made = export(desk, signed(**more), "full", tmp_path / "report.pdf").path

    assert pictures_in(made) == 0
    assert "The River" in text_of(made)
