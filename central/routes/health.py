"""Is the service well."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse
from sqlalchemy import text

from central.errors import Refused
from central.service import Here

router = APIRouter()


LOOPBACK = frozenset({"127.0.0.1", "::1"})


@router.get("/metrics", response_class=PlainTextResponse)
def metrics(request: Request, service: Here) -> str:
    """Counts for the operator, on the service's own machine only."""
    if request.client is None or request.client.host not in LOOPBACK:
        raise Refused(404, "unknown", "There is nothing here.")
    return service.metrics.text()


@router.get("/health")
def health(service: Here) -> dict[str, str]:
    """Answers once the database has."""
    with service.database.reading() as connection:
        connection.execute(text("SELECT 1"))
    return {"status": "well"}
