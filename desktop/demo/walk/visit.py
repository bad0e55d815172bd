"""Journey 6: a safe-and-well visit, from the request and two attempts to a child seen alone and a requester told."""

from __future__ import annotations

from datetime import timedelta

from desktop.demo.walk.closing import go_on
from desktop.demo.walk.hand import Hand


def fill(hand: Hand, asked_for: str) -> None:
    """`asked_for` is the record the visit is for; the outcome is told to whoever asked."""
    _request(hand, asked_for)
    _attempts(hand)
    _child(hand)
    _home(hand)
    if hand.shows("rail/after_missing"):
        hand.picture("Visit, after going missing only")
        hand.click("f/suffered_harm/none_said")
        hand.click("f/where_with/none/not_said")
        hand.click("f/told_us/none/not_said")
        go_on(hand, "Result")
    _result(hand)


def _request(hand: Hand, asked_for: str) -> None:
    now = hand.window.gate.now()
    hand.choose("f/purpose", "after_missing_follow_up")
    hand.type("f/requested_by", "Priya Fenwick, CME officer")
    hand.date("f/requested_at", now - timedelta(days=2))
    hand.choose("f/linked_record", asked_for)
    hand.type("f/address", "Larkfield House, Brackenford")
    expected = hand.add_row("households")
    hand.click(f"{expected}/name/use")
    hand.type("f/lone_worker", "A dog in the yard. Ring before the gate.")
    hand.date("f/check_in_at", now + timedelta(hours=1))
    hand.picture("Visit, the request")
    go_on(hand, "Attempts")


def _attempts(hand: Hand) -> None:
    now = hand.window.gate.now()
    first = hand.add_row("attempts")
    hand.date(f"{first}/at", now - timedelta(days=1))
    hand.choose(f"{first}/announced", "yes")
    hand.click(f"{first}/who_went/use")
    hand.choose(f"{first}/result", "no_answer")
    hand.choose(f"{first}/card_left", "yes")
    hand.click("f/door_check/lights")
    hand.picture("Visit, nobody came to the door")
    second = hand.add_row("attempts")
    hand.date(f"{second}/at", now - timedelta(hours=1))
    hand.click(f"{second}/who_went/use")
    hand.choose(f"{second}/result", "child_seen")
    hand.picture("Visit, the second attempt")
    go_on(hand, "Child")


def _child(hand: Hand) -> None:
    seen = hand.add_row("children_seen")
    hand.type(f"{seen}/name", "Wren")
    hand.choose(f"{seen}/seen", "yes")
    hand.choose(f"{seen}/alone", "yes")
    hand.type(f"{seen}/looked", "Warm coat, tired, no injury to be seen.")
    hand.type(f"{seen}/words", "I am fine. I want to see Jude on Saturday.")
    hand.type("f/child_voice", "Nobody has said when I can see my brother.")
    hand.click("f/health_injury/none")
    hand.choose("f/language", "English")
    hand.choose("f/interpreter", "not_needed")
    hand.picture("Visit, the child seen alone")
    go_on(hand, "Home and adults")


def _home(hand: Hand) -> None:
    adult = hand.add_row("adults_present")
    hand.type(f"{adult}/name", "Sam Tindle")
    hand.type(f"{adult}/tie", "Key worker")
    hand.choose(f"{adult}/id_seen", "yes")
    hand.click("f/home/no_worry")
    hand.choose("f/moving", "no")
    hand.choose("f/education_now", "in_school")
    hand.picture("Visit, home and adults")
    hand.click("rail/after_missing" if hand.shows("rail/after_missing") else "rail/result")


def _result(hand: Hand) -> None:
    hand.choose("f/outcome", "seen_safe")
    hand.choose("f/concern", "none")
    hand.choose("f/immediate_danger", "no")
    action = hand.add_row("actions")
    hand.type(f"{action}/what", "Agree a day with Jude’s carers")
    hand.type(f"{action}/who", "Sam Tindle")
    hand.date(f"{action}/by_when", hand.window.gate.now() + timedelta(days=5))
    hand.date("f/told_requester_at", hand.window.gate.now() - timedelta(minutes=5))
    hand.choose("f/consents/school", "no")
    hand.picture("Visit, the result told")
