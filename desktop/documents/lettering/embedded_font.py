"""Fonts in the PDF by glyph: what HarfBuzz shaped is drawn as it is, and each glyph says what it stands for."""

from __future__ import annotations

import struct
import unicodedata
from functools import cached_property
from typing import Any

import uharfbuzz as hb

from desktop.documents.lettering.shaping import JOINERS, Font, Glyph
from desktop.documents.pdf.numbered_objects import PACKED, NumberedObjects, packed, ref, utf16

_SYMBOLIC = 4
_UNSEEN = "\u2060"  # what a glyph says that has no letter of its own, to readers that pass over the span around it
_DROPPED = frozenset(
    int.from_bytes(tag, "big")
    for tag in (b"GSUB", b"GPOS", b"GDEF", b"cmap", b"name", b"OS/2", b"post", b"STAT", b"BASE", b"DSIG", b"gasp")
)


class EmbeddedFont:
    """One font of one document. A code stands for a glyph and its letters: one glyph may stand for several."""

    def __init__(self, font: Font, number: int) -> None:
        self._font = font
        self.name = f"G{number}"
        self._tag = "".join(chr(ord("A") + int(digit)) for digit in f"{number:06d}")
        self._codes: dict[tuple[int, str], int] = {}
        self.drawn: dict[int, Any] = {}  # how a word was drawn, for when it comes again: see line_drawing

    def code(self, glyph: Glyph) -> int:
        return self._codes.setdefault((glyph.id, glyph.text), len(self._codes) + 1)

    def write(self, objects: NumberedObjects) -> int:
        """When the last page is drawn, and never before."""
        said, places, outlines = self.packed_parts()
        name = f"/{self._tag}+{self._font.name}"
        file = objects.stream(outlines, f"/Length1 {self._subset[2]}{PACKED}")
        places_drawn = objects.stream(places, PACKED)
        widths = " ".join(f"{self._font.natural(glyph):.2f}" for glyph, _ in self._codes)
        descendant = objects.add(
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont{name}/DW 0/W[1[{widths}]]"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/CIDToGIDMap {ref(places_drawn)}/FontDescriptor {ref(objects.add(self._descriptor(name, file)))}>>"
        )
        return objects.add(
            f"<</Type/Font/Subtype/Type0/BaseFont{name}/Encoding/Identity-H/DescendantFonts[{ref(descendant)}]"
            f"/ToUnicode {ref(objects.stream(said, PACKED))}>>"
        )

    def packed_parts(self) -> tuple[bytes, bytes, bytes]:
        places, outlines, _ = self._subset
        return self._said, places, outlines

    @cached_property
    def _said(self) -> bytes:
        return packed(self._to_unicode())

    @cached_property
    def _subset(self) -> tuple[bytes, bytes, int]:
        """Which outline each code draws, and the outlines that are used, packed; how large those are."""
        wanted = hb.SubsetInput()
        wanted.glyph_set.update(glyph for glyph, _ in self._codes)
        wanted.drop_table_tag_set.update(_DROPPED)
        wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
        plan = hb.SubsetPlan(self._font.face, wanted)
        places = plan.old_to_new_glyph_mapping
        order = [0, *(places[glyph] for glyph, _ in self._codes)]
        outlines = bytes(plan.execute().blob.data)
        return packed(struct.pack(f">{len(order)}H", *order)), packed(outlines), len(outlines)

    def _descriptor(self, name: str, file: int) -> str:
        head = self._font.face.reference_table("head").data
        left, low, right, high = (round(value * self._font.scale) for value in struct.unpack(">4h", head[36:44]))
        return (
            f"<</Type/FontDescriptor/FontName{name}/Flags {_SYMBOLIC}/FontBBox[{left} {low} {right} {high}]"
            f"/ItalicAngle 0/Ascent {high}/Descent {low}/CapHeight {high}/StemV 80/FontFile2 {ref(file)}>>"
        )

    def _to_unicode(self) -> bytes:
        said = [(code, _joiners_first(in_one(text)) or _UNSEEN) for (_, text), code in self._codes.items()]
        lines = [f"<{code:04X}> <{utf16(text)}>" for code, text in said]
        blocks = [lines[at : at + 100] for at in range(0, len(lines), 100)]
        body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
        return _CMAP.format(body=body).encode()


def _joiners_first(text: str) -> str:
    """Of a letter from the right: readers turn what a glyph says round with the line, and pdf.js leaves out one that
    ends in a joiner."""
    letter = text.rstrip(JOINERS)
    from_right = letter and unicodedata.bidirectional(letter[-1]) in ("R", "AL")
    return text[len(letter) :] + letter if from_right else text


def in_one(text: str) -> str:
    """A letter with its accent as one sign, where there is one: what says two, some readers take for an accent."""
    return unicodedata.normalize("NFC", text)


def embedded(canvas: Any, font: Font) -> EmbeddedFont:
    """The font in this canvas's document, put there when first asked for."""
    fonts: dict[str, EmbeddedFont] = canvas.embedded
    if font.name not in fonts:
        fonts[font.name] = EmbeddedFont(font, len(fonts) + 1)
    return fonts[font.name]


_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{body}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
