"""How the council stands, for whoever watches the service: how many laptops are silent, and what waits for a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from central.database.clock import stamp
from central.database.tables import device, waiting
from central.keys import certificate_ends
from central.service import Service

UNSEEN = timedelta(days=14)  # half of a laptop's lease: soon it will not open by itself


def gauges(service: Service) -> str:
    """In Prometheus' own format; counts, ages in seconds and days left, of nobody in particular."""
    with service.database.reading() as connection:
        found = [*_counted(connection, service.now()), *_days_left(service)]
    return "".join(f"# TYPE homeward_{name} gauge\nhomeward_{name} {value}\n" for name, value in found)


def _counted(connection: Connection, now: datetime) -> Iterator[tuple[str, int]]:
    active = select(func.count()).select_from(device).where(device.c.state == "active")
    silent = active.where(device.c.last_seen_at < stamp(now - UNSEEN))
    holding = select(func.min(device.c.last_seen_at)).where(device.c.state == "active", device.c.unsent > 0)
    undecided = waiting.c.status == "quarantined"
    items = select(func.count()).select_from(waiting).where(undecided)
    oldest = select(func.min(waiting.c.received_at)).where(undecided)
    yield "laptops", connection.execute(active).scalar_one()
    yield "laptops_unseen", connection.execute(silent).scalar_one()
    yield "oldest_unsent_seconds", _age(connection.execute(holding).scalar_one(), now)
    yield "quarantine_waiting", connection.execute(items).scalar_one()
    yield "quarantine_oldest_seconds", _age(connection.execute(oldest).scalar_one(), now)


def _days_left(service: Service) -> Iterator[tuple[str, int]]:
    """Of each certificate of the council's own; below nought once it has ended."""
    for each in certificate_ends.endings(service.authority):
        yield f"{each.which}_certificate_days", each.days(service.now())


def _age(since: str | None, now: datetime) -> int:
    """Nought where there is nothing."""
    return max(0, int((now - datetime.fromisoformat(since)).total_seconds())) if since else 0
