"""The council's time-stamp on a document as it is made, where the council's service can be reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casework.errors import DocumentError, NotJoined, SyncError
from desktop.documents.stamp_on_pdf import stamped
from desktop.flows.desk import Desk
from desktop.sync.asking.stamp_asking import Stamps, stamps
from desktop.sync.certificate_renewal import NOT_OFFERED
from desktop.sync.errors import Refusal, Unreachable
from judgement.verdict import Outcome, Verdict
from judgement.verification import check_pdf

STAMPED = "The council’s service has put its time-stamp on it."
NOT_YET = (
    "It has no time-stamp yet: the council’s service could not be reached. Add it later under Check a PDF, or with "
    "“homeward strengthen”."
)

AHEAD = "The clock of this laptop is more than a day ahead of the council’s. Set it right, then save the document anew."
OLDER = "The council’s service is older than this program and gives none: ask your administrator when it is renewed."


@dataclass(frozen=True, slots=True)
class Lasting:
    """A sealed document as it is to be kept, and what is said of it."""

    data: bytes
    sentence: str


def lasting(desk: Desk, sealed: bytes, password: str = "") -> Lasting:
    """Without the service it stays as it is: nobody is kept from making a document. `password`: what it opens with."""
    try:
        with stamps(desk.vault, desk.now) as asked:
            return Lasting(with_stamp(desk, sealed, asked, password=password)[0], STAMPED)
    except (Unreachable, NotJoined):
        return Lasting(sealed, NOT_YET)
    except SyncError as error:
        return Lasting(sealed, f"It has no time-stamp yet. {not_given(error)}")
    except DocumentError as error:
        return Lasting(sealed, f"It has no time-stamp. {error}")


def not_given(error: SyncError) -> str:
    """Why the service gave none, though it answered."""
    is_older = isinstance(error, Refusal) and error.status == NOT_OFFERED
    return OLDER if is_older else str(error)


def with_stamp(
    desk: Desk, sealed: bytes, asked: Stamps, roots_pem: Sequence[str] = (), *, password: str = ""
) -> tuple[bytes, Verdict]:
    """What came back is judged like any other document before it counts; `roots_pem`: of the council's earlier keys.
    Raises DocumentError, and what `asked` raises."""
    lists = asked.lists()
    roots = asked.roots_pem
    data = stamped(sealed, asked.reply, roots, lists, password)
    verdict = check_pdf(data, [roots, *roots_pem], lists=[lists], now=desk.now(), password=password)
    if verdict.outcome is Outcome.SIGNED_IN_THE_FUTURE:
        raise DocumentError(AHEAD)
    if not data.startswith(sealed) or verdict.kept is None or not verdict.good:
        message = "What the service sent back is no time-stamp of this document, so nothing was added."
        raise DocumentError(message)
    return data, verdict
