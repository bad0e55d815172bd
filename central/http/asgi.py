"""The application: its addresses, and how a refusal is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from functools import cache

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from casework.errors import AnswerError
from central.database.errors import Refused, UnknownThing
from central.http import check_page, request_signing
from central.http.answer_signing import Answering, AnswerKey
from central.http.callers import Networks, Traffic
from central.http.caught import Catching
from central.http.connection_limits import Limits
from central.http.metrics import Watching
from central.http.openapi import describe
from central.http.routes import ADDRESSES, synchronise
from central.http.straight import REFUSALS, Straight
from central.http.sweeping import sweep_for_ever
from central.service import Service

AT_WORK = 16  # requests: as many as the database has connections for; more only take turns at one processor


def application(
    service: Service, *, logs: bool = False, limits: Limits | None = None, counted_from: Networks = ()
) -> Starlette:
    """The service behind its door; `logs`: a line for each request on standard error; `counted_from`: the networks
    from which its counts may be read, besides this machine."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(AT_WORK, "answering"))
        sweeping = asyncio.create_task(sweep_for_ever(service))
        yield
        sweeping.cancel()
        with suppress(asyncio.CancelledError):
            await sweeping
        service.close()

    traffic = Traffic(limits=limits or Limits(), counted_from=counted_from)
    app = Starlette(
        routes=[*(address.route() for address in ADDRESSES), Route("/openapi.json", published)],
        middleware=[
            Middleware(Answering, key=AnswerKey(service.authority)),
            Middleware(Watching, metrics=traffic.metrics, logs=logs),
            Middleware(Catching, now=service.now),
            Middleware(Straight, addresses=synchronise.ADDRESSES, refused=refusal),
        ],
        exception_handlers=dict.fromkeys([*REFUSALS, HTTPException], refusal),
        lifespan=lifespan,
    )
    app.state.service, app.state.traffic = service, traffic
    return app


async def published(_request: Request) -> Response:
    return Response(_description(), media_type="application/json")


@cache
def _description() -> bytes:
    return msgspec.json.encode(describe(ADDRESSES))


async def refusal(request: Request, error: Exception) -> Response:
    """What was refused, as a problem document; to somebody with a browser as a page."""
    if request.url.path == check_page.PATH:
        return _on_the_page(error)
    now = request.app.state.service.now
    match error:
        case Refused():
            return request_signing.problem(error.status, error.code, str(error), now, error.headers)
        case UnknownThing():
            return request_signing.problem(404, "unknown", str(error), now)
        case AnswerError():
            return request_signing.problem(400, "malformed", str(error), now)
        case HTTPException():
            return request_signing.problem(error.status_code, "http", str(error.detail), now, dict(error.headers or {}))
        case _:
            raise error


def _on_the_page(error: Exception) -> Response:
    match error:
        case Refused():
            return check_page.refusing(error.status, str(error), error.headers)
        case HTTPException():
            return check_page.refusing(error.status_code, str(error.detail), dict(error.headers or {}))
        case _:
            raise error
