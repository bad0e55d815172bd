"""The child's page with its pictures and their tables, and the Find Me card."""

from __future__ import annotations

from desktop.demo.walk.hand import Hand


def look(hand: Hand, child_id: str) -> None:
    """Each picture, then the same as a table."""
    hand.click("place/children")
    hand.click(f"children/{child_id}")
    hand.wait_for("child/timeline/picture")
    hand.picture("Child, about and timeline")
    hand.click("child/timeline/switch")
    hand.picture("Child, timeline as a table")
    hand.click("child/timeline/switch")
    hand.click("child/people/switch")
    hand.picture("Child, people as a table")
    hand.click("child/find_me")
    hand.wait_for("find_me/save")
    hand.picture("Find Me card")
