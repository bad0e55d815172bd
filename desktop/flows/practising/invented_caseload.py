"""The invented caseload, as it is written into a store. Every person in it is made up."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Container, Mapping
from datetime import datetime, timedelta

from casework.canonical import JSON
from casework.dates_in_words import LONDON
from casework.errors import BugError
from desktop.flows.case_file import case_file
from desktop.flows.desk import Desk
from desktop.flows.due.interviews.interviews_due import start_interview
from desktop.flows.practising import invented_papers as papers
from desktop.flows.practising.invented_papers import InventedPaper
from desktop.flows.record import editing, notes
from desktop.flows.signing import signing
from desktop.paths import resources

_RELATIVE = re.compile(r"([+-]\d+)d(?: (\d\d):(\d\d))?")
Tell = Callable[[str], None]
MANAGER = "Tom Applegarth"


def caseload() -> dict[str, JSON]:
    found: dict[str, JSON] = json.loads((resources() / "demo" / "caseload.json").read_text(encoding="utf-8"))
    return found


def fill(
    desk: Desk, tell: Tell, *, only: Container[str] | None = None, step: Callable[[], None] = lambda: None
) -> dict[str, str]:
    """Every child, episode, interview, appointment and note of the caseload, or of the children whose keys are in
    `only`; returns child ids by their keys. `step` is taken before each record, and may end it."""
    found = _of(caseload(), only)
    today = desk.now()
    children: dict[str, str] = {}
    tell(f"Writing {len(objects_in(found['children']))} invented children, their episodes and interviews")
    for child in objects_in(found["children"]):
        step()
        children[str(child["key"])] = editing.new_record(desk, "child", known=_dated(child["answers"], today))
    episodes: dict[str, str] = {}
    for episode in objects_in(found["episodes"]):
        step()
        about, known = children[str(episode["child"])], _dated(episode["answers"], today)
        episodes[str(episode["key"])] = editing.new_record(desk, "missing_episode", about, known)
    interviews: dict[str, str] = {}
    for given in objects_in(found["interviews"]):
        step()
        interviews[str(given["episode"])] = _interview(desk, given, episodes, today)
    for visit in objects_in(found["appointments"]):
        known = _dated(visit["answers"], today)
        if "episode" in visit:
            known["about"] = interviews[str(visit["episode"])]
        editing.new_record(desk, "appointment", children[str(visit["child"])], known)
    _papers(desk, found, children, episodes, today)
    for key in children.keys() - texts_in(found["undecided"]):
        step()
        papers.settle(desk, case_file(desk, children[key]), MANAGER)
    for note in objects_in(found["notes"]):
        notes.add_note(desk, interviews[str(note["episode"])], str(note["text"]))
    return children


def steps_in(only: Container[str]) -> int:
    """How many `fill` takes."""
    found = _of(caseload(), only)
    lists = [objects_in(found[name]) for name in ("children", "episodes", "interviews")]
    settled = [one for one in lists[0] if one["key"] not in texts_in(found["undecided"])]
    return sum(map(len, lists)) + len(settled)


def _of(found: dict[str, JSON], only: Container[str] | None) -> dict[str, JSON]:
    """What is about these children, and of their episodes."""
    if only is None:
        return found
    whose = {str(one["key"]): str(one["child"]) for one in objects_in(found["episodes"])}

    def is_wanted(one: Mapping[str, JSON]) -> bool:
        child = one.get("child") or whose.get(str(one.get("episode"))) or one.get("key")
        return str(child) in only

    lists = ("children", "episodes", "interviews", "appointments", "notes", "papers")
    return found | {name: [one for one in objects_in(found[name]) if is_wanted(one)] for name in lists}


def fill_education(desk: Desk) -> dict[str, str]:
    """The families who educate at home; returns child ids by their keys."""
    found, today = object_in(caseload()["education"]), desk.now()
    children: dict[str, str] = {}
    for child in objects_in(found["children"]):
        children[str(child["key"])] = editing.new_record(desk, "child", known=_dated(child["answers"], today))
    _papers(desk, found, children, {}, today)
    return children


def fill_one(desk: Desk, key: str, **facts: JSON) -> str:
    """One child of the caseload, with the plan that was last agreed; returns her id."""
    found, today = caseload(), desk.now()
    given = next(child for child in objects_in(found["children"]) if child["key"] == key)
    child = editing.new_record(desk, "child", known={**_dated(given["answers"], today), **facts})
    plans = [one for one in objects_in(found["papers"]) if (one["form"], one["child"]) == ("find_me_plan", key)]
    _papers(desk, {"papers": [plans[-1]]}, {key: child}, {}, today)
    return child


def interview_said(now: datetime) -> dict[str, JSON]:
    """What was said in one of the caseload’s signed interviews, held an hour ago."""
    given = next(one for one in objects_in(caseload()["interviews"]) if one["sign"])
    begun, over = (now - timedelta(minutes=minutes) for minutes in (60, 15))
    times = {"started_at": begun.isoformat(timespec="minutes"), "ended_at": over.isoformat(timespec="minutes")}
    return {**_dated(given["answers"], now), **times}


def _papers(
    desk: Desk, found: Mapping[str, JSON], children: Mapping[str, str], episodes: Mapping[str, str], today: datetime
) -> None:
    """Plans, alerts, visits and meetings, in the order in which they were signed."""
    for given in objects_in(found["papers"]):
        answers = _dated(given["answers"], today)
        answers.update({name: episodes[str(key)] for name, key in object_in(given.get("links")).items()})
        signed = _placed(given["signed"], today) if "signed" in given else None
        at = datetime.fromisoformat(str(signed)) if signed else None
        strand = str(given.get("strand") or "")
        papers.put_down(desk, InventedPaper(str(given["form"]), children[str(given["child"])], answers, strand), at)


def _interview(desk: Desk, given: Mapping[str, JSON], episodes: Mapping[str, str], today: datetime) -> str:
    record_id = start_interview(desk, episodes[str(given["episode"])])
    editing.answer(desk, record_id, _dated(given["answers"], today))
    if given["sign"]:
        found = signing.check(desk, record_id)
        if found.stops:
            message = f"The invented interview of {given['episode']} cannot be signed: {found.stops[0].text}"
            raise BugError(message)
        signing.lock_record(desk, record_id, name=desk.officer.name, ink=None)
    return record_id


def _dated(value: JSON, today: datetime) -> dict[str, JSON]:
    found = _placed(value, today)
    return found if isinstance(found, dict) else {}


def _placed(value: JSON, today: datetime) -> JSON:
    """“-2d 21:40” as the time it was two days ago; “+7d” as a date; never later than now when it lies behind."""
    if isinstance(value, dict):
        return {key: _placed(item, today) for key, item in value.items()}
    if isinstance(value, list):
        return [_placed(item, today) for item in value]
    match = _RELATIVE.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return value
    day = today.astimezone(LONDON).date() + timedelta(days=int(match[1]))
    if match[2] is None:
        return day.isoformat()
    at = datetime(day.year, day.month, day.day, int(match[2]), int(match[3]), tzinfo=LONDON)
    if match[1].startswith("-"):
        at = min(at, today.astimezone(LONDON) - timedelta(minutes=5))
    return at.isoformat(timespec="seconds")


def objects_in(value: JSON) -> list[dict[str, JSON]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def object_in(value: JSON) -> dict[str, JSON]:
    return value if isinstance(value, dict) else {}


def texts_in(value: JSON) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []
