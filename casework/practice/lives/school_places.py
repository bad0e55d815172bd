"""The lives around a school place, beside a referral: who looks first, the new roll, and tracking after the old one
(S2 §5, §6, §8). Where each stands is read in `schooling`."""

from __future__ import annotations

from casework.practice.lives.life import Guard, Life, Move

_CME = frozenset({"cme_officer", "cme_lead", "education_manager"})


def _in_order(fact: str, say: str, at: str) -> Guard:
    return Guard(fact, say, (True,), at)


LOCALITY_TEAM = Life(
    states=("nobody_asked", "team_asked", "team_answered", "with_cme_officer"),
    ends=("with_cme_officer",),
    moves=(
        Move(
            ("nobody_asked",),
            "team_asked",
            (Guard("team_asked_on", "Early Help’s team of the locality looks first. Record when it was asked."),),
            source="S2 §5",
        ),
        Move(
            ("team_asked",),
            "team_answered",
            (
                Guard("team_answer", "Record when the team answered, and if it found the child.", at="team_asked_on"),
                _in_order(
                    "team_in_order", "The team is asked, then answers, then the case is logged. Check the days.",
                    "team_asked_on",
                ),
            ),
            source="S2 §5",
        ),
        Move(("team_answered",), "with_cme_officer", (), _CME, "S2 §5"),
    ),
)  # fmt: skip

NEW_SCHOOL = Life(
    states=("no_start_day", "start_agreed", "on_new_roll"),
    ends=("on_new_roll",),
    moves=(
        Move(
            ("no_start_day",),
            "start_agreed",
            (
                Guard("admission_met_on", "A start day is agreed at the admission meeting. Enter its day."),
                Guard("start_on", "Enter the start day that was agreed."),
            ),
            _CME,
            "S2 §6",
        ),
        Move(
            ("start_agreed",),
            "on_new_roll",
            (
                _in_order(
                    "on_roll_from_start", "The name goes on the roll on the agreed start day. Check both days.",
                    "on_roll_on",
                ),
            ),
            _CME,
            "S2 §6",
        ),
    ),
)  # fmt: skip

TRACKED = Life(
    states=("on_roll", "off_roll", "tracked", "tracking_ended"),
    ends=("tracking_ended",),
    moves=(
        Move(
            ("on_roll",),
            "off_roll",
            (Guard("removed_on", "The name is still on the roll. Enter the day it left first."),),
            _CME,
            "S2 §8",
        ),
        Move(
            ("off_roll",),
            "tracked",
            (
                Guard("tracked", "Record what was done to track the child."),
                _in_order(
                    "tracked_after_roll", "A step of tracking is before the day the name left the roll. Check them.",
                    "tracked",
                ),
            ),
            _CME,
            "S2 §8",
        ),
        Move(
            ("tracked",),
            "tracking_ended",
            (
                _in_order(
                    "ended_after_tracked", "Enter the day tracking ended, after the last step.", "tracking_end",
                ),
            ),
            _CME,
            "S2 §15",
        ),
    ),
)  # fmt: skip
