"""Journey 1: an interview without signal, typed, signed by the child and the worker, and saved."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from desktop.demo import caseload
from desktop.demo.walk.closing import CONTROL, RETURN
from desktop.demo.walk.hand import Hand
from desktop.flows.due.interviews.interviews_due import due_interviews
from desktop.ui.window import MainWindow


def fill(hand: Hand) -> None:
    hand.click(f"today/start/{_wren(hand.window)}")
    hand.wait_for("section/title")
    hand.click("rail/episode")
    hand.picture("Episode, filled in beforehand")
    hand.click("rail/offer")
    hand.choose("f/went_ahead", "yes")
    hand.picture("Offer")
    _meeting(hand)
    _words(hand)
    _why(hand)
    _places_and_people(hand)
    _harm(hand)
    _help_and_view(hand)
    _sharing_and_next(hand)


def _meeting(hand: Hand) -> None:
    hand.click("rail/meeting")
    hand.key(RETURN, CONTROL)
    hand.picture("Meeting, what is missing")
    now = hand.window.gate.now()
    hand.date("f/started_at", now - timedelta(minutes=45))
    hand.date("f/ended_at", now - timedelta(minutes=7))
    hand.choose("f/mode", "face_to_face")
    hand.choose("f/place", "placement")
    hand.choose("f/seen_alone", "yes")
    hand.choose("f/language", "English")
    hand.choose("f/interpreter", "not_needed")
    hand.choose("f/sharing_explained", "yes")
    hand.picture("Meeting")


def _words(hand: Hand) -> None:
    hand.click("rail/your_words")
    hand.choose("f/how_now", "mixed")
    hand.type(
        "f/before", "I had a row with staff about my phone. It goes in the office at ten. I only wanted to ring Jude."
    )
    hand.type(
        "f/during",
        "I got the 22 bus into town and met Tay at the skate park. It got too cold so Tay’s cousin Dex came and "
        "picked us up. I did not know him before. I slept at Tay’s on the sofa.",
    )
    hand.type("f/after", "Sam made me a hot chocolate and nobody told me off. That helped.")
    hand.choose("f/exact_words", "yes")
    hand.choose("f/felt_missing", "no")
    hand.click("rail/your_words")
    hand.picture("In your words")


def _why(hand: Hand) -> None:
    hand.click("rail/why")
    hand.click("f/push_factors/rules_or_curfew")
    hand.click("f/pull_factors/friends")
    hand.type("f/main_reason", "I just wanted to ring my brother")
    hand.choose("f/forced_or_lured", "no")
    hand.picture("Why")


def _places_and_people(hand: Hand) -> None:
    hand.click("rail/places_people")
    park = hand.add_row("places")
    hand.type(f"{park}/name", "Skate park, Brackenford")
    hand.choose(f"{park}/felt", "safe")
    hand.click(f"{park}/add_to_plan")
    dex = hand.add_row("people")
    hand.type(f"{dex}/name", "Dex")
    hand.choose(f"{dex}/age", "18plus")
    hand.type(f"{dex}/child_view", "He was all right. Gave me his coat.")
    hand.choose(f"{dex}/concern", "high")
    hand.click(f"{dex}/add_to_plan")
    hand.picture("Places and people")


def _harm(hand: Hand) -> None:
    hand.click("rail/harm_risk")
    hand.choose("f/immediate_danger", "no")
    for tick in ("f/harm/none_said", "f/health_needs/none", "f/exploitation/unknown_cars"):
        hand.click(tick)
    hand.choose("f/cse_level", "low")
    hand.choose("f/cce_level", "none")
    hand.picture("Harm and risk")


def _help_and_view(hand: Hand) -> None:
    hand.click("rail/what_would_help")
    hand.type(
        "f/help_words", "Having my phone until half past ten on a Friday so I can ring Jude. And if they knocked."
    )
    hand.type("f/instead", "Text Sam, or sit in the kitchen with whoever is on. I could ring Nan. She always picks up.")
    hand.choose("f/helplines_given", "yes")
    hand.picture("What would help")
    hand.click("rail/workers_view")
    hand.type("f/analysis", "Wren went so as to be able to talk to her brother. New is Dex, an adult with a car.")
    hand.choose("f/s47", "with_manager")
    hand.type("f/s47_why", "Dex is an adult whom nobody knows. Talked through with Tom Applegarth today.")
    hand.type("f/plan_changes", "Add Dex, and the skate park.")
    hand.picture("Worker’s view")


def _sharing_and_next(hand: Hand) -> None:
    hand.click("rail/sharing")
    hand.choose("f/consents/allocated_worker", "all")
    hand.choose("f/consents/police", "no")
    hand.choose("f/consents/parent", "no")
    hand.picture("Who may see this")
    hand.click("rail/next")
    action = hand.add_row("actions")
    hand.type(f"{action}/what", "Ask the house meeting about phones on Fridays")
    hand.type(f"{action}/who", "Sam Tindle")
    hand.date(f"{action}/by_when", hand.window.gate.now() + timedelta(days=7))
    hand.picture("Next")
    hand.click("rail/finish")
    hand.choose("f/child_agrees", "yes")
    hand.picture("Finish")


def sign(hand: Hand) -> None:
    hand.key(RETURN, CONTROL)
    hand.wait_for("sign-and-lock")
    hand.picture("Check and sign")
    hand.sign("f/child_ink", [(20, 50), (35, 20), (50, 55), (65, 20), (80, 50)], [(110, 30), (150, 34), (118, 56)])
    hand.sign("sign/ink", [(20, 60), (40, 20), (60, 60), (80, 24), (110, 58), (160, 40), (230, 52)])
    hand.type("sign/passphrase", caseload.PASSPHRASE)
    hand.picture("Signed in ink, not yet locked")
    hand.click("sign-and-lock")
    hand.wait_for("documents/to")
    hand.picture("Signed and locked")


def export(hand: Hand, pdf: Path) -> None:
    hand.type("documents/to", str(pdf))
    hand.picture("Save a PDF")
    hand.click("documents/save")
    hand.wait(pdf.exists, "the PDF")
    hand.picture("PDF saved")


def _wren(window: MainWindow) -> str:
    desk = window.shell.desk if window.shell is not None else None
    due = [found for found in due_interviews(desk) if found.child.first_name == "Wren"] if desk is not None else []
    return due[0].record_id or due[0].episode_id
