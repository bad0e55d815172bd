"""A blank form that was printed here comes back as a scan and finds its record; what is wrong with it is a sentence."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from casework.errors import KnownError
from desktop.cli import parse_arguments
from desktop.flows.desk import Desk
from desktop.flows.papers.kept_paper import PAPER, paper_id, papers_of
from desktop.flows.papers.scanned_pages import scanned_pages
from desktop.flows.record import editing
from desktop.flows.signing import signing
from desktop.store.database.remembered import PRINTED_SHEETS
from desktop.verbs.deeds import DEEDS
from tests.casework.forms.test_return_home_interview import COMPLETE

NOTE = "need_to_know"
Pages = Callable[..., list[Image.Image]]


def run(desk: Desk, *words: object) -> Any:
    args = parse_arguments([str(word) for word in words])
    return DEEDS[args.verb](args, desk)


@pytest.fixture
def wren(desk: Desk) -> str:
    facts = {"given_name": "Wren", "family_name": "Hollowby", "date_of_birth": "2011-06-09"}
    return editing.new_record(desk, "child", "", facts)


@pytest.fixture
def pages(desk: Desk, tmp_path: Path) -> Pages:
    """As a scanner sees the pages of a fresh print, at 150 dots to the inch, somewhat grey."""

    def printed(*more: str, form: str = NOTE) -> list[Image.Image]:
        file = tmp_path / f"blank-{len(list(tmp_path.iterdir()))}.pdf"
        run(desk, "blank-form", form, "--to", file, *more)
        paper = pypdfium2.PdfDocument(file)
        return [
            page.render(scale=150 / 72, grayscale=True).to_pil().point(lambda dot: 20 + dot * 0.85) for page in paper
        ]

    return printed


def saved(folder: Path, *images: Image.Image, kind: str = "jpg") -> list[Path]:
    files = [folder / f"scan-{number}.{kind}" for number in range(len(images))]
    for file, image in zip(files, images, strict=True):
        image.save(file)
    return files


def kept(desk: Desk, record: str) -> list[dict[str, Any]]:
    view = desk.vault.view(paper_id(record), drafts=True)
    return [view.row_answers(PAPER, row.id) for row in view.rows(PAPER)]


def test_a_scan_goes_back_to_the_record_it_was_printed_for(desk: Desk, wren: str, pages: Pages, tmp_path: Path) -> None:
    """In the order of its pages, whatever the order of the files; nothing is kept before a person says so."""
    record = editing.new_record(desk, NOTE, wren)
    files = saved(tmp_path, *reversed(pages("--record", record)))
    value, said = run(desk, "scan", *files)
    assert (value["record"], papers_of(desk, record)) == (record, 0)
    assert said.startswith("Need to know, Wren Hollowby, begun ")
    assert "Nothing is kept yet" in said

    said = run(desk, "scan", *files, "--keep")[1]

    assert (
        said == f"{len(files)} pages kept with Need to know of Wren Hollowby. The files you chose stay where they are."
    )
    assert [row["page"] for row in kept(desk, record)] == [
        f"Page {n} of {len(files)}" for n in range(1, len(files) + 1)
    ]
    assert all(file.exists() for file in files)
    with desk.vault.attachments.open(kept(desk, record)[0]["file"]["sha256"]) as stream:
        assert Image.open(io.BytesIO(stream.read())).size == Image.open(io.BytesIO(files[-1].read_bytes())).size


def test_the_mark_tells_nobody_anything(desk: Desk, wren: str, pages: Pages, tmp_path: Path) -> None:
    record = editing.new_record(desk, NOTE, wren)
    (page, *_) = saved(tmp_path, *pages("--record", record))
    (found,) = scanned_pages([page])
    assert found.mark is not None
    printed = desk.vault.settings.get(PRINTED_SHEETS)

    assert str(found.mark) == f"HW1/{found.mark.sheet}/1/{found.mark.of}"
    assert found.mark.sheet not in (record, wren)
    assert printed[found.mark.sheet].record_id == record


@pytest.mark.parametrize("degrees", [90, 180, 270, 184])
def test_a_page_any_way_round_is_kept_upright(degrees: int, pages: Pages, tmp_path: Path) -> None:
    page = pages()[0]
    (file,) = saved(tmp_path, page.rotate(degrees, expand=True, fillcolor=230))
    (found,) = scanned_pages([file])

    assert found.mark is not None
    assert found.mark.page == 1
    upright = Image.open(io.BytesIO(found.picture))
    assert (upright.width < upright.height) == (page.width < page.height)
    again = tmp_path / "again.jpg"
    again.write_bytes(found.picture)
    assert scanned_pages([again])[0].picture == found.picture  # nothing is left to turn


@pytest.mark.parametrize("corner", ["top", "foot"])
def test_a_torn_corner_leaves_the_other_mark(corner: str, pages: Pages, tmp_path: Path) -> None:
    page = pages()[0]
    wide, high = page.size
    torn = [(wide, 0), (wide - 300, 0), (wide, 300)] if corner == "top" else [(0, high), (300, high), (0, high - 300)]
    ImageDraw.Draw(page).polygon(torn, fill=0)

    assert scanned_pages(saved(tmp_path, page))[0].mark is not None


def test_double_missing_and_unmarked_pages_are_said(desk: Desk, wren: str, pages: Pages, tmp_path: Path) -> None:
    """Nothing is lost: what has no mark is kept after the others, what comes later finds its place."""
    record = editing.new_record(desk, "return_home_interview", wren)
    sheet = pages("--record", record, form="return_home_interview")
    whole = len(sheet)
    letter = Image.new("L", (600, 800), 240)
    files = saved(tmp_path, sheet[0], sheet[2], sheet[0].copy(), letter)
    said = run(desk, "scan", *files, "--keep")[1]

    assert "Page 1 is there twice: scan-2.jpg is left out, and stays where it is." in said
    assert "scan-3.jpg has no mark that can be read. It is kept after the others." in said
    assert f"Pages 2, 4 to {whole} of {whole} are not among them." in said
    names = [f"Page 1 of {whole}", f"Page 3 of {whole}", "A page without a mark"]
    assert [row["page"] for row in kept(desk, record)] == names

    said = run(desk, "scan", *saved(tmp_path, sheet[0], sheet[1]), "--keep")[1]

    assert f"Page 1 of {whole} is kept already, and is not kept again." in said
    assert f"Page 2 of {whole}" in [row["page"] for row in kept(desk, record)]


def test_a_sheet_of_another_laptop_is_kept_where_a_person_says(
    desk: Desk, wren: str, pages: Pages, tmp_path: Path
) -> None:
    record = editing.new_record(desk, NOTE, wren)
    files = saved(tmp_path, *pages())
    desk.vault.settings.put(PRINTED_SHEETS, {})
    value, said = run(desk, "scan", *files)
    assert value["record"] is None
    assert "This sheet was printed on another laptop" in said
    with pytest.raises(KnownError, match="Say which record it is"):
        run(desk, "scan", *files, "--keep")
    run(desk, "scan", *files, "--record", record, "--keep")

    assert papers_of(desk, record) == len(files)


def test_a_sheet_with_a_childs_name_finds_the_record_that_was_begun_after(
    desk: Desk, wren: str, pages: Pages, tmp_path: Path
) -> None:
    files = saved(tmp_path, *pages("--child", wren))
    assert run(desk, "scan", *files)[0]["records"] == []
    editing.new_record(desk, NOTE, editing.new_record(desk, "child", "", {"given_name": "Ash"}))
    record = editing.new_record(desk, NOTE, wren)

    assert run(desk, "scan", *files)[0]["record"] == record


def test_pages_of_two_sheets_are_not_mixed_up(pages: Pages, desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match=r"These pages are of 2 sheets: .*Nothing was kept"):
        run(desk, "scan", *saved(tmp_path, pages()[0], pages()[0]))


def test_a_signed_record_is_not_touched_and_its_paper_is_kept_beside_it(
    desk: Desk, wren: str, pages: Pages, tmp_path: Path
) -> None:
    record = editing.new_record(desk, "return_home_interview", wren, COMPLETE)
    signing.lock_record(desk, record, name="Nadia Brightwater", ink=None)
    sheet = pages("--record", record, form="return_home_interview")
    before = desk.vault.view(record).content_hash
    run(desk, "scan", *saved(tmp_path, sheet[0]), "--keep")

    assert desk.vault.view(record).content_hash == before
    assert papers_of(desk, record) == 1


@pytest.mark.parametrize("mode", ["L", "1", "RGB"])
def test_the_pdf_of_a_scanner_is_read_page_by_page(mode: str, pages: Pages, tmp_path: Path) -> None:
    """JPEG, and black and white as a fax; no drawing program looks at it."""
    first, *rest = [_as_scanned(page, mode) for page in pages()]
    first.save(tmp_path / "scan.pdf", save_all=True, append_images=rest)
    found = scanned_pages([tmp_path / "scan.pdf"])

    assert [page.mark.page if page.mark else 0 for page in found] == list(range(1, len(rest) + 2))


def _as_scanned(page: Image.Image, mode: str) -> Image.Image:
    return page.point(lambda dot: 255 * (dot > 128), "1") if mode == "1" else page.convert(mode)


def test_what_is_no_scan_is_said_in_words(pages: Pages, tmp_path: Path) -> None:
    """A PDF of words is none: it would have to be drawn."""
    pages()
    words, junk = next(tmp_path.glob("blank-*.pdf")), tmp_path / "notes.txt"
    junk.write_text("not a picture")
    for file, said in (
        (words, "cannot be taken out of it"),
        (junk, "notes.txt"),
        (tmp_path / "no", "cannot be read"),
    ):
        with pytest.raises(KnownError, match=said):
            scanned_pages([file])
