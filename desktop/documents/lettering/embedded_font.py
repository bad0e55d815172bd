"""Fonts in the PDF by glyph: what HarfBuzz shaped is drawn as it is, and each glyph says what it stands for."""

from __future__ import annotations

import struct
from typing import Any

import uharfbuzz as hb
from reportlab.pdfbase import pdfdoc

from desktop.documents.lettering.shaping import Font, Glyph

_SYMBOLIC = 4
_UNSEEN = "\u2060"  # what a glyph says that has no letter of its own, to readers that pass over the span around it
_DROPPED = frozenset(
    {b"GSUB", b"GPOS", b"GDEF", b"cmap", b"name", b"OS/2", b"post", b"STAT", b"BASE", b"DSIG", b"gasp"}
)


class EmbeddedFont:
    """One font of one document. A code stands for a glyph and its letters: one glyph may stand for several."""

    def __init__(self, font: Font, number: int) -> None:
        self._font = font
        self.name = f"G{number}"
        self._codes: dict[tuple[int, str], int] = {}

    def code(self, glyph: Glyph) -> int:
        return self._codes.setdefault((glyph.id, glyph.text), len(self._codes) + 1)

    def addObjects(self, document: Any) -> None:  # noqa: N802 - reportlab calls it when the last page is drawn
        tag = "".join(chr(ord("A") + int(digit)) for digit in f"{int(self.name[1:]):06d}")
        name = f"{tag}+{self._font.name}"
        data, places = self._subset()
        descendant = _dictionary(
            Type="/Font", Subtype="/CIDFontType2", BaseFont=f"/{name}", DW=0, W=self._widths(),
            CIDSystemInfo=_dictionary(
                Registry=pdfdoc.PDFString("Adobe"), Ordering=pdfdoc.PDFString("Identity"), Supplement=0
            ),
            CIDToGIDMap=_stream(document, places),
            FontDescriptor=document.Reference(self._descriptor(document, name, data)),
        )  # fmt: skip
        whole = _dictionary(
            Type="/Font", Subtype="/Type0", BaseFont=f"/{name}", Encoding="/Identity-H",
            DescendantFonts=pdfdoc.PDFArray([document.Reference(descendant)]),
            ToUnicode=_stream(document, self._to_unicode()),
        )  # fmt: skip
        document.idToObject[pdfdoc.BasicFonts].dict[self.name] = document.Reference(whole)

    def _subset(self) -> tuple[bytes, bytes]:
        """The outlines that are used, and which of them each code draws."""
        wanted = hb.SubsetInput()
        wanted.glyph_set.update(glyph for glyph, _ in self._codes)
        wanted.drop_table_tag_set.update(int.from_bytes(tag, "big") for tag in _DROPPED)
        wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
        plan = hb.SubsetPlan(self._font.face, wanted)
        places = plan.old_to_new_glyph_mapping
        order = [0, *(places[glyph] for glyph, _ in self._codes)]
        return bytes(plan.execute().blob.data), struct.pack(f">{len(order)}H", *order)

    def _widths(self) -> Any:
        widths = [round(self._font.natural(glyph), 2) for glyph, _ in self._codes]
        return pdfdoc.PDFArray([1, pdfdoc.PDFArray(widths)])

    def _descriptor(self, document: Any, name: str, data: bytes) -> Any:
        head = self._font.face.reference_table("head").data
        box = [round(value * self._font.scale) for value in struct.unpack(">4h", head[36:44])]
        file = pdfdoc.PDFStream(content=data, dictionary=pdfdoc.PDFDictionary({"Length1": len(data)}))
        file.filters = [pdfdoc.PDFZCompress]
        return _dictionary(
            Type="/FontDescriptor", FontName=f"/{name}", Flags=_SYMBOLIC, FontBBox=pdfdoc.PDFArray(box), ItalicAngle=0,
            Ascent=box[3], Descent=box[1], CapHeight=box[3], StemV=80, FontFile2=document.Reference(file),
        )  # fmt: skip

    def _to_unicode(self) -> bytes:
        lines = [f"<{code:04X}> <{_utf16(text or _UNSEEN)}>" for (_, text), code in self._codes.items()]
        blocks = [lines[at : at + 100] for at in range(0, len(lines), 100)]
        body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
        return _CMAP.format(body=body).encode()


def embedded(canvas: Any, font: Font) -> EmbeddedFont:
    """The font in this canvas's document, put there when first asked for."""
    fonts: dict[str, EmbeddedFont] = canvas.embedded
    if font.name not in fonts:
        fonts[font.name] = EmbeddedFont(font, len(fonts) + 1)
        canvas._doc.delayedFonts.append(fonts[font.name])
    return fonts[font.name]


def _utf16(text: str) -> str:
    return text.encode("utf-16-be", errors="replace").hex().upper()


def _dictionary(**members: Any) -> Any:
    return pdfdoc.PDFDictionary(members)


def _stream(document: Any, content: bytes) -> Any:
    stream = pdfdoc.PDFStream(content=content)
    stream.filters = [pdfdoc.PDFZCompress]
    return document.Reference(stream)


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
