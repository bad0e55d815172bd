"""Journey 10: children who miss education, from a housing officer’s word and a school’s checklist to the roll."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import Qt

from casework.canonical import JSON
from casework.dates_in_words import day, local
from desktop.demo import caseload, invented_education
from desktop.demo.caseload import CME_OFFICER, VISITOR, Council
from desktop.demo.walk.closing import CONTROL, RETURN, begin, go_on, sign_and_lock
from desktop.demo.walk.elsewhere import elsewhere
from desktop.demo.walk.hand import PREVIEW_MS, Hand, pause
from desktop.flows.access.unlocking import Gate
from desktop.flows.council.sending import waiting_count
from desktop.flows.due import new_record
from desktop.flows.record import editing
from desktop.flows.record.attaching import attach_to
from desktop.flows.schools.returned_file import take_in_file
from desktop.flows.visits.making_visit import visits_asked

Tell = Callable[[str], None]


def look(gate: Gate, service: Council, hand: Hand, tell: Tell) -> None:
    """On the laptops of the CME officer and of Early Help’s team, turn by turn."""
    theirs, visitors = (_home(gate, name) for name in ("cme-laptop", "early-help-laptop"))
    caseload.plant_officer(theirs, service, CME_OFFICER, tell).vault.close()
    caseload.plant_officer(visitors, service, VISITOR, tell).vault.close()
    with elsewhere(hand, theirs) as officer:
        invented_education.plant_cases(officer.desk)
        _housing(officer)
        case = _school(officer)
        _letter(officer, case, "receipt_to_school", picture="Letter, the school’s receipt")
        _enquiry(officer, case)
        _ask(officer, case)
        _send(officer)
        with elsewhere(officer, visitors) as visitor:
            _visit(visitor)
        officer.window.activateWindow()
        _told(officer)
        _found(officer, case)
        _roll(officer, case)
        _movement(officer)
        _counted(officer, case)


def _home(gate: Gate, name: str) -> Gate:
    own = Gate(gate.home.parent / name, gate.catalogue, gate.now)
    shutil.rmtree(own.home, ignore_errors=True)
    return own


def _housing(hand: Hand) -> None:
    """No checklist is asked of anybody but a school."""
    esme = editing.new_record(hand.desk, "child", known=invented_education.ESME)
    begin(hand, esme, "cme_referral")
    hand.choose("f/referrer", "housing")
    hand.type("f/new_address", "4 Weir Lane, Wath")
    hand.picture("A housing officer’s word")
    hand.click("rail/checklist")
    hand.picture("No checklist but from a school")


def _school(hand: Hand) -> str:
    """The school’s form was typed in the morning; its paper is added now, and the case opened that answers it."""
    desk, today = hand.desk, local(hand.desk.now()).date()
    reuben = editing.new_record(desk, "child", known=invented_education.REUBEN)
    begin(hand, reuben, "cme_referral")
    hand.choose("f/referrer", "school")
    referral = hand.window.where.about
    editing.answer(desk, referral, {**_filled_in(hand, referral), **invented_education.school_said(today)})
    paper = invented_education.draw_checklist(hand.pictures.parent / "checklist.jpg", today)
    attach_to(desk, referral, "scans", paper)
    _open(hand, referral, "checklist")
    hand.find("f/scans/add")
    hand.picture("The school’s checklist and its paper")
    hand.click("record/open-case")
    hand.wait(lambda: hand.shows("record/referral"), "the case that answers the referral")
    case = hand.window.where.about
    editing.answer(desk, case, {"previous_cme": False, "presenting_need": ["none_noted"]})
    _open(hand, case, "register")
    hand.picture("The case, filled in from the referral")
    return case


def _filled_in(hand: Hand, referral: str) -> dict[str, JSON]:
    """What the form offers of the child stands there once somebody says so."""
    told = invented_education.REUBEN
    names = {"school": "school", "old_address": "address", "pupil_dob": "date_of_birth", "locality": "locality"}
    known = {name: told[fact] for name, fact in names.items()}
    return {**known, "pupil_name": editing.open_record(hand.desk, referral).child.name}


def _letter(hand: Hand, case: str, kind: str, *, picture: str, to: str = "", **places: str) -> None:
    if hand.window.shell is not None:
        hand.window.shell.go("letter", case, kind)
    hand.wait_for("letter/how/post")
    for name, words in places.items():
        hand.type(f"letter/place.{name}", words)
    if to:
        hand.type("letter/to_name", to)
    hand.click("letter/how/post")
    pause(PREVIEW_MS)
    hand.picture(picture)
    hand.type("letter/passphrase", caseload.PASSPHRASE)
    hand.click("letter/send")
    hand.wait_for("documents/copy")


def _enquiry(hand: Hand, case: str) -> None:
    _open(hand, case, "enquiries")
    line = hand.add_row("enquiries")
    hand.date(f"{line}/on", hand.desk.now())
    hand.choose(f"{line}/of", "council_databases")
    hand.type(f"{line}/result", "Council tax has the family at Weir Lane.")
    hand.picture("Enquiries")
    hand.click("place/caseload")
    hand.wait_for("caseload/register")
    hand.click("caseload/register")
    hand.picture("Missing education, the register")


def _ask(hand: Hand, case: str) -> None:
    _open(hand, case)
    hand.click("record/ask-visit")
    hand.wait_for("f/why")
    hand.type("f/why", "Not seen since the end of last month.")
    hand.picture("A visit is asked for")
    go_on(hand, "For the visitor")
    hand.type("f/risks", "A large dog.")
    request = hand.window.where.about
    hand.key(RETURN, CONTROL)
    hand.type("sign/passphrase", caseload.PASSPHRASE)
    hand.picture("The request, check and sign")
    hand.click("sign-and-lock")
    hand.wait(lambda: hand.desk.vault.view(request).locked, "the request to be sent")


def _visit(hand: Hand) -> None:
    """Early Help’s team of the locality: accepted, made, told back."""
    desk = hand.desk
    _send(hand)
    (asked,) = visits_asked(desk)
    hand.click("place/today")
    hand.picture("Early Help, a visit is asked of the team")
    hand.click(f"today/asked/{asked.request_id}")
    hand.wait_for("notice/acknowledge")
    hand.picture("What the visitor needs to know")
    hand.click("notice/acknowledge")
    _send(hand)
    hand.click("place/today")
    hand.click(f"today/asked/{asked.request_id}")
    hand.click("sign/next/visit")
    hand.wait_for("section/title")
    (asked,) = visits_asked(desk)
    editing.answer(desk, asked.visit_id, _seen(hand))
    _open(hand, asked.visit_id, "result")
    hand.picture("The visit that was asked for, its result")
    sign_and_lock(hand, "The visit, check and sign")
    _send(hand)


def _seen(hand: Hand) -> dict[str, JSON]:
    now = hand.desk.now()
    at = now.isoformat(timespec="seconds")
    return {
        "check_in_at": (now + timedelta(hours=1)).isoformat(timespec="minutes"),
        "attempts": [{"at": at, "who_went": VISITOR.name, "result": "child_seen"}],
        "children_seen": [{"name": "Reuben Tansley", "seen": True, "alone": True, "looked": "Well, and shy."}],
        "health_injury": ["none"],
        "language": "English",
        "interpreter": "not_needed",
        "home": ["no_worry"],
        "moving": True,
        "family_plans": "They go to an aunt in Calder Vale on Friday.",
        "education_now": "none",
        "outcome": "seen_safe",
        "concern": "low",
        "concern_why": "No school, and no worry besides.",
        "immediate_danger": "no",
    }


def _told(hand: Hand) -> None:
    _send(hand)
    hand.click("place/today")
    hand.picture("CME, the visit is told back")
    if hand.window.shell is not None:
        hand.window.shell.go("visits")
    hand.wait_for("visits")
    hand.picture("Every visit that was asked for")


def _found(hand: Hand, case: str) -> None:
    """Another council is asked, and has the child on the roll of a school."""
    why = "The family said they go to an aunt there."
    _letter(hand, case, "request_to_council", picture="Letter, another council is asked", to="Calder Vale", why=why)
    _open(hand, case, "outcome")
    hand.choose("f/outcome", "found_school_other_la")
    hand.date("f/outcome_on", hand.desk.now())
    hand.type("f/destination", "Calder Primary, Calder Vale")
    hand.type("f/verified_by", "Calder Vale Council wrote today.")
    hand.picture("Another council found, the outcome")
    _letter(hand, case, "outcome_to_referrer", picture="Letter, the outcome for the school")
    _open(hand, case, "outcome")
    hand.date("f/closed_on", hand.desk.now())
    hand.picture("The school is told, and the case closed")


def _roll(hand: Hand, case: str) -> None:
    """Decided in a record of its own, signed by who may; the letter follows from it."""
    desk, today = hand.desk, local(hand.desk.now()).date()
    child = editing.current_view(desk, case).child_id
    decision = new_record.begin(desk, "roll_decision", child)
    said: dict[str, JSON] = {
        "pupil_name": "Reuben Tansley",
        "removal_ground": "other_school_confirmed",
        "deletion": "ceased_to_attend",
        "shown_by": "Calder Vale Council confirms that he is on the roll of Calder Primary.",
        "authorised_on": today.isoformat(),
        "authorised_by": CME_OFFICER.name,
    }
    editing.answer(desk, decision, said)
    _open(hand, decision)
    hand.picture("Roll decision")
    sign_and_lock(hand, "Roll decision, check and sign")
    leaves = day(today + timedelta(days=3))
    _letter(hand, case, "deregistration", picture="Letter, de-registration", leaves_on=leaves)


def _movement(hand: Hand) -> None:
    """The file comes through the system’s own dialog, which no hand reaches."""
    desk, file = hand.desk, hand.pictures.parent / "movement.csv"
    month = invented_education.write_return(file, local(desk.now()).date())
    take_in_file(desk, file, invented_education.SCHOOL, month, keep=True)
    hand.click("place/caseload")
    hand.click("caseload/movement")
    hand.wait_for("movement/school")
    hand.picture("A school’s return, and who is followed")


def _counted(hand: Hand, case: str) -> None:
    """The figures are the council’s own, of what it has received."""
    _send(hand)
    hand.click("place/figures")
    hand.wait(lambda: hand.shows("figures/every"), "the council’s figures")
    hand.find("figures/period").setFocus()
    hand.key(Qt.Key.Key_Up)  # from the quarter that is over to the one that is going on
    hand.wait(lambda: hand.shows("figures/every"), "the figures of this quarter")
    hand.picture("Missing education, the figures that follow")
    _open(hand, case, "roll")
    hand.picture("School roll, as the letters left it")


def _send(hand: Hand) -> None:
    hand.click("place/sending")
    hand.click("sending/now")
    hand.wait(lambda: waiting_count(hand.desk) == 0, "the council to have received everything")


def _open(hand: Hand, record_id: str, section: str = "") -> None:
    if hand.window.shell is not None:
        hand.window.shell.go("form", record_id, section)
    hand.wait_for("section/title")
