"""Words sent after their writer had left the case: the manager gives them back, and the writer reads why."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from desktop.demo import caseload
from desktop.demo.caseload import Council
from desktop.demo.walk import managers_morning
from desktop.demo.walk.elsewhere import elsewhere
from desktop.demo.walk.hand import Hand
from desktop.flows.access.unlocking import Gate

WHY = "You have Robin again from today. Say it once more, and it goes into the record."


def look(author: Gate, service: Council, hand: Hand, tell: Callable[[str], None]) -> None:
    """`author`: the second laptop, whose officer was allocated to Robin."""
    their_home = Gate(author.home.parent / "managers-laptop", author.catalogue, author.now)
    shutil.rmtree(their_home.home, ignore_errors=True)
    desk = author.unlock(author.only().folder, caseload.PASSPHRASE)
    child, item = caseload.write_too_late(desk, service)
    desk.vault.close()
    caseload.plant_manager(their_home, service, tell).vault.close()
    with elsewhere(hand, their_home) as other:
        other.picture("The manager’s laptop")
        other.click("today/review")
        other.wait_for("review/return")
        other.picture("Not taken in, beside the record")
        other.click("review/return")
        other.type("review/reason", WHY)
        other.picture("Not taken in, given back with a reason")
        other.click("review/decide")
        other.picture("Given back, for the manager")
        managers_morning.look(other)
    service.ask("allocate", "dele", child)
    with elsewhere(hand, author) as other:
        other.click("place/sending")
        other.click("sending/now")
        other.wait_for(f"sending/returned/{item}")
        other.picture("Sending, something came back")
        other.click(f"sending/returned/{item}")
        other.wait_for("returned/again")
        other.picture("Given back to its author")
        other.click("returned/again")
        other.picture("Said again")
