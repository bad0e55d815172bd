"""Published forms: a version never changes, so a laptop may keep it for ever."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from casework.canonical import JSON, canonical
from central import definitions, door
from central.service import Asking, Here, entitled_caller

router = APIRouter(prefix="/v1")


@router.get("/forms/{form_id}/{version}")
def form(
    request: Request,
    service: Here,
    asking: Asking,
    form_id: Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{0,63}$")],
    version: Annotated[int, Path(ge=1, lt=2**31)],
) -> Response:
    """The definition as published, with its hash."""
    entitled_caller(asking)
    with service.database.reading() as connection:
        found: dict[str, JSON] = definitions.published(connection, form_id, version)
    return door.packed(canonical(found), request.headers.get("accept-encoding", ""))
