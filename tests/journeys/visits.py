"""Answers to a whole, invented safe-and-well visit and a home education report, as `homeward answer` takes them."""

from __future__ import annotations

from typing import Any

from tests.journeys.interviews import ago


def visit(asked_for: str) -> dict[str, Any]:
    """Nobody in, then the child seen alone, and the requester told."""
    return {
        "purpose": "after_missing_follow_up",
        "requested_by": "Priya Fenwick, CME officer",
        "requested_at": ago(48),
        "linked_record": asked_for,
        "address": "Larkfield House, Brackenford",
        "households": [{"name": "Wren Hollowby"}],
        "lone_worker": "A dog in the yard.",
        "check_in_at": ago(-1),
        "attempts": [
            {"at": ago(24), "who_went": "Nadia Brightwater", "result": "no_answer", "card_left": True},
            {"at": ago(2), "who_went": "Nadia Brightwater", "result": "child_seen"},
        ],
        "children_seen": [{"name": "Wren", "seen": True, "alone": True, "words": "I want to see Jude."}],
        "child_voice": "Nobody has said when I can see my brother.",
        "health_injury": ["none"],
        "language": "English",
        "interpreter": "not_needed",
        "home": ["no_worry"],
        "education_now": "in_school",
        "suffered_harm": ["none_said"],
        "outcome": "seen_safe",
        "concern": "none",
        "immediate_danger": "no",
        "told_requester_at": ago(1),
    }


def report() -> dict[str, Any]:
    """The family wrote instead of a visit, and chose not to share work (ux check 15)."""
    return {
        "visit_kind": "annual",
        "offer_reply": "prefers_other_way",
        "mode": "parent_report_only",
        "report_received": ago(30)[:10],
        "ehe_start": "2024-09-02",
        "last_school": "Millgate Primary",
        "reasons": ["lifestyle"],
        "main_reason": "lifestyle",
        "school_suggested": False,
        "send": ["none"],
        "approach": ["project_based"],
        "week": "Maths and reading each morning, a project after lunch.",
        "subjects": [
            {"area": "reading_writing", "what": "A diary of the canal."},
            {"area": "maths", "what": "Fractions by baking."},
        ],
        "social_physical": "Scouts and swimming.",
        "no_sample_reason": "parent_declined",
        "progress": "clear",
        "progress_details": "The diary of last year beside this one.",
        "child_view": "I like making maps.",
        "future_plans": "A project on rivers.",
        "suitability": "suitable",
        "safeguarding": "none",
        "next": ["none_until_annual_contact"],
        "next_contact": ago(-24 * 300)[:10],
        "next_contact_how": "parent_report_only",
    }
