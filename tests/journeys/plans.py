"""Answers to one whole, invented Find Me Plan, in the shape `homeward answer` takes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any


def plan(today: datetime | None = None) -> dict[str, Any]:
    """Part one, with nothing missing; reviewed thirty days from `today` (27 March 2026 unless told)."""
    review = (today or datetime(2026, 3, 27, tzinfo=UTC)) + timedelta(days=30)
    return {
        "no_photo_reason": "Wren did not want one taken today.",
        "names": "Wren Hollowby, Wrennie, born 11 February 2012, she/her",
        "looks": "About 155 cm, slight, short dark hair.",
        "legal_status": "lac",
        "orders": "Full care order. The council shares parental responsibility.",
        "language": "English",
        "communication": "Text first. Walking is easier than sitting.",
        "normal_pattern": "School until three, the skate park on Fridays until eight.",
        "late_not_missing": "Half an hour after eight, if she answers a text.",
        "missing_when": "No answer for an hour after eight.",
        "risk_level": "medium",
        "risk_why": "An adult with a car has been seen with her.",
        "vulnerabilities": ["cse"],
        "vulnerabilities_details": "Lifts from people she does not know.",
        "child_view": "I think I would be all right, but I get cold.",
        "likely_places": [{"id": "bus", "name": "Bus station", "why": "To meet Tay"}],
        "associates_none": "none_known",
        "medicine_none": "none",
        "allergies_conditions": "None known. GP: Larkfield Surgery.",
        "steps": [{"id": "s1", "after": "At once", "who": "Sam Tindle", "what": "Text Wren, then ring."}],
        "call_police": "Ring 101 after one hour with no answer. Ring 999 if she is with the man with the grey car.",
        "carer_role": "Keep a light on and the phone free.",
        "return_to": "Larkfield House. Not the police station.",
        "welcome_back": "Hot chocolate, and no questions until morning.",
        "review_reason": ["new_plan"],
        "involved": [{"id": "i1", "name": "Wren Hollowby", "role": "It is her plan"}],
        "child_took_part": "yes",
        "next_review": review.date().isoformat(),
        "consents": [
            {"id": "c1", "recipient": "police", "decision": "all"},
            {"id": "c2", "recipient": "carer_or_placement", "decision": "all"},
            {"id": "c3", "recipient": "school", "decision": "no"},
        ],
    }
