"""An invented interview on paper, for the tests of layout, signing and checking."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from casework.canonical import JSON
from casework.forms import Context, Filled
from casework.practice.consent import copies_for
from desktop.documents.paper import Copy, Paper, Signer
from desktop.documents.readers_copy import readers_copy
from desktop.forms.catalogue import Catalogue
from desktop.paths import resources
from tests.desktop.documents.council import Council

CATALOGUE = Catalogue.load(resources() / "forms", resources() / "councils" / "rotherham.toml")
FORM = CATALOGUE.form("return_home_interview")
COUNCIL = Council()
ARABIC = "ذهبت إلى الحديقة مع أصدقائي لأنني كنت غاضبة من البيت. "
INK: JSON = {"strokes": [[[5, 40], [20, 10], [35, 40], [60, 5]], [[80, 20], [120, 44]]], "width": 200, "height": 60}
ANSWERS: dict[str, JSON] = {
    "before": "I had a row with staff about my phone.",
    "during": "I got the 22 bus into town.\n\nThen it got cold.",
    "after": ARABIC * 5,
    "push_factors": [{"code": "rules_or_curfew", "said_by": ["child_said"]}],
    "places": [{"id": "a", "name": "Skate park, Łódź Street", "felt": "safe"}, {"id": "b", "name": "Tay’s flat"}],
    "people": {"none": "not_said"},
    "analysis": "Wren went so that she could talk to her brother.",
    "child_ink": INK,
    "worker_ink": INK,
}

_CONSENTED: dict[str, JSON] = {
    "offer_decision": "yes",
    "offers": [{"id": "o", "at": "2026-03-26T10:00:00+00:00", "reply": "accepted"}],
    "went_ahead": "yes",
}


def paper(**answers: JSON) -> Paper:
    given = {**ANSWERS, **answers}
    signer = Signer("Nadia Brightwater", "Missing advocate", "Ashmere Council", "ASH-0142", datetime.now(UTC))
    return Paper(
        definition=FORM,
        record_id="0f" * 16,
        answers=given,
        shown=frozenset(given) | {"due_72h"},
        child_name="Wren Hollowby",
        first_name="Wren",
        reference="RHI-2026-0F0F0F",
        line="Away 24 March 2026, 22:20 to 25 March 2026, 21:40",
        signer=signer,
        copy=Copy("full", "Full copy", is_full=True),
        checks={"content_hash": "ab" * 32, "audit_head": "7:cd"},
        facts=(("due_72h", "28 March 2026, 21:40"),),
    )


def held_back(question: str) -> Paper:
    """Police’s copy of an interview of which the child kept one answer back."""
    given: dict[str, JSON] = {
        **ANSWERS,
        **_CONSENTED,
        "consents": [{"id": "c", "recipient": "police", "decision": "some", "keep_back": [question]}],
    }
    return reader_of("police", given)


def reader_of(recipient: str, given: dict[str, JSON], **context: object) -> Paper:
    filled = Filled(FORM, given, Context(now=datetime.now(UTC), child="Wren", facts=context))
    rule = next(rule for rule in copies_for(FORM, given, filled.context) if rule.id == recipient)
    held = readers_copy(rule, filled, frozenset())
    return replace(paper(), answers=held.answers, shown=held.shown, copy=held.copy, facts=())


def shared_line(shared: str, *others: str) -> Paper:
    """Police’s copy of an interview that names these people, the first shared without a yes and for a reason."""
    given: dict[str, JSON] = {
        "offer_decision": "yes",
        "offers": [{"id": "o", "at": "2026-03-26T10:00:00+00:00", "reply": "accepted"}],
        "went_ahead": "yes",
        "people": [{"id": name.lower(), "name": name, "concern": "high"} for name in (shared, *others)],
        "consents": [{"id": "c", "recipient": "police", "decision": "no"}],
        "shared_without": [
            {
                "id": "s",
                "recipient": "police",
                "only": [f"people/{shared.lower()}"],
                "reason": "risk_of_harm",
                "why": "An adult gives lifts to children.",
                "manager": "Tom Applegarth",
                "child_told": True,
            }
        ],
    }
    return reader_of("police", given)
