"""Why the council's service gave no answer, or no good one: each reason has its own sentence.

Once the council's certificate is pinned, whatever answers holds the council's key: a fault is then the service's own,
never a foreign network. Only a laptop that is just joining can meet a page to log in to.
"""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator
from typing import TYPE_CHECKING

from casework.errors import AnswerError
from casework.wire.protocol import Problem
from desktop.sync.errors import ClockRefusal, NotTheCouncil, Refusal, Unreachable

if TYPE_CHECKING:
    import httpx

PROBLEM = "application/problem+json"
BUSY = (429, 503)
FAULT = "fault"  # the code of a refusal that is the service's own fault
SERVER_FAULTS = 500
FIRST_NO = 300
EXPIRED, NOT_YET_VALID, OTHER_NAME = 10, 9, 62  # OpenSSL's own numbers (X509_V_ERR_*)
NO_ROUTE = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN)

NO_NETWORK = "There is no network here. Everything is saved on this laptop and goes as soon as there is one."
NO_ANSWER = "The council’s service did not answer in time. Everything is saved on this laptop; it will be tried again."
NOT_RUNNING = (
    "The council’s service is not running just now. Everything is saved on this laptop; it will be tried again."
)
BROKEN_OFF = (
    "The connection to the council’s service broke off. Everything is saved on this laptop; it will be tried again."
)
SERVICE_FAULT = (
    "The council’s service met a fault of its own. Everything is saved on this laptop; it will be tried again. "
    "If it goes on, tell your administrator."
)
NOT_OURS = "This network answers in the council’s place, perhaps with a page to log in to. Nothing was sent."
BUSY_WORDS = "The council’s service is busy. Everything is saved on this laptop; it will be tried again."
IMPOSTOR = (
    "What answers at this address is not the council this laptop joined. Nothing was sent. Tell your administrator."
)
ENDED = (
    "The certificate of the council’s service has ended, or the clock of this laptop is wrong. Nothing was sent. "
    "Look at the clock, then tell your administrator."
)
NOT_YET = (
    "The certificate of the council’s service does not count yet, or the clock of this laptop is wrong. "
    "Nothing was sent. Look at the clock, then tell your administrator."
)
ELSEWHERE = (
    "What answers at this address has a certificate for another address. Nothing was sent. Tell your administrator."
)

UNKNOWN_PROXY = (
    "The certificate of the council’s proxy is none that this laptop was told to trust. Nothing was sent. "
    "Ask your administrator which one it is, and choose it under Settings."
)
BY_PROXY = {
    408: "The network was too slow for the council’s proxy. All is saved on this laptop; it will be tried again.",
    413: (
        "The council’s proxy does not let anything this large through. Everything is saved on this laptop. "
        "Tell your administrator: it has to let through 8 megabytes."
    ),
    429: BUSY_WORDS,
    502: (
        "The council’s proxy answers, and the service behind it does not. Everything is saved on this laptop; "
        "it will be tried again."
    ),
    503: BUSY_WORDS,
    504: (
        "The council’s proxy waited in vain for the service behind it. Everything is saved on this laptop; "
        "it will be tried again. If it goes on, tell your administrator."
    ),
}
STOPPED_BY_PROXY = (
    "The council’s proxy answered in the service’s place and let nothing through. Everything is saved on this laptop. "
    "Tell your administrator."
)


def by_the_proxy(status: int) -> Unreachable | None:
    """For an answer that nobody signed, where the council's answers are signed. None for what looks like a success."""
    return None if status < FIRST_NO else Unreachable(BY_PROXY.get(status, STOPPED_BY_PROXY))


def not_answered(error: httpx.HTTPError, *, proxied: bool = False) -> Unreachable | NotTheCouncil:
    """For a request that got no answer at all."""
    from httpx import TimeoutException  # noqa: PLC0415 - whoever has such an error has loaded it

    if isinstance(error, TimeoutException):
        return Unreachable(NO_ANSWER)
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return NotTheCouncil(_untrusted(cause, proxied=proxied))
        if (sentence := _sentence(cause)) is not None:
            return Unreachable(sentence)
    return Unreachable(BROKEN_OFF)


def refusal_in(response: httpx.Response, *, pinned: bool) -> Unreachable | Refusal:
    """For an answer that is not a success. An answer to HEAD has no body: its status is all there is to go by."""
    if response.status_code in BUSY:
        after = response.headers.get("retry-after", "")
        return Unreachable(BUSY_WORDS, retry_after=int(after) if after.isdigit() else None)
    found = _problem_in(response)
    if found is None:
        return unreadable(response, pinned=pinned)
    if found.code == "clock" and found.now:
        return ClockRefusal(found.detail, found.now)
    if response.status_code >= SERVER_FAULTS:
        return Refusal(response.status_code, FAULT, SERVICE_FAULT)
    return Refusal(response.status_code, found.code, found.detail or found.title)


def unreadable(response: httpx.Response, *, pinned: bool) -> Unreachable | Refusal:
    """For an answer that is none of this protocol's (scenario 45)."""
    if pinned or response.status_code >= SERVER_FAULTS:
        return Refusal(response.status_code, FAULT, SERVICE_FAULT)
    return Unreachable(NOT_OURS)


def _problem_in(response: httpx.Response) -> Problem | None:
    if not response.headers.get("content-type", "").startswith(PROBLEM):
        return None
    try:
        return Problem.from_bytes(response.content)
    except AnswerError:
        return None


def _sentence(cause: BaseException) -> str | None:
    match cause:
        case ssl.SSLEOFError() | ssl.SSLZeroReturnError():
            return BROKEN_OFF
        case ssl.SSLError():  # whatever it is, it does not speak TLS
            return NOT_OURS
        case ConnectionRefusedError():
            return NOT_RUNNING
        case socket.gaierror():
            return NO_NETWORK
        case OSError() if cause.errno in NO_ROUTE:
            return NO_NETWORK
    return None


def _untrusted(error: ssl.SSLCertVerificationError, *, proxied: bool) -> str:
    """OpenSSL looks at the dates only of a chain that leads to a trusted certificate by good signatures."""
    other = UNKNOWN_PROXY if proxied else IMPOSTOR
    return {EXPIRED: ENDED, NOT_YET_VALID: NOT_YET, OTHER_NAME: ELSEWHERE}.get(error.verify_code, other)


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__
