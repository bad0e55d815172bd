"""Thirty kinds of addition, and five hundred single bytes, for each kind of signature: none of them is called good.

Those that only matter beside a manager's signature or a time-stamp stand with these: `test_counter_signature.py`,
`test_additions.py`.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string

from casework.errors import NotOurPdf
from desktop.documents.rendering import render
from desktop.documents.sealing import seal_pdf
from desktop.documents.stamp_on_pdf import _Untouched
from desktop.paths import fonts
from judgement.verdict import Outcome
from judgement.verification import check_pdf
from tests.judgement.test_additions import Kept, _fill_the_room, _orphan, _same_again, _title
from tests.judgement.test_counter_signature import CHANGES, _move_field
from tests.judgement.test_verification import copied_by_dele, nadias

Change = Callable[[Any], None]
LATER = ("own", "checked", "stamped", "whole")
STATES = ("copy", *LATER)


class EachKind(Kept):
    """As `Kept`, with what its author sealed for good, and a copy that somebody else sealed."""

    def __init__(self, folder: Any) -> None:
        super().__init__(folder)
        at, dele = self.service.now, self.service.officer("Dele Winterbourne", "dele-2")
        self.own = seal_pdf(render(nadias(), fonts()), self.nadia, reason="Signed", place="Rotherham", at=at)
        self.copy = seal_pdf(render(copied_by_dele(), fonts()), dele, reason="Copy", place="Rotherham", at=at)


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> EachKind:
    return EachKind(tmp_path_factory.mktemp("keys") / "central")


def _page(writer: Any) -> Any:
    return writer.root["/Pages"]["/Kids"][0]


def _set(writer: Any, holder: Any, **entries: Any) -> None:
    for name, value in entries.items():
        holder[pdf_name(f"/{name}")] = value
    writer.update_container(holder)


def _dictionary(**entries: Any) -> generic.DictionaryObject:
    return generic.DictionaryObject({pdf_name(f"/{name}"): value for name, value in entries.items()})


def _sides(*values: int) -> generic.ArrayObject:
    return generic.ArrayObject(generic.NumberObject(value) for value in values)


def _stream(writer: Any, data: bytes) -> Any:
    return writer.add_object(generic.StreamObject(stream_data=data))


def _font(writer: Any) -> Any:
    fonts_held = _page(writer)["/Resources"]["/Font"]
    return fonts_held[next(iter(fonts_held))]


def other_words(writer: Any) -> None:
    _set(writer, _page(writer), Contents=_stream(writer, b"/Artifact BMC 0 0 10 10 re f EMC"))


def turned(writer: Any) -> None:
    _set(writer, _page(writer), Rotate=generic.NumberObject(180))


def cropped(writer: Any) -> None:
    _set(writer, _page(writer), CropBox=_sides(0, 0, 300, 300))


def enlarged(writer: Any) -> None:
    _set(writer, _page(writer), MediaBox=_sides(0, 0, 2000, 2000))


def one_page_more(writer: Any) -> None:
    tree, made = writer.root["/Pages"], _dictionary(Type=pdf_name("/Page"), MediaBox=_sides(0, 0, 10, 10))
    made[pdf_name("/Parent")] = writer.root.raw_get("/Pages")
    tree["/Kids"].append(writer.add_object(made))
    _set(writer, tree, Count=generic.NumberObject(int(tree["/Count"]) + 1))


def one_page_less(writer: Any) -> None:
    tree = writer.root["/Pages"]
    kids = tree["/Kids"]
    _set(writer, tree, Kids=generic.ArrayObject([kids.raw_get(0)]), Count=generic.NumberObject(1))


def pages_in_another_order(writer: Any) -> None:
    tree = writer.root["/Pages"]
    kids = tree["/Kids"]
    _set(writer, tree, Kids=generic.ArrayObject([kids.raw_get(n) for n in reversed(range(len(kids)))]))


def letters_read_otherwise(writer: Any) -> None:
    _set(writer, _font(writer), ToUnicode=_stream(writer, b"begincmap endcmap"))


def letters_drawn_otherwise(writer: Any) -> None:
    _set(writer, _font(writer)["/DescendantFonts"][0]["/FontDescriptor"], FontFile2=_stream(writer, b"\0\1\0\0"))


def codes_swapped(writer: Any) -> None:
    _set(writer, _font(writer)["/DescendantFonts"][0], CIDToGIDMap=_stream(writer, b"\0\1\0\2\0\3"))


def a_script(writer: Any) -> None:
    writer.root[pdf_name("/OpenAction")] = _dictionary(S=pdf_name("/JavaScript"), JS=pdf_string("app.alert(1)"))
    writer.update_root()


def a_deed_of_the_page(writer: Any) -> None:
    deed = _dictionary(S=pdf_name("/URI"), URI=pdf_string("https://example.org"))
    _set(writer, _page(writer), AA=_dictionary(O=deed))


def _annotated(writer: Any, kind: str, **entries: Any) -> None:
    made = _dictionary(Type=pdf_name("/Annot"), Subtype=pdf_name(kind), Rect=_sides(50, 50, 300, 90), **entries)
    page = _page(writer)
    page.setdefault(pdf_name("/Annots"), generic.ArrayObject())
    page["/Annots"].append(writer.add_object(made))
    writer.update_container(page)


def a_link(writer: Any) -> None:
    _annotated(writer, "/Link", A=_dictionary(S=pdf_name("/URI"), URI=pdf_string("https://example.org")))


def words_over_it(writer: Any) -> None:
    _annotated(writer, "/FreeText", Contents=pdf_string("No worries at all"), DA=pdf_string("/Helv 12 Tf"))


def a_rubber_stamp(writer: Any) -> None:
    _annotated(writer, "/Stamp", Name=pdf_name("/Approved"))


def struck_out(writer: Any) -> None:
    _annotated(writer, "/StrikeOut", QuadPoints=_sides(50, 90, 300, 90, 50, 50, 300, 50))


def hidden_by_a_layer(writer: Any) -> None:
    layer = writer.add_object(_dictionary(Type=pdf_name("/OCG"), Name=pdf_string("Words")))
    hidden = _dictionary(OFF=generic.ArrayObject([layer]))
    writer.root[pdf_name("/OCProperties")] = _dictionary(OCGs=generic.ArrayObject([layer]), D=hidden)
    writer.update_root()


def said_otherwise(writer: Any) -> None:
    """To whoever listens to it."""
    _set(writer, writer.root["/StructTreeRoot"]["/K"][0], ActualText=pdf_string("Nothing happened."))


def without_its_tags(writer: Any) -> None:
    del writer.root["/StructTreeRoot"]
    writer.update_root()


def another_heading(writer: Any) -> None:
    _set(writer, writer.root["/Outlines"]["/First"], Title=pdf_string("Another"))


def a_form_of_another_kind(writer: Any) -> None:
    _set(writer, writer.root["/AcroForm"], XFA=_stream(writer, b"<xdp/>"))


def a_box_to_type_in(writer: Any) -> None:
    field = _dictionary(FT=pdf_name("/Tx"), T=pdf_string("More"), V=pdf_string("words"), Rect=_sides(0, 0, 90, 20))
    writer.root["/AcroForm"]["/Fields"].append(writer.add_object(field))
    writer.update_container(writer.root["/AcroForm"]["/Fields"])


def what_was_certified_taken_away(writer: Any) -> None:
    del writer.root["/Perms"]
    writer.update_root()


def another_signature_value(writer: Any) -> None:
    _set(writer, writer.root["/AcroForm"]["/Fields"][0]["/V"], Name=pdf_string("Somebody Else"))


def one_more_file(writer: Any) -> None:
    names = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
    names += [pdf_string("second.json"), names.raw_get(1)]
    writer.update_container(names)


def another_output(writer: Any) -> None:
    writer.root[pdf_name("/OutputIntents")] = generic.ArrayObject()
    writer.update_root()


ANYWHERE: tuple[Change, ...] = (
    *(change for change in CHANGES if change is not _move_field),
    _title, _orphan, _same_again,
    other_words, turned, cropped, enlarged, one_page_more, one_page_less, pages_in_another_order,
    letters_read_otherwise, letters_drawn_otherwise, codes_swapped, a_script, a_deed_of_the_page, a_link, words_over_it,
    a_rubber_stamp, struck_out, hidden_by_a_layer, said_otherwise, without_its_tags, another_heading,
    a_form_of_another_kind, a_box_to_type_in, what_was_certified_taken_away, another_signature_value, one_more_file,
    another_output,
)  # fmt: skip
WITH_ROOM: tuple[Change, ...] = (_move_field, _fill_the_room)


def added(document: bytes, change: Change) -> bytes:
    out, writer = io.BytesIO(), _Untouched(io.BytesIO(document))
    change(writer)
    writer.write(out)
    return out.getvalue()


def test_there_are_thirty_kinds_and_each_of_these_documents_is_good(kinds: EachKind) -> None:
    assert len(ANYWHERE) >= 30
    assert [state for state in STATES if not kinds.service.verdict(getattr(kinds, state)).good] == []


@pytest.mark.parametrize(
    "state", ["copy", *(pytest.param(each, marks=pytest.mark.soak) for each in STATES if each != "copy")]
)
def test_no_kind_of_addition_passes(kinds: EachKind, state: str) -> None:
    document: bytes = getattr(kinds, state)
    passed = []
    for change in (*ANYWHERE, *(WITH_ROOM if state in ("checked", "stamped", "whole") else ())):
        verdict = kinds.service.verdict(added(document, change))
        passed += [] if verdict.outcome is Outcome.CHANGED and not verdict.good else [change.__name__]

    assert passed == []


@pytest.mark.parametrize("tail", [b"\n", b"\n% more\n", b"\n%%EOF\n", b"\0" * 64])
@pytest.mark.parametrize("state", STATES)
def test_nothing_stands_behind_the_end(kinds: EachKind, state: str, tail: bytes) -> None:
    assert kinds.refused(getattr(kinds, state) + tail)


@pytest.mark.parametrize("state", STATES)
def test_three_and_thirty_years_on_each_is_good_and_says_what_can_still_be_checked(kinds: EachKind, state: str) -> None:
    """Renewed or not: what was not renewed for thirty years is said to show no more when it was signed."""
    roots, lists = [kinds.service.authority.pem], [kinds.service.lists]
    early, late = (
        check_pdf(getattr(kinds, state), roots, lists=lists, now=kinds.service.now + timedelta(days=365 * years))
        for years in (3, 30)
    )
    stamped = state in ("checked", "stamped", "whole")

    assert [(each.outcome, each.good) for each in (early, late)] == [(Outcome.ENDED_SINCE, True)] * 2
    assert ("it was good when the service saw this." in early.sentence) is stamped
    assert ("and nothing else shows when that was." in early.sentence) is not stamped
    assert "and nothing else shows when that was." in late.sentence
    assert ("was not renewed before: when it was signed can no longer be checked." in late.sentence) is stamped
    assert ("Tom Applegarth checked it" in late.sentence) is (state in ("checked", "whole"))


@pytest.mark.soak
@pytest.mark.parametrize("state", STATES)
def test_five_hundred_single_bytes(kinds: EachKind, state: str) -> None:
    """Any other byte in its place, not only one bit of it."""
    chance, unnoticed, document = random.Random(state), [], getattr(kinds, state)
    for _ in range(500):
        place, changed = chance.randrange(len(document)), bytearray(document)
        changed[place] = (changed[place] + chance.randrange(1, 256)) % 256
        try:
            unnoticed += [place] if kinds.service.verdict(bytes(changed)).good else []
        except NotOurPdf:
            continue

    assert unnoticed == []
