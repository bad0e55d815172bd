"""Objects by number, as every reader of PDF finds them again."""

from __future__ import annotations

import io

from pyhanko.pdf_utils.reader import PdfFileReader

from desktop.documents.pdf.contents_list import Heading, write_contents
from desktop.documents.pdf.numbered_objects import NumberedObjects, ref, text_string


def read(objects: NumberedObjects, catalogue: str) -> PdfFileReader:
    return PdfFileReader(io.BytesIO(objects.written(objects.add(catalogue), b"\1" * 16)))


def test_what_a_person_reads_comes_back_whatever_is_in_it() -> None:
    """Brackets, a line end, letters beyond Latin, half of a pair."""
    said = ["plain", "(a) \\ b)", "line\nline", "Łódź", "ذهبت", "🇬🇧"]
    objects = NumberedObjects()
    listed = objects.add(f"[{' '.join(map(text_string, said))}]")
    root = read(objects, f"<</Type/Catalog/Said {ref(listed)}>>").root

    assert [str(root["/Said"][n]) for n in range(len(said))] == said
    assert text_string("\ud800") == "<FEFF003F>"


def test_a_stream_is_the_bytes_it_was_given() -> None:
    data = bytes(range(256)) + b"\nendstream\r\n"
    objects = NumberedObjects()
    stream = objects.stream(data)

    assert read(objects, f"<</Type/Catalog/Data {ref(stream)}>>").root["/Data"].data == data


def test_a_number_kept_free_is_written_later() -> None:
    objects = NumberedObjects()
    kept = objects.reserve()
    objects.put(kept, "(late)")

    assert str(read(objects, f"<</Type/Catalog/Late {ref(kept)}>>").root["/Late"]) == "late"


def test_headings_stand_under_their_own_and_lead_to_their_page() -> None:
    objects = NumberedObjects()
    pages = [objects.add("<</Type/Page>>") for _ in range(2)]
    first = Heading("One", 0, [Heading("One, a", 0), Heading("One, b", 1)])
    listed = write_contents(objects, [first, Heading("Two", 1)], pages)
    outline = read(objects, f"<</Type/Catalog/Outlines {ref(listed)}>>").root["/Outlines"]
    one = outline["/First"]

    assert (int(outline["/Count"]), int(one["/Count"])) == (4, 2)
    assert [str(x["/Title"]) for x in (one, one["/First"], one["/Last"], outline["/Last"])] == [
        "One", "One, a", "One, b", "Two",
    ]  # fmt: skip
    assert one["/Last"]["/Dest"].raw_get(0).idnum == pages[1]
