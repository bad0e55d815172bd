"""What comes through a proxy is read to a bound before anybody has proven anything; the rest through a real nginx
(`tests/together/test_behind_a_proxy.py`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from desktop.sync.errors import NotTheCouncil
from desktop.sync.proven_answers import MOST_BYTES, AnswerProof
from tests.central.running import START, found_keys

MEGABYTE = 1024 * 1024


def test_an_answer_without_an_end_is_not_read_to_its_end(tmp_path: Path) -> None:
    root, given = found_keys(tmp_path, START), [0]

    def endless() -> Iterator[bytes]:
        while True:
            given[0] += MEGABYTE
            yield b"x" * MEGABYTE

    proof = AnswerProof(root.pem, "", lambda: datetime(2026, 3, 27, tzinfo=UTC))
    answer = httpx.Response(200, content=endless(), request=httpx.Request("GET", "https://localhost/v1/hello"))
    with pytest.raises(NotTheCouncil):
        proof.received(answer)

    assert given[0] == MOST_BYTES + MEGABYTE
