"""Answers to one whole, invented interview, in the shape `homeward answer` takes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from casework.dates_in_words import LONDON

MARKERS = ("zylophane quartermaster", "wibbleton viaduct", "grumblethorpe staircase")  # words no program file holds


def ago(hours: float) -> str:
    return (datetime.now(LONDON) - timedelta(hours=hours)).isoformat(timespec="seconds")


CHILD: dict[str, Any] = {
    "given_name": "Wren",
    "family_name": "Hollowby",
    "date_of_birth": "2012-02-11",
    "care_status": "lac",
}


def episode() -> dict[str, Any]:
    return {
        "outcome": "real",
        "last_seen_at": ago(50),
        "reported_at": ago(49),
        "found_at": ago(30),
        "care_status": "lac",
    }


def interview(episode_id: str) -> dict[str, Any]:
    return {
        "episode_id": episode_id,
        "care_status": "lac",
        "prevention_interview": "done_shared",
        "offer_decision": "yes",
        "offers": [{"at": ago(20), "how": "in_person", "to_whom": "Wren", "reply": "accepted"}],
        "choice_given": True,
        "interviewer_type": "missing_advocate",
        "independent": True,
        "went_ahead": "yes",
        "started_at": ago(3),
        "ended_at": ago(2),
        "mode": "face_to_face",
        "place": "placement",
        "seen_alone": True,
        "language": "English",
        "interpreter": "not_needed",
        "sharing_explained": True,
        "how_now": "mixed",
        "before": f"I had a row about my phone, {MARKERS[0]}.",
        "during": f"I got the 22 bus to the {MARKERS[1]}.",
        "after": {"none": "not_said"},
        "exact_words": True,
        "push_factors": [{"code": "rules_or_curfew", "said_by": ["child_said"]}],
        "pull_factors": {"none": "not_said"},
        "forced_or_lured": "no",
        "places": [{"name": "Skate park", "type": "park", "felt": "safe", "add_to_plan": True}],
        "people_none": {"none": "not_said"},
        "immediate_danger": "no",
        "harm": ["none_said"],
        "health_needs": ["none"],
        "exploitation": ["none_seen"],
        "cse_level": "none",
        "cce_level": "none",
        "help_words": "Having my phone until half past ten.",
        "helplines_given": True,
        "analysis": f"Wren went to talk to her brother by the {MARKERS[2]}.",
        "s47": "not_needed",
        "s47_why": "No new harm was found.",
        "plan_changes": "Add the skate park.",
        "consents": [{"recipient": "police", "decision": "no"}, {"recipient": "parent", "decision": "all"}],
        "actions": [{"what": "Ask about phones on Fridays", "who": "Sam Tindle", "by_when": ago(-100)[:10]}],
        "child_agrees": "yes",
    }
