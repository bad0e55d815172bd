"""What a manager looks at in the morning: what is late, what the figures say, and the group's agenda."""

from __future__ import annotations

from casework.dates_in_words import local
from desktop.demo.invented_police_list import write_list
from desktop.demo.walk.hand import Hand
from desktop.flows.collated.themes_periods import themes_periods
from desktop.flows.police.police_taking_in import take_in_police_list


def look(hand: Hand) -> None:
    """Over the real service: the figures are its own."""
    hand.click("place/team")
    hand.wait_for("team/table")
    hand.picture("Team, what is late")
    _themes(hand)
    _police_list(hand)
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
    hand.click("place/children")
    hand.click("children/cross")
    hand.picture("The cross-list")


def _themes(hand: Hand) -> None:
    """Of the year: the invented children were not all interviewed in the last two months."""
    hand.click("team/themes")
    *_others, year, _this_month = themes_periods(local(hand.desk.now()).date())
    hand.choose("themes/period", year.code)
    hand.wait_for("themes/push_factors/drawn")
    hand.picture("Themes, what children said")
    hand.click("place/team")
    hand.wait_for("team/table")


def _police_list(hand: Hand) -> None:
    """The file comes through the system's own dialog, which no hand reaches."""
    desk, file = hand.desk, hand.pictures.parent / "police-list.csv"
    month = write_list(desk, file)
    take_in_police_list(desk, file, month, keep=True)
    hand.click("team/police")
    hand.wait_for(f"police/of/{month}")
    hand.picture("Police lists, month by month")
    hand.click(f"police/of/{month}")
    hand.wait_for("police/state")
    hand.picture("The police’s list of a month")
