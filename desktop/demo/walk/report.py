"""Journey 5: a home education report. The family chose a talk at home, and to show its work without a copy."""

from __future__ import annotations

from datetime import timedelta

from desktop.demo.walk.closing import go_on
from desktop.demo.walk.hand import Hand


def fill(hand: Hand) -> None:
    """A first visit at home; suitable, with advice, and what follows from that."""
    _visit(hand)
    fill_rest(hand)


def fill_rest(hand: Hand) -> None:
    """From the background on, in whatever way the family was heard."""
    _background(hand)
    _education(hand)
    hand.choose("f/no_sample_reason", "seen_not_copied")
    hand.picture("Report, samples seen and not copied")
    go_on(hand, "Progress and future")
    _progress(hand)
    _judgement(hand)


def _visit(hand: Hand) -> None:
    hand.choose("f/visit_kind", "first")
    hand.choose("f/offer_reply", "accepted")
    hand.choose("f/mode", "home")
    hand.date("f/visit_at", hand.window.gate.now() - timedelta(hours=2))
    hand.type("f/minutes", "75")
    parent = hand.add_row("present")
    hand.type(f"{parent}/name", "Marsha Aldred")
    hand.type(f"{parent}/tie", "Mother")
    hand.choose("f/child_seen", "yes")
    hand.choose("f/child_spoken", "yes")
    hand.choose("f/language", "English")
    hand.choose("f/interpreter", "not_needed")
    hand.picture("Report, the visit")
    go_on(hand, "Background")


def _background(hand: Hand) -> None:
    hand.date("f/ehe_start", hand.window.gate.now() - timedelta(days=120))
    hand.type("f/last_school", "Millgate Primary")
    hand.click("f/reasons/lifestyle")
    hand.choose("f/main_reason", "lifestyle")
    hand.choose("f/school_suggested", "no")
    hand.choose("f/cooling_off", "not_applicable")
    hand.click("f/send/none")
    hand.picture("Report, background")
    go_on(hand, "Education now")


def _education(hand: Hand) -> None:
    hand.click("f/approach/project_based")
    hand.type("f/week", "Maths and reading each morning, a project after lunch, swimming on Wednesdays.")
    hand.choose("f/full_time", "yes")
    for area, what in (
        ("reading_writing", "A diary of the canal, and library books."),
        ("maths", "Fractions by baking."),
    ):
        line = hand.add_row("subjects")
        hand.choose(f"{line}/area", area)
        hand.type(f"{line}/what", what)
    if hand.shows("f/environment"):
        hand.type("f/environment", "A table by the window, books and a shared tablet.")
    hand.type("f/social_physical", "Scouts, swimming, and two cousins.")
    hand.picture("Report, education now")
    go_on(hand, "Samples of work")


def _progress(hand: Hand) -> None:
    hand.choose("f/progress", "first_visit")
    hand.type("f/child_view", "I like making maps. Spelling is hard. I want to build a boat.")
    hand.type("f/future_plans", "A project on rivers, and a maths book for the next year.")
    if hand.shows("f/post16"):
        hand.click("f/post16/none/not_known")
    hand.picture("Report, progress and future")
    go_on(hand, "Judgement")


def _judgement(hand: Hand) -> None:
    now = hand.window.gate.now()
    hand.choose("f/suitability", "suitable_with_advice")
    advice = hand.add_row("advice")
    hand.type(f"{advice}/what", "Write a little each day, on paper or by keyboard.")
    hand.date(f"{advice}/by_when", now + timedelta(days=42))
    hand.choose("f/safeguarding", "none")
    hand.click("f/next/amend_and_revisit")
    hand.date("f/next_contact", now + timedelta(days=42))
    hand.choose("f/next_contact_how", "home")
    hand.click("f/parent_reply/none/not_said")
    hand.picture("Report, judgement and what follows")
