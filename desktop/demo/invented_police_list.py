"""The police’s list of the month in which most of the caseload’s episodes began, with what such lists are like: one
child is spelt otherwise, one is not known here, and one episode is not in it."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

from casework.dates_in_words import local
from casework.forms.moments import span
from casework.practice.police.police_list_rules import month_of_episode
from desktop.flows.desk import Desk
from desktop.flows.police.police_months import EpisodeHere, episodes_here
from desktop.flows.police.police_sheet import HEADS


def write_list(desk: Desk, file: Path) -> str:
    """The month it is of, as a verb takes it: 2026-10."""
    here = sorted(episodes_here(desk).values(), key=lambda one: one.began)
    months = Counter(of for one in here if (of := month_of_episode(one.summary.answers)))
    month = max(months, key=lambda of: (months[of], of))
    told = [_line(one) for one in here if month_of_episode(one.summary.answers) == month][1:]
    told[0][1] = told[0][1].upper()
    with file.open("w", newline="", encoding="utf-8") as opened:
        csv.writer(opened).writerows([HEADS, *told, _nobody_here(month)])
    return month.isoformat()[:7]


def _line(one: EpisodeHere) -> list[str]:
    said = one.summary.answers
    born = one.child.born.isoformat() if one.child.born else ""
    times = [_time(said.get(name)) for name in ("reported_at", "found_at")]
    return [str(said.get("police_ref") or ""), one.child.name, born, *times, str(said.get("police_risk") or "")]


def _time(value: object) -> str:
    known = span(value)
    return local(known.first).isoformat(timespec="minutes") if known else ""


def _nobody_here(month: date) -> list[str]:
    reported = datetime.combine(month, datetime.min.time()) + timedelta(hours=21, minutes=5)
    back = reported + timedelta(hours=3)
    return ["ASH-2698", "Robin Mossgate", "2011-02-14", f"{reported:%Y-%m-%d %H:%M}", f"{back:%Y-%m-%d %H:%M}", "low"]
