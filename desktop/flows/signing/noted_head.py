"""What this laptop's audit trail ended with when somebody noted it elsewhere: in a signed PDF, or by hand."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from casework.errors import KnownError
from desktop.flows.desk import Desk
from desktop.store.database.audit_chain import Head
from desktop.sync import identity
from judgement.attached import attached_in

MOST = 100 * 1024 * 1024
UNREADABLE = (
    "{name} holds no end of an audit trail: it is neither the council’s own copy of a signed record nor a number."
)
ANOTHERS = "{name} was made on another laptop ({laptop}). Only that one can be held against it."


def noted_head(desk: Desk, given: str) -> Head:
    """Raises KnownError for what tells nothing of this laptop's trail."""
    head = Head.read(given.strip())
    return head or _of_document(desk, Path(given))


def _of_document(desk: Desk, file: Path) -> Head:
    checks = _checks(file)
    head = Head.read(str(checks.get("audit_head", "")))
    if head is None:
        raise KnownError(UNREADABLE.format(name=file.name))
    laptop = str(checks.get("audit_laptop", ""))
    if laptop and laptop not in [name for name, _key in identity.every_name(desk.vault)]:
        raise KnownError(ANOTHERS.format(name=file.name, laptop=laptop))
    return head


def _checks(file: Path) -> Mapping[str, object]:
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST)
        found = attached_in(PdfFileReader(io.BytesIO(content)))
    except (OSError, PdfError) as error:
        raise KnownError(UNREADABLE.format(name=file.name)) from error
    checks = found.values.get("checks") if found else None
    return checks if isinstance(checks, Mapping) else {}
