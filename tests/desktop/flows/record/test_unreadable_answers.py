"""Half a date is kept, is never said, and nobody signs past it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from casework.errors import SignatureRefused
from casework.typed_words import Half
from desktop.demo.caseload import PASSPHRASE
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.flows.signing import signing

WHY = "Enter the day, the month and the year"


@pytest.fixture
def episode(desk: Desk) -> str:
    child = editing.new_record(desk, "child", known={"given_name": "Wren"})
    return editing.new_record(desk, "missing_episode", child, {"found_at": "2026-03-25T21:40:00+00:00"})


def test_half_a_date_is_there_after_a_restart_and_is_never_sealed(
    desk: Desk, episode: str, reopen: Callable[[], Desk]
) -> None:
    editing.save(desk, episode, "f/last_seen_at", Half({"day": "24"}, WHY))
    assert not editing.seal(desk, episode)
    found = editing.open_record(reopen(), episode)

    assert found.half == {"f/last_seen_at": Half({"day": "24"}, WHY)}
    assert "last_seen_at" not in found.answers


def test_nobody_signs_past_it(desk: Desk, episode: str) -> None:
    editing.save(desk, episode, "f/last_seen_at", Half({"day": "24"}, WHY))
    stops = signing.check(desk, episode).stops
    assert (stops[0].question_id, stops[0].text) == ("last_seen_at", WHY)
    with pytest.raises(SignatureRefused, match=WHY):
        signing.sign(desk, episode, name="Nadia", passphrase=PASSPHRASE)


def test_it_stops_nobody_where_it_is_not_asked(desk: Desk, episode: str) -> None:
    """In a row that was taken out, and under a tick that says why there is no answer."""
    row = editing.add_row(desk, episode, "corrections")
    editing.save(desk, episode, f"r/corrections/{row}/what", Half({"day": "1"}, WHY))
    editing.remove_row(desk, episode, "corrections", row)
    editing.save(desk, episode, "f/last_seen_at/under", Half("words under a tick"))

    assert all(found.text != WHY for found in editing.open_record(desk, episode).findings)
