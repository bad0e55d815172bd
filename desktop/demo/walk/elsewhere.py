"""Another laptop's window on this screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

from desktop.demo import caseload
from desktop.demo.walk.closing import RETURN
from desktop.demo.walk.hand import Hand
from desktop.flows.access.unlocking import Gate
from desktop.ui.app import build_window


@contextmanager
def elsewhere(hand: Hand, gate: Gate) -> Iterator[Hand]:
    """Unlocked, and on Today; its pictures are numbered on."""
    window = build_window(gate)
    window.show()
    other = Hand(window, hand.pictures)
    other.taken = hand.taken
    with closing(window):
        other.type("unlock/passphrase", caseload.PASSPHRASE)
        other.key(RETURN)
        other.wait_for("today/find")
        yield other
