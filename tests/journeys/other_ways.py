"""What the walk through the window does not type: a family that says no, or writes, and a child missing now."""

from __future__ import annotations

from datetime import timedelta

from desktop.demo.walk import report
from desktop.demo.walk.closing import go_on
from desktop.demo.walk.hand import Hand


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


def write_instead(hand: Hand) -> None:
    """A family that would rather write: its own report in place of a visit."""
    hand.choose("f/visit_kind", "annual")
    hand.choose("f/offer_reply", "prefers_other_way")
    hand.choose("f/mode", "parent_report_only")
    hand.date("f/report_received", hand.window.gate.now() - timedelta(days=2))
    hand.picture("Report, the family wrote instead of a visit")
    go_on(hand, "Background")
    report.fill_rest(hand)


def mark_missing(hand: Hand) -> None:
    """Part two, when the child is missing now."""
    now = hand.window.gate.now()
    hand.choose("f/missing_now", "yes")
    hand.date("f/last_seen", now - timedelta(hours=3))
    hand.type("f/last_seen_where", "Larkfield House, by Sam Tindle")
    hand.type("f/wearing", "Black coat, white trainers.")
    tried = hand.add_row("tried")
    hand.click(f"{tried}/at/now")
    hand.type(f"{tried}/what", "Text and two calls, no answer.")
    hand.type("f/police_ref", "SYP-20261122-0417")
    hand.date("f/reported_at", now - timedelta(hours=1))
    hand.picture("Plan, part two, missing now")
