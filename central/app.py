"""The application: routes, and how a refusal is told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from casework.errors import AnswerError
from central import door
from central.errors import Refused, UnknownThing
from central.openapi import describe
from central.routes import router
from central.service import Service
from central.watching import Watching


def application(service: Service, *, logs: bool = False) -> FastAPI:
    """The service behind its door; `logs`: a line for each request on standard error."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        service.close()

    app = FastAPI(title="Homeward central service", version="1", lifespan=lifespan, docs_url=None, redoc_url=None)
    app.state.service = service
    app.include_router(router)
    _explain_refusals(app, service)
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]  # FastAPI's own way to replace it
    app.add_middleware(Watching, metrics=service.metrics, logs=logs)
    return app


def _explain_refusals(app: FastAPI, service: Service) -> None:
    @app.exception_handler(Refused)
    def refused(_request: Request, error: Refused) -> JSONResponse:
        return door.problem(error.status, error.code, str(error), service.now, error.headers)

    @app.exception_handler(UnknownThing)
    def unknown(_request: Request, error: UnknownThing) -> JSONResponse:
        return door.problem(404, "unknown", str(error), service.now)

    @app.exception_handler(RequestValidationError)
    def malformed(_request: Request, _error: RequestValidationError) -> JSONResponse:
        return door.problem(400, "malformed", "The request cannot be read.", service.now)

    @app.exception_handler(AnswerError)
    def unanswerable(_request: Request, error: AnswerError) -> JSONResponse:
        return door.problem(400, "malformed", str(error), service.now)

    @app.exception_handler(HTTPException)
    def http(_request: Request, error: HTTPException) -> JSONResponse:
        return door.problem(error.status_code, "http", str(error.detail), service.now, dict(error.headers or {}))
