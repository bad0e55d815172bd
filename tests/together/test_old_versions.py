"""A laptop below the floor hands over its words and photographs, and is given nothing new until the floor is met."""

from __future__ import annotations

import json

import pytest

from casework import VERSION
from casework.wire.protocol import Fetch, Fetched, Pull, PullReply
from central.__main__ import main
from desktop.store.database.remembered import FLOOR, LEASE
from desktop.sync import identity
from desktop.sync.errors import Refusal
from desktop.sync.events_and_effects import Ending
from desktop.sync.state import BELOW_FLOOR
from tests.central.running import Council
from tests.together.conftest import Join
from tests.together.test_scenarios_delivery import conversation
from tests.together.test_scenarios_photographs import attach, document, stored

Said = pytest.CaptureFixture[str]
HIGH = "99.0"


def floor(council: Council, capsys: Said, *words: str) -> dict[str, object]:
    assert main(["--home", str(council.home.folder), "floor", *words, "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_words_and_photographs_go_up_and_nothing_comes(council: Council, join: Join, capsys: Said) -> None:
    ann, ben = join("ann"), join("ben")
    child = ann.child(given_name="Zoë")
    ann.synced()
    council.allocate("ben", child)
    ben.synced()
    assert floor(council, capsys, HIGH) == {"floor": HIGH, "laptops_below": 2}
    ann.say(child, known_as="Zo")
    photograph = attach(ann, child, document(1, 3000), "plan.pdf")
    lease_before = ann.vault.settings.get(LEASE).until
    council.clock.move(days=2)

    told, heard = ann.sync(), ben.sync()

    assert (told.problem, told.ending) == (BELOW_FLOOR.format(own=VERSION, floor=HIGH), Ending.OUTDATED)
    assert (told.accepted, told.files_sent, stored(council, photograph) is not None) == (2, 1, True)
    assert (heard.pulled, ben.answer(child, "known_as")) == (0, None)
    assert ann.vault.outbox.waiting() == []
    assert ann.vault.settings.get(LEASE).until > lease_before

    assert floor(council, capsys, "none") == {"floor": "none", "laptops_below": 0}
    assert ben.synced().pulled == 2
    assert (ben.answer(child, "known_as"), ben.vault.settings.get(FLOOR)) == ("Zo", "")


def test_a_new_laptop_below_it_joins_and_is_told(council: Council, join: Join, capsys: Said) -> None:
    """Nothing of any child comes to it, and what is written there goes up."""
    ann = join("ann")
    child = ann.child(given_name="Zoë")
    ann.synced()
    council.allocate("ben", child)
    floor(council, capsys, HIGH)

    ben = join("ben")
    own = ben.child(given_name="Milo")
    report = ben.sync()

    assert (report.ending, report.accepted, report.pulled) == (Ending.OUTDATED, 1, 0)
    assert [found.record_id for found in ben.vault.summaries()] == [own]


def test_the_service_itself_gives_out_nothing(council: Council, join: Join, capsys: Said) -> None:
    """A laptop that asks all the same, since the floor was set in the middle of its cycle."""
    ann = join("ann")
    ann.child(given_name="Zoë")
    ann.synced()
    epoch = ann.vault.feed.standing().epoch
    floor(council, capsys, HIGH)
    asked = (
        ("/v1/pull", Pull(epoch=epoch), PullReply),
        ("/v1/fetch", Fetch(epoch=epoch, op_ids=[]), Fetched),
    )
    for path, message, reply in asked:
        with conversation(ann) as transport, pytest.raises(Refusal, match="nothing new is given out") as refusal:
            transport.call(path, message, reply, identity.signer_of(ann.vault))
        assert (refusal.value.status, refusal.value.code) == (426, "upgrade_required")


def test_what_is_no_version_sets_no_floor(council: Council, capsys: Said) -> None:
    """And a floor that every laptop meets changes nothing for any."""
    for wrong in ("newest", "1.", "1.2.3.4.5", "9999999", "-1"):
        assert main(["--home", str(council.home.folder), "floor", "--", wrong]) == 1
        assert "is no version" in capsys.readouterr().err
    assert floor(council, capsys) == {"floor": "none", "laptops_below": 0}
    assert floor(council, capsys, VERSION)["floor"] == VERSION


def test_a_floor_that_is_met_is_no_news(council: Council, join: Join, capsys: Said) -> None:
    floor(council, capsys, VERSION)
    ann = join("ann")
    ann.child(given_name="Zoë")

    assert ann.synced().accepted == 1
