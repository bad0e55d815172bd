"""A copy that opens with a password: AES-256 as PDF 2.0 has it (revision 6), before it is sealed."""

from __future__ import annotations

import io

from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.metadata.xmp_xml import MetadataStream
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from casework.errors import DocumentError
from desktop.documents.pdf.claimed_standards import CLAIM, SCHEMA
from judgement.password import LONGEST


def refuse_long(password: str) -> None:
    """Raises DocumentError for one that not every program would read whole."""
    if len(password.encode(errors="replace")) > LONGEST or not password.isascii() or not password.isprintable():
        message = (
            f"The password of a copy has at most {LONGEST} plain letters, figures and signs. Five words are enough."
        )
        raise DocumentError(message)


def protected(unsigned: bytes, password: str) -> bytes:
    """The same pages, words and attached record. It is no PDF/A, which nobody may lock, and no PDF/UA-1, which ends
    before PDF 2.0; whoever opens it may do all with it, reading aloud among that. Raises DocumentError."""
    refuse_long(password)
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(unsigned)))
    about = writer.root["/Metadata"].data
    for claim in (CLAIM, SCHEMA):
        about = about.replace(claim.encode(), b"")
    kind = {pdf_name("/Type"): pdf_name("/Metadata"), pdf_name("/Subtype"): pdf_name("/XML")}
    writer.root["/Metadata"] = writer.add_object(MetadataStream(kind, stream_data=about))
    # Its number is drawn anew: one worked out from what is in it would let somebody try what that is.
    writer.encrypt(password, pdf_mac=False)  # the seal says more, and stands in the one form that is checked
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
