"""The top of each request: what nobody else caught becomes a problem document, and in the log its kinds and places."""

from __future__ import annotations

import logging

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from central.database.clock import Now
from central.http import request_signing

log = logging.getLogger(__name__)
FAULT = "The council’s service met a fault of its own. What was sent is still on the laptop and can be sent again."
NO_DATABASE = "The council’s database cannot be reached just now. What was sent is still on the laptop."
AGAIN_SECONDS = 30
_SQLITE_GONE = frozenset({5, 6, 8, 10, 13, 14})
_POSTGRES_GONE = frozenset({"08", "53", "57", "58"})


class Catching:
    """Nothing goes further up: what stands above would write the error's own words into the log."""

    def __init__(self, app: ASGIApp, now: Now) -> None:
        self._app = app
        self._now = now

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except Exception as error:
            if scope["type"] != "http":
                raise
            log.exception("A request could not be answered.")
            if not begun:
                await problem_of(error, self._now)(scope, receive, send)


def problem_of(error: Exception, now: Now) -> Response:
    """A database that is gone or full is no fault of the service's, and may be back at the next try."""
    if is_database_gone(error):
        return request_signing.problem(503, "database", NO_DATABASE, now, {"retry-after": str(AGAIN_SECONDS)})
    return request_signing.problem(500, "fault", FAULT, now)


def is_database_gone(error: BaseException) -> bool:
    """Not to be reached, broken off, or without room; one that lacks what we asked for is a fault of ours."""
    if isinstance(error, NoConnection):
        return True
    if not isinstance(error, DBAPIError):
        return False
    return error.connection_invalidated or error.statement is None or _is_of_the_disk(error.orig)


def _is_of_the_disk(error: object) -> bool:
    """As SQLite and PostgreSQL number it (sqlite.org/rescode, PostgreSQL appendix A): busy, full, gone, not to be
    written, out of means, shutting down."""
    code, state = getattr(error, "sqlite_errorcode", None), getattr(error, "sqlstate", None)
    return (code is not None and code & 0xFF in _SQLITE_GONE) or (state or "")[:2] in _POSTGRES_GONE
