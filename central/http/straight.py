"""The addresses of the exchange past the framework, which takes longer to find them than some take to answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from casework.errors import AnswerError
from central.database.errors import Refused, UnknownThing
from central.http.addresses import Address

REFUSALS = (Refused, UnknownThing, AnswerError)


class Straight:
    """Same addresses, same deeds, same refusals; whatever else is asked goes on to the framework."""

    def __init__(
        self,
        app: ASGIApp,
        addresses: Iterable[Address],
        refused: Callable[[Request, Exception], Awaitable[Response]],
    ) -> None:
        self._app = app
        self._by_name = {(address.method, address.path): address for address in addresses}
        self._refused = refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = (scope.get("method"), scope.get("path"))
        address = self._by_name.get(name)  # type: ignore[arg-type]  # one that is no request has neither
        if address is None:
            await self._app(scope, receive, send)
            return
        scope["route"] = address  # whose pattern the counts name
        request = Request(scope, receive)
        try:
            response = await address.answered(request)
        except REFUSALS as error:
            response = await self._refused(request, error)
        await response(scope, receive, send)
