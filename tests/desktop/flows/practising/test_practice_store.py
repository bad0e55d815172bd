"""Practice lies beside the work and never reaches it: made whole or not at all, sent nowhere, begun afresh."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.errors import NotJoined, VaultError
from desktop.compose import build_catalogue, now
from desktop.flows.access.joining_a_council import join
from desktop.flows.access.unlocking import Gate
from desktop.flows.council.sending import sync, sync_by_itself
from desktop.flows.desk import PRACTICE_STAYS
from desktop.flows.practising.practice_store import CHILDREN, OwnStore, PracticeStopped, own_store, practise
from desktop.flows.record import editing
from tests.desktop.doors import CHEAP, quick_gate, set_up_quickly

PASSPHRASE = "otter lantern gravel mosaic thirteen"


@pytest.fixture
def gate(tmp_path: Path) -> Gate:
    return quick_gate(tmp_path / "home", build_catalogue(), now)


@pytest.fixture
def own(gate: Gate) -> Iterator[OwnStore]:
    """A store with a child's record in it, at the door."""
    desk = set_up_quickly(gate, "Nadia Brightwater", PASSPHRASE)
    editing.new_record(desk, "child", "", {"given_name": "Wren"})
    yield own_store(gate, desk)
    desk.vault.close()


def test_it_lies_beside_the_work_and_is_filled(gate: Gate, own: OwnStore) -> None:
    steps: list[tuple[int, int]] = []
    desk = practise(gate, own, PASSPHRASE, progress=lambda done, of: steps.append((done, of)), cost=CHEAP)

    assert desk.is_practice
    assert len(desk.vault.summaries(form_id="child")) == len(CHILDREN)
    assert steps[-1][0] == steps[-1][1] == len(steps)
    assert [(card.label, card.is_practice) for card in gate.cards()] == [
        ("Nadia Brightwater", False),
        ("Practice, Nadia Brightwater", True),
    ]
    assert gate.only().folder == own.folder
    assert own_store(gate, desk) == own
    desk.vault.close()


def test_it_joins_nothing_and_sends_nothing(gate: Gate, own: OwnStore) -> None:
    desk = practise(gate, own, PASSPHRASE, cost=CHEAP)

    assert desk.vault.outbox.count() == 0
    with pytest.raises(NotJoined, match="nothing of it can be sent"):
        join(desk, "https://homeward.example", "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF")
    with pytest.raises(NotJoined) as refused:
        sync(desk)
    assert str(refused.value) == PRACTICE_STAYS
    assert sync_by_itself(desk) is None
    desk.vault.close()


def test_stopped_half_way_there_is_none(gate: Gate, own: OwnStore) -> None:
    seen: list[int] = []
    with pytest.raises(PracticeStopped):
        practise(
            gate,
            own,
            PASSPHRASE,
            progress=lambda done, _of: seen.append(done),
            stopped=lambda: len(seen) >= 5,
            cost=CHEAP,
        )

    assert [card.label for card in gate.cards()] == ["Nadia Brightwater"]
    assert [one.name for one in gate.home.iterdir()] == ["vault-1"]


def test_it_begins_afresh_and_the_one_before_stays_until_then(gate: Gate, own: OwnStore) -> None:
    desk = practise(gate, own, PASSPHRASE, cost=CHEAP)
    editing.new_record(desk, "child", "", {"given_name": "Mine"})
    desk.vault.close()
    with pytest.raises(PracticeStopped):
        practise(gate, own, PASSPHRASE, afresh=True, stopped=lambda: True, cost=CHEAP)

    again = practise(gate, own, PASSPHRASE)
    assert len(again.vault.summaries(form_id="child")) == len(CHILDREN) + 1
    again.vault.close()
    anew = practise(gate, own, PASSPHRASE, afresh=True, cost=CHEAP)
    assert len(anew.vault.summaries(form_id="child")) == len(CHILDREN)
    anew.vault.close()


def test_it_opens_with_its_own_passphrase_alone(gate: Gate, own: OwnStore) -> None:
    practise(gate, own, PASSPHRASE, cost=CHEAP).vault.close()

    with pytest.raises(VaultError):
        practise(gate, own, "another one of five words")
