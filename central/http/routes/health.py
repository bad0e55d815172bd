"""Is the service well, part by part; and what its operator may count."""

from __future__ import annotations

import os
from typing import Literal

from msgspec import field
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from casework.wire.message import Message
from central.database.errors import Refused
from central.http.addresses import Address
from central.http.callers import Visitor
from central.http.gauges import gauges
from central.service import Service

AGAIN = {"Retry-After": "30"}


class Parts(Message):
    database: Literal["well"] = "well"
    files: Literal["well"] = "well"


class Health(Message):
    """Only of a service whose every part is well; of any other a problem document says which part is not."""

    status: Literal["well"] = "well"
    parts: Parts = field(default_factory=Parts)


def metrics(visitor: Visitor) -> str:
    """Counts for the operator, for the service's own machine and whichever network it was told of."""
    client = visitor.request.client
    if client is None or not visitor.traffic.may_count(client.host):
        raise Refused(404, "unknown", "There is nothing here.")
    return visitor.traffic.metrics.text() + gauges(visitor.service)


def health(visitor: Visitor) -> Health:
    """Answers once the database has. Raises Refused, naming the part that is not well."""
    _database_answers(visitor.service)
    _files_can_be_kept(visitor.service)
    return Health()


def _database_answers(service: Service) -> None:
    try:
        with service.database.reading() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        raise Refused(503, "database", "The council’s database cannot be reached just now.", **AGAIN) from error


def _files_can_be_kept(service: Service) -> None:
    """Photographs lie in a folder that may be a disk of its own; it is made with the first of them."""
    folder = service.home.blobs if service.home.blobs.exists() else service.home.folder
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Refused(503, "files", "The folder where photographs are kept cannot be written to.", **AGAIN)


ADDRESSES = (Address("GET", "/metrics", metrics), Address("GET", "/health", health))
