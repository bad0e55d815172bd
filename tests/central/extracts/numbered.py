"""Under which ids a service keeps what an extract brought."""

from __future__ import annotations

from central.extracts.extract_ids import ExtractIds
from tests.central.running import Council


def child_id_of(council: Council, number: str) -> str:
    return _id_of(council, "child", number)


def episode_id_of(council: Council, number: str) -> str:
    return _id_of(council, "missing_episode", number)


def _id_of(council: Council, form_id: str, number: str) -> str:
    with council.service.database.reading() as connection:
        return ExtractIds(council.home, connection).of(form_id, number)
