"""Invented children who miss education, the paper a school’s checklist came on, and families who educate at home."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from PIL import Image, ImageDraw

from casework.canonical import JSON
from casework.dates_in_words import day, local
from casework.identifiers import RecordId, child_named
from casework.practice.calendar import add_months
from casework.records import Change, field_path
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.flows.schools.case_opened import open_the_case
from desktop.flows.schools.return_sheet import HEADS

SCHOOL = "Millgate Primary"
REUBEN: dict[str, JSON] = {
    "given_name": "Reuben",
    "family_name": "Tansley",
    "date_of_birth": "2017-05-03",
    "language": "English",
    "address": "22 Cobden Rise, Millgate",
    "school": SCHOOL,
    "locality": "north_wath_swinton",
    "adults": [{"name": "Lorna Tansley", "relationship": "Mother"}],
}
ESME: dict[str, JSON] = {**REUBEN, "given_name": "Esme", "date_of_birth": "2019-02-14"}
RIVER: dict[str, JSON] = {
    "title": "The River, second draft",
    "subject": ["reading_writing"],
    "help": "alone",
    "shows": "A story in four parts. Found and mended a spelling himself.",
    "permission": "family_and_child",
}
_NAMES = ("Ada", "Bram", "Cleo", "Dara", "Edie", "Fox", "Greta", "Hugo", "Iris", "Jem")
_HOMES = ("Alder", "Birch", "Cedar", "Damson", "Elder", "Fern", "Gorse", "Hazel", "Ivy", "Juniper")
FAMILIES = 200


def school_said(today: date) -> dict[str, JSON]:
    """The rest of the school’s form, as it is on its paper."""
    checked: list[JSON] = [{"on": _ago(today, 12), "who": "Ms Oduya", "comments": "Nobody has heard of them."}]
    steps = ("numbers_rung", "peers_asked", "sibling_schools", "wellbeing_checked")
    return {
        "new_address": "4 Weir Lane, Wath",
        "ehcp": False,
        "phase": "primary",
        "school_type": "primary",
        "year_group": 4,
        "last_attended": _ago(today, 40),
        "absence_unauthorised": True,
        "parents": [{"name": "Lorna Tansley", "phone": "01632 960155"}],
        **dict.fromkeys(steps, checked),
        "home_visited": True,
        "home_visit_on": _ago(today, 11),
        "home_visit_found": "A neighbour says the family left at night.",
        "welfare_concern": False,
        "submitted_by": "Ms Oduya, attendance officer",
        "submitted_on": _ago(today, 10),
    }


def judged(today: date) -> dict[str, JSON]:
    """What a report with samples says besides them."""
    return {
        "approach": ["project_based"],
        "week": "Maths and reading each morning, a project after lunch.",
        "full_time": True,
        "subjects": [
            {"area": "reading_writing", "what": "A story in four parts."},
            {"area": "maths", "what": "A bar chart to scale."},
        ],
        "environment": "A table by the window, and books.",
        "social_physical": "Swimming, and two cousins.",
        "progress": "clear",
        "progress_details": "Four drafts of the story, each longer than the one before.",
        "child_view": "I like the river best.",
        "future_plans": "A bridge that a person can stand on.",
        "suitability": "suitable",
        "safeguarding": "none",
        "next": ["none_until_annual_contact"],
        "next_contact": add_months(today, 11).isoformat(),
        "next_contact_how": "home",
    }


def draw_checklist(file: Path, today: date) -> Path:
    """As it came from the school’s scanner."""
    page = Image.new("RGB", (620, 877), "#F7F5EE")
    pen = ImageDraw.Draw(page)
    lines = (
        "Checklist of actions taken, CME 1", f"School: {SCHOOL}", "Pupil: R. Tansley", "",
        "Telephone calls made to all known numbers: done, Ms Oduya", "Staff, siblings and peers asked: done, Ms Oduya",
        "Schools of siblings asked: done, Ms Oduya", "Concerns about wellbeing: one worry in January", "",
        f"Home visit: nobody there, {day(today - timedelta(days=11))}",
    )  # fmt: skip
    for number, line in enumerate(lines):
        pen.text((60, 80 + number * 42), line, fill="#20303F")
        pen.line((60, 112 + number * 42, 560, 112 + number * 42), fill="#B9B3A2")
    page.save(file, quality=80)
    return file


def write_return(file: Path, today: date) -> str:
    """A month’s movement of that school; the month, as a verb takes it."""
    last_month = add_months(today.replace(day=1), -1)
    on = last_month.replace(day=12).isoformat()
    with file.open("w", newline="", encoding="utf-8") as opened:
        csv.writer(opened).writerows(
            [
                HEADS,
                ["left", "Ada Brook", "2015-02-01", on, "Calder Primary", "3 Hill Street, Leeds", "", ""],
                ["left", "Jan Kowal", "2014-07-09", on, "", "ul. Polna 4, Gdynia", "Poland", "Tickets seen"],
                ["joined", "Milo Fern", "2016-01-05", on, "Wath Infants", "1 Weir Lane", "", ""],
            ]
        )
    return last_month.isoformat()[:7]


def plant_families(desk: Desk) -> None:
    """Each talked with on some day of the last twelve months, so that each is due in some month of the next."""
    today = local(desk.now()).date()
    for number, (given, family) in enumerate(_families()):
        last = today - timedelta(days=2 + number * 363 // FAMILIES)
        born = date(2011 + number % 8, 1 + number % 12, 1 + number % 28)
        known: dict[str, JSON] = {"given_name": given, "family_name": family, "date_of_birth": born.isoformat()}
        child = editing.new_record(desk, "child", known=known)
        editing.new_record(desk, "ehe_case", child, _at_home(last))


def plant_cases(desk: Desk) -> None:
    """Of children who miss education: two open, one closed, one that is still held as before it had a case of its own,
    and a word that came this morning and waits."""
    today = local(desk.now()).date()
    for number, (given, family) in enumerate((("Nell", "Ashby"), ("Otis", "Barrow"), ("Pia", "Crane"))):
        child = _child_of(desk, given, family)
        referral = editing.new_record(desk, "cme_referral", child, _word(today, f"{given} {family}", 20 + number * 30))
        case = open_the_case(desk, referral)
        editing.answer(desk, case, {"logged_on": _ago(today, 18 + number * 30), "previous_cme": False})
        if number:
            asked: list[JSON] = [{"on": _ago(today, 15), "of": "housing", "result": "The flat is empty."}]
            editing.answer(desk, case, {"enquiries": asked, "presenting_need": ["none_noted"]})
    found: dict[str, JSON] = {"outcome": "found_new_school_rotherham", "destination": "Wath Infants"}
    days = dict.fromkeys(("outcome_on", "told_referrer_on", "closed_on"), _ago(today, 3))
    editing.answer(desk, case, {**found, **days})
    _as_before(desk, _child_of(desk, "Quill", "Dove"), {**_word(today, "Quill Dove", 75), "logged_on": _ago(today, 74)})
    waits = _child_of(desk, "Rosa", "Elm")
    editing.new_record(desk, "cme_referral", waits, _word(today, "Rosa Elm", 0))


def _child_of(desk: Desk, given: str, family: str) -> str:
    known: dict[str, JSON] = {"given_name": given, "family_name": family, "date_of_birth": "2016-10-09"}
    return editing.new_record(desk, "child", known=known)


def _word(today: date, name: str, days: int) -> dict[str, JSON]:
    return {
        "referrer": "housing",
        "pupil_name": name,
        "old_address": "9 Cobden Rise, Millgate",
        "school": SCHOOL,
        "phase": "primary",
        "locality": "central_clifton",
        "last_attended": _ago(today, days + 14),
        "submitted_on": _ago(today, days),
    }


def _as_before(desk: Desk, child: str, said: dict[str, JSON]) -> None:
    """Version 5 of the referral held the case as well; such a record stays and ends as it is."""
    author, changes = desk.author, [Change(field_path(name), value) for name, value in said.items()]
    desk.vault.author(
        lambda stamp: author.create(
            stamp,
            record_id=RecordId(editing.new_id()),
            child_id=child_named(child),
            strand="education",
            form_id="cme_referral",
            form_version=5,
            changes=changes,
        )
    )


def _at_home(last: date) -> dict[str, JSON]:
    began = last - timedelta(days=400)
    return {
        "stage": "current",
        "notified_on": began.isoformat(),
        "no_cooling_off": "family_declined",
        "ehe_start": began.isoformat(),
        "last_contact": last.isoformat(),
        "next_contact": add_months(last, 12).isoformat(),
        "child_last_seen": last.isoformat(),
        "last_school": SCHOOL,
    }


def _families() -> Iterator[tuple[str, str]]:
    for number in range(FAMILIES):
        family = f"{_HOMES[number // 10 % 10]}{('ton', 'ley')[number // 100]}"
        yield _NAMES[number % 10], family


def _ago(today: date, days: int) -> str:
    return (today - timedelta(days=days)).isoformat()
