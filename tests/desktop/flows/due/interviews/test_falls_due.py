"""What is said in time: the next moment of all, and never a name."""

from __future__ import annotations

from datetime import timedelta

from casework.canonical import JSON
from casework.identifiers import DeviceId, OfficerId
from desktop.flows.desk import Desk
from desktop.flows.due.interviews.falls_due import BEFORE_INTERVIEW, BEFORE_VISIT, next_to_say
from desktop.flows.record import editing
from desktop.store.database.remembered import BEFOREHAND, Beforehand
from tests.desktop.clock import Clock


def test_the_next_moment_is_said_and_then_the_one_after_it_without_a_name(desk: Desk, clock: Clock) -> None:
    wren = editing.new_record(desk, "child", known={"given_name": "Wren", "family_name": "Hollowby"})
    back: dict[str, JSON] = {
        "last_seen_at": "2026-03-24T16:00:00+00:00",
        "found_at": "2026-03-24T21:40:00+00:00",
        "outcome": "real",
    }
    editing.new_record(desk, "missing_episode", wren, back)
    at = (clock() + timedelta(hours=2)).isoformat()
    editing.new_record(desk, "appointment", wren, {"at": at, "what": "Visit", "where": "6 Weir Lane"})
    first = next_to_say(desk, clock())
    assert first is not None
    assert (first.at, first.title) == (clock() + timedelta(hours=2) - BEFORE_VISIT, "A visit begins at 16:32")
    second = next_to_say(desk, first.at)
    assert second is not None
    assert second.title == "A return home interview falls due at 21:40"
    assert second.at + BEFORE_INTERVIEW == clock().replace(hour=21, minute=40)
    assert next_to_say(desk, second.at) is None
    invented = Beforehand("Nadia", OfficerId("o"), DeviceId("d"), "", is_practice=True)
    desk.vault.settings.put(BEFOREHAND, invented)
    assert next_to_say(Desk(desk.vault, desk.catalogue, clock), clock()) is None
    assert all(name not in f"{first.title} {second.title}" for name in ("Wren", "Hollowby", "Weir"))
