"""What a manager looks at in the morning: what is late, what the figures say, and the group's agenda."""

from __future__ import annotations

from desktop.demo.walk.hand import Hand


def look(hand: Hand) -> None:
    """Over the real service: the figures are its own."""
    hand.click("place/team")
    hand.wait_for("team/table")
    hand.picture("Team, what is late")
    hand.click("place/caseload")
    hand.picture("Caseload")
    hand.click("place/figures")
    hand.wait(lambda: hand.shows("figures/every"), "the council’s figures")
    hand.picture("Figures, the last whole month")
    hand.click("place/groups")
    hand.click("groups/agenda/operational")
    hand.wait_for("meeting/agenda")
    hand.picture("The weekly group, its agenda made by rule")
    hand.click("meeting/child")
    hand.wait_for("child/timeline/picture")
    hand.picture("A child of the agenda")
