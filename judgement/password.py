"""Opening a PDF that a password protects; a copy of Homeward's is AES-256 through and through."""

from __future__ import annotations

from pyhanko.pdf_utils.crypt.api import AuthStatus
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from casework.errors import PasswordWanted

LONGEST = 127  # bytes of UTF-8: what comes after them no program reads
WANTED = "This PDF is protected with a password. Type the password that its sender gave you, and check it again."
WRONG = "That is not the password of this PDF. Type it as you were given it, with a space between the words."
_WRITTEN = {"/Filter": "/Standard", "/V": 5, "/R": 6, "/StmF": "/StdCF", "/StrF": "/StdCF", "/EncryptMetadata": True}
_ELSE = {"/O", "/U", "/OE", "/UE", "/P", "/Perms", "/Length", "/CF"}
_CIPHER = {"/AuthEvent": "/DocOpen", "/CFM": "/AESV3", "/Length": 32}


def unlock(reader: PdfFileReader, password: str) -> None:
    """Nothing to do for one that is open to all. Raises PasswordWanted, and PdfError for a lock of another kind."""
    if not reader.encrypted:
        return
    if not _opens(reader, password.strip()):
        raise PasswordWanted(WRONG if password else WANTED)


def is_as_locked(reader: PdfFileReader) -> bool:
    """The one way in which Homeward protects a copy: nothing in it is left open, or under an older cipher."""
    if not reader.encrypted:
        return True
    held = reader.trailer["/Encrypt"]
    return (
        set(held) == _WRITTEN.keys() | _ELSE
        and all(held[name] == value for name, value in _WRITTEN.items())
        and set(held["/CF"]) == {"/StdCF"}
        and dict(held["/CF"]["/StdCF"]) == _CIPHER
    )


def _opens(reader: PdfFileReader, password: str) -> bool:
    if len(password.encode(errors="replace")) > LONGEST or not password.isprintable():
        return False
    try:
        return bool(reader.decrypt(password).status is not AuthStatus.FAILED)
    except (PdfError, ValueError):
        if password.isascii():
            raise
        return False  # letters that no password may have
