"""Writes drawn pages and their structure tree as PDF/UA-1 and PDF/A-3a, with the record attached and a field to sign.

ISO 14289-1 and ISO 19005-3; which key satisfies which clause was found with the veraPDF checker that the tests run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from PIL import ImageCms

from desktop.documents.pdf.claimed_standards import CLAIM, SCHEMA
from desktop.documents.pdf.contents_list import write_contents
from desktop.documents.pdf.drawn_pages import WrittenPages
from desktop.documents.pdf.numbered_objects import PACKED, NumberedObjects, packed, ref, refs
from desktop.documents.pdf.structure_tree import StructureTree
from desktop.documents.sheets.practice_mark import mark_pages, mark_record

if TYPE_CHECKING:
    from desktop.documents.pdf.structure_tree import Element, TagPlace
    from desktop.documents.tagging import TaggedCanvas

LANGUAGE = "en-GB"
_ICC_DAY = bytes.fromhex("07d000010001000000000000")  # 1 January 2000, where the profile has the time it was made


@dataclass(frozen=True)
class Closing:
    """What a finished file carries beside its pages. `record`: what is attached, told the hash of the pages. `field` is
    (name, tooltip, where) of the signature, if any; `later` that of one which may be added to the sealed file."""

    title: str
    author: str
    created: datetime
    record: Callable[[str], bytes]
    field: tuple[str, str, TagPlace] | None = None
    later: tuple[str, str, TagPlace] | None = None


def finish(canvas: TaggedCanvas, tree: Element, closing: Closing) -> bytes:
    mark_pages(canvas)
    objects = NumberedObjects()
    pages = _pages(objects, canvas)
    structure = StructureTree(objects, pages)
    for field in (closing.field, closing.later):
        if field is not None:
            structure.add_field(*field)
    structure.write(tree)
    pages.close()
    record = mark_record(closing.record(pages.hash))
    catalogue = _catalogue(objects, pages, structure, closing, record)
    if canvas.contents:
        catalogue += f"/Outlines {ref(write_contents(objects, canvas.contents, pages.numbers))}"
    # The file’s own number comes from what it holds: the same copy is the same bytes.
    number = hashlib.sha256(record + closing.title.encode()).digest()[:16]
    return objects.written(objects.add(f"<<{catalogue}>>"), number)


def pages_alone(canvas: TaggedCanvas) -> bytes:
    """What is drawn into another document: no tags, no catalogue to speak of."""
    objects = NumberedObjects()
    pages = _pages(objects, canvas)
    pages.close()
    return objects.written(objects.add(f"<</Type/Catalog/Pages {ref(pages.root)}>>"), bytes.fromhex(pages.hash)[:16])


def _pages(objects: NumberedObjects, canvas: TaggedCanvas) -> WrittenPages:
    fonts = {font.name: font for font in canvas.embedded.values()}
    return WrittenPages(objects, canvas.pages, fonts, canvas.pictures)


def _catalogue(
    objects: NumberedObjects, pages: WrittenPages, structure: StructureTree, closing: Closing, record: bytes
) -> str:
    attached = ref(_attachment(objects, closing.created, record))
    colours = objects.add(
        "<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)"
        f"/DestOutputProfile {ref(objects.stream(_profile(), '/N 3' + PACKED))}>>"
    )
    about = objects.stream(_metadata(closing), "/Type/Metadata/Subtype/XML")
    form = f"<</Fields{refs(structure.widgets)}/SigFlags 1>>"
    return (
        f"/Type/Catalog/Pages {ref(pages.root)}/StructTreeRoot {ref(structure.root)}/MarkInfo<</Marked true>>"
        f"/Lang({LANGUAGE})/ViewerPreferences<</DisplayDocTitle true>>/OutputIntents[{ref(colours)}]"
        f"/Metadata {ref(about)}/AF[{attached}]/Names<</EmbeddedFiles<</Names[(record.json) {attached}]>>>>"
        + (f"/AcroForm {ref(objects.add(form))}" if structure.widgets else "")
    )


def _attachment(objects: NumberedObjects, created: datetime, record: bytes) -> int:
    stamp = created.strftime("D:%Y%m%d%H%M%SZ")
    about = f"<</ModDate({stamp})/CreationDate({stamp})/Size {len(record)}>>"
    file = ref(objects.stream(record, f"/Type/EmbeddedFile/Subtype/application#2Fjson/Params{about}"))
    return objects.add(
        "<</Type/Filespec/F(record.json)/UF(record.json)/Desc(The same record, for a computer to read)"
        f"/AFRelationship/Data/EF<</F {file}/UF {file}>>>>"
    )


@cache
def _profile() -> bytes:
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return packed(made[:24] + _ICC_DAY + made[36:])


def _metadata(closing: Closing) -> bytes:
    return _XMP.format(
        title=escape(closing.title),
        author=escape(closing.author),
        created=closing.created.isoformat(timespec="seconds"),
        claim=CLAIM,
        schema=SCHEMA,
    ).encode(errors="replace")


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>en-GB</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{created}</xmp:CreateDate><xmp:ModifyDate>{created}</xmp:ModifyDate>
{claim}</rdf:Description>
{schema}</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
