"""Joining a council with a one-time code, and joining again after its service forgot this laptop."""

from __future__ import annotations

from casework.errors import KnownError, NotJoined
from desktop.flows.access import proxy_choice
from desktop.flows.access.council_file import take_up, versions
from desktop.flows.access.preset import preset
from desktop.flows.desk import PRACTICE_STAYS, Desk
from desktop.sync import identity
from desktop.sync.enrolment import address_of, enrol


def join(desk: Desk, url: str, code: str) -> str:
    """Joins a council with a one-time code; returns the council's name. Raises KnownError where one was joined."""
    if desk.is_practice:
        raise NotJoined(PRACTICE_STAYS)
    if desk.has_joined:
        message = (
            f"This laptop has joined {desk.officer.council} already. With a new code it can join again: "
            "under Settings, or with: homeward enrol ADDRESS CODE --again"
        )
        raise KnownError(message)
    proxy_choice.choose(desk, preset().proxy)
    return _join(desk, url, code)


def join_again(desk: Desk, code: str, url: str = "") -> str:
    """After the council's service forgot this laptop: a new name, and every word stays. Returns the council's name.

    `url`: where the service answers now, if not where it did. Raises NotJoined, and what joining raises.
    """
    return _join(desk, url or address_of(desk.vault), code)


def is_unknown(desk: Desk) -> bool:
    """Whether the council's service did not know this laptop when it was last asked."""
    return identity.is_unknown(desk.vault)


def _join(desk: Desk, url: str, code: str) -> str:
    known = versions(desk)
    enrol(desk.vault, url, code, now=desk.now)
    desk.joined_anew()
    take_up(desk, known)
    desk.vault.know_council()
    return desk.officer.council
