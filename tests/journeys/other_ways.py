"""What the walk through the window does not type: a family that says no, and a plan for a child missing now."""

from __future__ import annotations

from datetime import timedelta

from desktop.ui.walk.hand import Hand


def decline(hand: Hand) -> None:
    """A family that says no: a few answers, and nothing in red (ux check 15)."""
    hand.choose("f/visit_kind", "annual")
    hand.choose("f/offer_reply", "declined")
    hand.picture("Report, the family said no to a visit")
    hand.click("rail/judgement")
    hand.choose("f/suitability", "no_response_or_evidence")
    hand.choose("f/safeguarding", "none")
    hand.click("f/next/amend_and_revisit")
    hand.date("f/next_contact", hand.window.gate.now() + timedelta(days=40))
    hand.choose("f/next_contact_how", "parent_report_only")


def mark_missing(hand: Hand) -> None:
    """Part two, when the child is missing now."""
    now = hand.window.gate.now()
    hand.choose("f/missing_now", "yes")
    hand.date("f/last_seen", now - timedelta(hours=3))
    hand.type("f/last_seen_where", "Larkfield House, by Sam Tindle")
    hand.type("f/wearing", "Black coat, white trainers.")
    tried = hand.add_row("tried")
    hand.click(f"{tried}/at/use")
    hand.type(f"{tried}/what", "Text and two calls, no answer.")
    hand.type("f/police_ref", "SYP-20261122-0417")
    hand.date("f/reported_at", now - timedelta(hours=1))
    hand.picture("Plan, part two, missing now")
