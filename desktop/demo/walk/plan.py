"""Journey 3: the plan follows the interview. Offered places are taken, the rest is typed, all by keys and mouse."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QLabel

from desktop.demo.walk.closing import go_on, save_pdf, sign_and_lock
from desktop.demo.walk.hand import Hand


def open_after(hand: Hand, child_id: str, interview_id: str) -> None:
    """From the signed interview, where the plan’s next act stands beside it."""
    hand.click("place/children")
    hand.click(f"children/{child_id}")
    hand.click(f"child/record/{interview_id}")
    hand.wait_for("plan/open")
    hand.picture("Signed interview, the plan beside it")
    hand.click("sign/history")
    hand.wait_for("history/record")
    hand.picture("History of the interview")
    hand.click("history/record")
    hand.wait_for("sign/history")
    hand.click("plan/open")
    hand.wait_for("section/title")


def fill(hand: Hand) -> None:
    """Part one, section by section; each page is left by Save and continue."""
    _who(hand)
    _what_missing_means(hand)
    _where_who_how(hand)
    _health(hand)
    _steps(hand)
    hand.type("f/my_signals", "If I text a lion, ring me and say Nan is ill.")
    friend = hand.add_row("my_people")
    hand.type(f"{friend}/name", "Nan")
    go_on(hand, "Review and sharing")
    _review(hand)
    go_on(hand, "Part two: missing now")


def fill_next(hand: Hand) -> None:
    """The next version: it begins with what the last one said, and what came out since is offered."""
    hand.picture("Plan, the next version begins with the last")
    hand.click("rail/where_who_how")
    _where_who_how(hand)
    hand.click("rail/review")
    _review(hand)
    go_on(hand, "Part two: missing now")


def agree(hand: Hand, folder: Path) -> None:
    """Signed by the worker; then the copies police and the carer may have."""
    sign_and_lock(hand, "Plan, check and sign")
    save_pdf(hand, folder / "plan.pdf")
    save_pdf(hand, folder / "plan-police.pdf", "police")
    hand.picture("Plan, the copy for police")
    save_pdf(hand, folder / "plan-carer.pdf", "carer_or_placement")


def _who(hand: Hand) -> None:
    hand.picture("Plan, what other records offer")
    hand.type("f/no_photo_reason", "Wren did not want one taken today.")
    hand.click("f/names/use")
    hand.type("f/looks", "About 155 cm, slight, short dark hair. A scar over the left eyebrow.")
    hand.choose("f/legal_status", "lac")
    hand.type("f/orders", "Full care order. The council shares parental responsibility.")
    hand.choose("f/language", "English")
    hand.type("f/communication", "Text first. Walking is easier than sitting at a table.")
    go_on(hand, "What “missing” means for this child")


def _what_missing_means(hand: Hand) -> None:
    hand.type("f/normal_pattern", "School until three. The skate park on Fridays until eight.")
    hand.type("f/late_not_missing", "Half an hour after eight, if she answers a text.")
    hand.type("f/missing_when", "No answer for an hour after eight.")
    hand.choose("f/risk_level", "medium")
    hand.type("f/risk_why", "An adult with a car has been seen with her.")
    hand.click("f/vulnerabilities/cse")
    hand.type("f/vulnerabilities_details", "Lifts from people she does not know.")
    hand.type("f/child_view", "I think I would be all right, but I get cold.")
    hand.picture("Plan, what missing means")
    go_on(hand, "Where, who, how")


def _where_who_how(hand: Hand) -> None:
    hand.picture("Plan, places and people offered")
    for group in ("likely_places", "associates"):
        if hand.shows(f"offered/{group}/all"):
            hand.click(f"offered/{group}/all")
    while takes := _visible(hand, "/take"):  # one that stands here already by that name is left
        row = takes[0].removesuffix("/take")
        again = "already" in _said(hand, f"{row}/from")
        hand.click(f"{row}/leave" if again else takes[0])
    hand.type("f/money_travel", "A bus pass, and about ten pounds.")
    hand.picture("Plan, places and people taken")
    go_on(hand, "Health")


def _health(hand: Hand) -> None:
    hand.choose("f/medicine_none", "none")
    hand.type("f/allergies_conditions", "None known. GP: Larkfield Surgery.")
    go_on(hand, "Steps we agreed")


def _steps(hand: Hand) -> None:
    for after, who, what in (
        ("At once", "Sam Tindle", "Text Wren, then ring her."),
        ("After one hour", "Larkfield House", "Ring 101 and give them this plan."),
    ):
        step = hand.add_row("steps")
        hand.type(f"{step}/after", after)
        hand.type(f"{step}/who", who)
        hand.type(f"{step}/what", what)
    hand.type("f/call_police", "Ring 101 after one hour with no answer. Ring 999 if she is with the man with the car.")
    hand.type("f/carer_role", "Keep a light on and the phone free.")
    hand.type("f/return_to", "Larkfield House. Not the police station.")
    hand.type("f/welcome_back", "Hot chocolate, and no questions until morning.")
    hand.picture("Plan, steps")
    go_on(hand, "My own safety plan")


def _review(hand: Hand) -> None:
    hand.click("f/review_reason/interview_completed")
    hand.type("f/what_changed", "Dex and the skate park are new.")
    helper = hand.add_row("involved")
    hand.type(f"{helper}/name", "Wren")
    hand.choose("f/child_took_part", "yes")
    hand.date("f/next_review", hand.window.gate.now() + timedelta(days=60))
    hand.choose("f/consents/police", "all")
    hand.choose("f/consents/carer_or_placement", "all")
    hand.choose("f/consents/school", "no")
    hand.picture("Plan, review and sharing")


def _visible(hand: Hand, end: str) -> list[str]:
    return [name for name in hand.names() if name.startswith("offered/") and name.endswith(end)]


def _said(hand: Hand, name: str) -> str:
    found = hand.find(name)
    return found.text() if isinstance(found, QLabel) else ""
