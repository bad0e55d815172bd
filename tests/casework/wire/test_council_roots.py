"""From root to root: what leads on, what leads back, and what counts for nothing."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from casework.wire.council_roots import RootStep, after, before, is_said_by_one, read_steps, step_text
from central.keys.certificate_parts import certificate_pem
from central.keys.council_root import ROOT_LIFE, CouncilRoot
from tests.central.running import START

EARLY, LATE = START + timedelta(days=3000), START + ROOT_LIFE + timedelta(days=1)
ROOTS = [CouncilRoot.make("Rotherham", START + timedelta(days=3500 * number)) for number in range(3)]
FIRST, SECOND, THIRD = (root.certificate for root in ROOTS)


def step(old: CouncilRoot, new: CouncilRoot) -> RootStep:
    text = step_text(old.certificate, new.certificate)
    return RootStep(
        old_pem=certificate_pem(old.certificate),
        new_pem=certificate_pem(new.certificate),
        by_old=old.signed(text),
        by_new=new.signed(text),
    )


STEPS = [step(ROOTS[0], ROOTS[1]), step(ROOTS[1], ROOTS[2])]


def test_they_lead_on_and_back_over_several_roots() -> None:
    assert after(FIRST, STEPS) == [SECOND, THIRD]
    assert after(SECOND, STEPS) == [THIRD]
    assert after(THIRD, STEPS) == []
    assert before(THIRD, STEPS) == [SECOND, FIRST]
    assert before(FIRST, STEPS) == []


def test_a_root_that_has_ended_leads_nobody_on() -> None:
    assert after(FIRST, STEPS, EARLY) == [SECOND]
    assert after(FIRST, STEPS, LATE) == []
    assert after(SECOND, STEPS, LATE) == [THIRD]


@pytest.mark.parametrize("missing", ["by_old", "by_new"])
def test_what_only_one_of_the_two_has_signed_counts_for_nothing(missing: str) -> None:
    """Neither may whoever has an old key name a next root, nor a stranger call a council's root their own of before."""
    half = msgspec.structs.replace(STEPS[0], **{missing: getattr(STEPS[1], missing)})

    assert after(FIRST, [half]) == []
    assert before(SECOND, [half]) == []


@pytest.mark.parametrize("data", [b"", b"<html>", b"{}", b'{"steps":[{"old_pem":"x","new_pem":"y"}]}'])
def test_what_cannot_be_read_vouches_for_nobody(data: bytes) -> None:
    assert read_steps(data) == []
    unreadable = msgspec.structs.replace(STEPS[0], new_pem="no certificate")
    assert after(FIRST, [unreadable]) == []


def test_a_word_is_the_councils_by_any_of_its_roots_and_by_no_other() -> None:
    said = ROOTS[0].signed("one order")

    assert is_said_by_one([SECOND, FIRST], "one order", said)
    assert not is_said_by_one([SECOND, FIRST], "another order", said)
    assert not is_said_by_one([SECOND, THIRD], "one order", said)
    assert not is_said_by_one([FIRST], "one order", "no signature")
