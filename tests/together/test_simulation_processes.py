"""The rules and invariants of the simulation, and its seeds, over real processes: only the world is another."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import cast

import pytest
from hypothesis import Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.central.conftest import postgres  # noqa: F401 - a fixture
from tests.central.postgres import Cluster
from tests.together.processes import Nursery, RealWorld
from tests.together.test_simulation import SEEDED, Council, Record, scratch, tally
from tests.together.wire import Fault
from tests.together.world import Member

FEW = settings(SEEDED, phases=[Phase.generate])  # a fault of another moment is not to be had again by shrinking
FAULTS = [fault for fault in Fault if fault is not Fault.NONE]


class RealCouncil(Council):
    kind = RealWorld

    def agrees(self, member: Member) -> None:
        """A request that was given up on may still have been taken in after the last page: then the next one has it."""
        try:
            super().agrees(member)
        except AssertionError:
            report = self.world.sync(member)
            if report is not None and report.problem is None:
                super().agrees(member)

    def teardown(self) -> None:
        super().teardown()
        world = cast("RealWorld", self.world)
        tally["kills"] += world.crashes
        tally.update({fault.value: number for fault, number in world.proxy.done.items()})


@pytest.fixture(scope="module")
def real_template(postgres: Cluster) -> Iterator[None]:  # noqa: F811
    RealWorld.cluster, RealWorld.nursery = postgres, Nursery()
    folder = scratch()
    RealCouncil.template = RealWorld.template(folder / "template")
    yield
    shutil.rmtree(folder)
    RealWorld.nursery.close()


@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
@pytest.mark.usefixtures("real_template")
def test_each_fault_comes_to_pass_and_nothing_is_lost_by_it() -> None:
    """How many of them a seed brings depends on the machine's speed: here each comes once for certain."""
    council = RealCouncil()
    world = cast("RealWorld", council.world)
    try:
        for value, fault in enumerate(FAULTS):
            council.write(which=0, child=0, name="known_as", value=value)
            council.sync(which=0, faults=[fault], crash_at=None)
            council.look()
            assert world.proxy.done[fault] == 1, fault
    finally:
        council.teardown()


@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
@pytest.mark.usefixtures("real_template")
@pytest.mark.parametrize(
    ("round_", "examples", "steps"),
    [(4, 6, 40), *(pytest.param(round_, 40, 50, marks=pytest.mark.soak) for round_ in range(3))],
    ids=["some", "many-0", "many-1", "many-2"],
)
def test_the_same_over_processes(round_: int, examples: int, steps: int, record_property: Record) -> None:
    tally.clear()
    how = settings(FEW, max_examples=examples, stateful_step_count=steps)
    run_state_machine_as_test(seed(round_)(RealCouncil), settings=how)

    record_property("steps over processes", tally["looks"] - tally["worlds"])
    record_property("kills of the service", tally["kills"])
    record_property("faults of the proxy", sum(tally[fault] for fault in FAULTS))
    assert tally["kills"] > 0, "a service that is never killed proves nothing"
