"""Is the service well."""

from __future__ import annotations

from fastapi import APIRouter
from sqlalchemy import text

from central.service import Here

router = APIRouter()


@router.get("/health")
def health(service: Here) -> dict[str, str]:
    """Answers once the database has."""
    with service.database.reading() as connection:
        connection.execute(text("SELECT 1"))
    return {"status": "well"}
