"""Turns a drawn PDF and its structure tree into PDF/UA-1 and PDF/A-3a, with the record attached and a field to sign.

ISO 14289-1 and ISO 19005-3; which key satisfies which clause was found with the veraPDF checker that the tests run.
"""

from __future__ import annotations

import hashlib
import io
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from PIL import ImageCms
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.metadata.xmp_xml import MetadataStream, parse_xmp
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PdfFileWriter, copy_into_new_writer

if TYPE_CHECKING:
    from desktop.documents.tagging import Element, TagPlace

LANGUAGE = "en-GB"
_ICC_DAY = bytes.fromhex("07d000010001000000000000")  # 1 January 2000, where the profile has the time it was made


@dataclass(frozen=True)
class Closing:
    """What a finished file carries beside its pages. `field` is (name, tooltip, where) of the signature, if any;
    `later` that of one which may be added to the sealed file."""

    title: str
    author: str
    created: datetime
    record_json: bytes
    field: tuple[str, str, TagPlace] | None = None
    later: tuple[str, str, TagPlace] | None = None


def finish(drawn: io.BytesIO, tree: Element, closing: Closing) -> bytes:
    writer = copy_into_new_writer(PdfFileReader(drawn))
    writer.output_version = (1, 7)  # PDF/A-3 is an ISO 32000-1 format
    pages = _pages(writer)
    structure = _Structure(writer, pages)
    document = structure.add_tree(tree)
    for field in (closing.field, closing.later):
        if field is not None:
            structure.add_field(document, *field)
    structure.write()
    _catalogue(writer, closing)
    _name_by_content(writer, closing)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


class _Metadata(MetadataStream):  # type: ignore[misc]  # pyHanko has no types
    """Says when the copy was sealed, and not when it was last written."""

    def update_xmp_with_meta(self, meta: object) -> None:
        """Nothing to add."""


class _Structure:
    """Builds the structure tree and the parent tree that leads back to it from each page."""

    def __init__(self, writer: PdfFileWriter, pages: list[Any]) -> None:
        self._writer, self._pages = writer, pages
        self._root = generic.DictionaryObject({pdf_name("/Type"): pdf_name("/StructTreeRoot")})
        self._root_ref = writer.add_object(self._root)
        self._marks: dict[int, dict[int, Any]] = defaultdict(dict)
        self._fields: list[Any] = []
        self._widgets = generic.ArrayObject()

    def add_tree(self, tree: Element) -> Any:
        ref = self._element(tree, self._root_ref)
        self._root[pdf_name("/K")] = generic.ArrayObject([ref])
        return ref

    def add_field(self, document: Any, name: str, tooltip: str, place: TagPlace) -> None:
        """An empty signature field with a name to read out and a place in the tree, ready to be signed."""
        page = self._pages[place.page]
        widget_ref = self._writer.add_object(self._widget(name, tooltip, place, page))
        element = _dictionary(
            {"/Type": pdf_name("/StructElem"), "/S": pdf_name("/Form"), "/P": document, "/Alt": pdf_string(tooltip)}
        )
        element[pdf_name("/K")] = _dictionary({"/Type": pdf_name("/OBJR"), "/Obj": widget_ref, "/Pg": page})
        element_ref = self._writer.add_object(element)
        document.get_object()[pdf_name("/K")].append(element_ref)
        self._fields.append(element_ref)
        page.get_object().setdefault(pdf_name("/Annots"), generic.ArrayObject()).append(widget_ref)
        self._widgets.append(widget_ref)
        form = {"/Fields": self._widgets, "/SigFlags": generic.NumberObject(1)}
        self._writer.root[pdf_name("/AcroForm")] = self._writer.add_object(_dictionary(form))

    def write(self) -> None:
        numbers = generic.ArrayObject()
        for index, page in enumerate(self._pages):
            marks = self._marks[index]
            page.get_object()[pdf_name("/StructParents")] = generic.NumberObject(index)
            page.get_object()[pdf_name("/Tabs")] = pdf_name("/S")
            owners = generic.ArrayObject([marks[number] for number in sorted(marks)])
            numbers.extend([generic.NumberObject(index), self._writer.add_object(owners)])
        for offset, element in enumerate(self._fields):
            numbers.extend([generic.NumberObject(len(self._pages) + offset), element])
        self._root[pdf_name("/ParentTree")] = self._writer.add_object(_dictionary({"/Nums": numbers}))
        self._root[pdf_name("/ParentTreeNextKey")] = generic.NumberObject(len(self._pages) + len(self._fields))
        self._writer.root[pdf_name("/StructTreeRoot")] = self._root_ref

    def _widget(self, name: str, tooltip: str, place: TagPlace, page: Any) -> generic.DictionaryObject:
        corners = (place.x, place.y, place.x + place.width, place.y + place.height)
        blank = generic.StreamObject(
            dict_data={
                pdf_name("/Type"): pdf_name("/XObject"),
                pdf_name("/Subtype"): pdf_name("/Form"),
                pdf_name("/BBox"): _numbers(0, 0, place.width, place.height),
                pdf_name("/Resources"): generic.DictionaryObject(),
            },
            stream_data=b"",
        )
        return _dictionary(
            {
                "/Type": pdf_name("/Annot"),
                "/Subtype": pdf_name("/Widget"),
                "/FT": pdf_name("/Sig"),
                "/T": pdf_string(name),
                "/TU": pdf_string(tooltip),
                "/F": generic.NumberObject(132),
                "/Rect": _numbers(*corners),
                "/P": page,
                "/StructParent": generic.NumberObject(len(self._pages) + len(self._fields)),
                "/AP": _dictionary({"/N": self._writer.add_object(blank)}),
            }
        )

    def _element(self, element: Element, parent: Any) -> Any:
        built = _dictionary({"/Type": pdf_name("/StructElem"), "/S": pdf_name(f"/{element.tag}"), "/P": parent})
        if element.alt:
            built[pdf_name("/Alt")] = pdf_string(element.alt)
        if element.spoken:
            built[pdf_name("/ActualText")] = pdf_string(element.spoken)
        if element.scope:
            about = {"/O": pdf_name("/Table"), "/Scope": pdf_name(f"/{element.scope}")}
            built[pdf_name("/A")] = _dictionary(about)
        ref = self._writer.add_object(built)
        built[pdf_name("/K")] = generic.ArrayObject([self._child(child, ref) for child in element.children])
        return ref

    def _child(self, child: Element | tuple[int, int], ref: Any) -> Any:
        if not isinstance(child, tuple):
            return self._element(child, ref)
        page, number = child
        self._marks[page][number] = ref
        mark = {"/Type": pdf_name("/MCR"), "/Pg": self._pages[page], "/MCID": generic.NumberObject(number)}
        return _dictionary(mark)


def _catalogue(writer: PdfFileWriter, closing: Closing) -> None:
    root = writer.root
    root[pdf_name("/MarkInfo")] = _dictionary({"/Marked": generic.BooleanObject(True)})
    root[pdf_name("/Lang")] = pdf_string(LANGUAGE)
    root[pdf_name("/ViewerPreferences")] = _dictionary({"/DisplayDocTitle": generic.BooleanObject(True)})
    root[pdf_name("/OutputIntents")] = generic.ArrayObject([writer.add_object(_colour(writer))])
    root[pdf_name("/Metadata")] = writer.add_object(_metadata(closing))
    attached = writer.add_object(_attachment(writer, closing))
    root[pdf_name("/AF")] = generic.ArrayObject([attached])
    names = _dictionary({"/Names": generic.ArrayObject([pdf_string("record.json"), attached])})
    root[pdf_name("/Names")] = _dictionary({"/EmbeddedFiles": names})
    writer.set_info(None)


def _name_by_content(writer: PdfFileWriter, closing: Closing) -> None:
    """The file’s own number, drawn by chance otherwise: the same copy is the same bytes."""
    number = hashlib.sha256(closing.record_json + closing.title.encode()).digest()[:16]
    writer._document_id = generic.ArrayObject([generic.ByteStringObject(number)] * 2)


def _attachment(writer: PdfFileWriter, closing: Closing) -> generic.DictionaryObject:
    stamp = pdf_string(closing.created.strftime("D:%Y%m%d%H%M%SZ"))
    size = generic.NumberObject(len(closing.record_json))
    embedded = generic.StreamObject(
        dict_data={
            pdf_name("/Type"): pdf_name("/EmbeddedFile"),
            pdf_name("/Subtype"): pdf_name("/application/json"),
            pdf_name("/Params"): _dictionary({"/ModDate": stamp, "/CreationDate": stamp, "/Size": size}),
        },
        stream_data=closing.record_json,
    )
    ref = writer.add_object(embedded)
    return _dictionary(
        {
            "/Type": pdf_name("/Filespec"),
            "/F": pdf_string("record.json"),
            "/UF": pdf_string("record.json"),
            "/Desc": pdf_string("The same record, for a computer to read"),
            "/AFRelationship": pdf_name("/Data"),
            "/EF": _dictionary({"/F": ref, "/UF": ref}),
        }
    )


def _colour(writer: PdfFileWriter) -> generic.DictionaryObject:
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    profile = made[:24] + _ICC_DAY + made[36:]
    stream = generic.StreamObject(dict_data={pdf_name("/N"): generic.NumberObject(3)}, stream_data=profile)
    return _dictionary(
        {
            "/Type": pdf_name("/OutputIntent"),
            "/S": pdf_name("/GTS_PDFA1"),
            "/OutputConditionIdentifier": pdf_string("sRGB"),
            "/Info": pdf_string("sRGB IEC61966-2.1"),
            "/DestOutputProfile": writer.add_object(stream),
        }
    )


def _metadata(closing: Closing) -> _Metadata:
    text = _XMP.format(
        title=escape(closing.title),
        author=escape(closing.author),
        created=closing.created.isoformat(timespec="seconds"),
    )
    found: _Metadata = _Metadata.from_xmp(parse_xmp(io.BytesIO(text.encode())))
    return found


def _pages(writer: PdfFileWriter) -> list[Any]:
    total = int(writer.root["/Pages"]["/Count"])
    return [writer.find_page_for_modification(index)[0] for index in range(total)]


def _dictionary(members: Mapping[str, Any]) -> generic.DictionaryObject:
    return generic.DictionaryObject({pdf_name(name): value for name, value in members.items()})


def _numbers(*values: float) -> generic.ArrayObject:
    return generic.ArrayObject([generic.FloatObject(round(value, 2)) for value in values])


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>en-GB</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{created}</xmp:CreateDate><xmp:ModifyDate>{created}</xmp:ModifyDate>
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA part</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
