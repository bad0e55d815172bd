"""Journeys 1 to 6: each form typed, signed, saved and sent; two who wrote one answer; what the council gave back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import Qt

from casework.errors import BugError
from desktop.demo import caseload
from desktop.demo.caseload import Council
from desktop.demo.walk import child, interview, off_the_roll, plan, report, samples_of_work, supervisor, thursday, visit
from desktop.demo.walk.closing import CONTROL, RETURN, begin, save_pdf, sign_and_lock
from desktop.demo.walk.contact_sheet import write_sheet
from desktop.demo.walk.elsewhere import elsewhere
from desktop.demo.walk.hand import Hand
from desktop.flows.access.unlocking import Gate
from desktop.flows.case_file import INTERVIEW
from desktop.flows.children import children
from desktop.flows.council.sending import waiting_count
from desktop.flows.desk import Desk
from desktop.flows.signing import pdf_check
from desktop.ui.app import application, build_window

Tell = Callable[[str], None]


def walk(gate: Gate, service: Council, *, out: Path, tell: Tell) -> int:
    """Leaves numbered pictures, the signed PDF and index.html in `out`. Raises BugError when a step fails."""
    pictures = out / "pictures"
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    pdf = out / "interview.pdf"
    pdf.unlink(missing_ok=True)
    application()
    window = build_window(gate)
    window.show()
    hand = Hand(window, pictures)
    with closing(window):
        _journeys(hand, out, tell)
    _colleague(gate, service, hand, tell, out)
    tell("Children who miss education, from a housing officer’s word to the roll")
    off_the_roll.look(gate, service, hand, tell)
    samples_of_work.look(gate, service, hand, tell)
    tell("A Thursday night and what follows, on nine laptops of nine roles")
    thursday.look(gate, hand, tell)
    verdict = pdf_check.verify(pdf, roots_pem=((service.home / "keys" / "ca.pem").read_text(encoding="ascii"),))
    tell(verdict.sentence)
    write_sheet(out, hand.taken, pdf)
    tell(f"Look at {out.name}/index.html: {len(hand.taken)} pictures, and {pdf.name} beside them.")
    return 0 if verdict.good else 1


def _journeys(hand: Hand, out: Path, tell: Tell) -> None:
    for tale, step in (
        ("Unlocking, and today", _unlock),
        ("Filling in the interview by keyboard and mouse", interview.fill),
        ("Checking and signing", interview.sign),
        ("Saving the signed PDF", lambda found: interview.export(found, out / "interview.pdf")),
        ("The Find Me Plan, from what the interview offers", lambda found: _plan(found, out)),
        ("A safe-and-well visit", lambda found: _visit(found, out)),
        ("Sending it to the central service", _send),
        ("The other places", _look_around),
        ("A child's page, and the card", lambda found: child.look(found, _child(found, "Wren"))),
        ("Locking", _lock),
    ):
        tell(tale)
        step(hand)


def _unlock(hand: Hand) -> None:
    hand.picture("Locked")
    hand.type("unlock/passphrase", "not the right words at all")
    hand.key(RETURN)
    hand.picture("A wrong passphrase")
    hand.type("unlock/passphrase", caseload.PASSPHRASE)
    hand.key(RETURN)
    hand.wait_for("today/new")
    hand.picture("Today")


def _plan(hand: Hand, out: Path) -> None:
    desk, wren = _desk(hand), _child(hand, "Wren")
    interviews = [s for s in desk.vault.summaries(form_id=INTERVIEW, child_id=wren) if s.signed_at]
    plan.open_after(hand, wren, max(interviews, key=lambda summary: summary.signed_at or "").record_id)
    plan.fill_next(hand)
    plan.agree(hand, out)


def _visit(hand: Hand, out: Path) -> None:
    desk, wren = _desk(hand), _child(hand, "Wren")
    begin(hand, wren, "safe_well_visit")
    visit.fill(hand, desk.vault.summaries(form_id="missing_episode", child_id=wren)[0].record_id)
    sign_and_lock(hand, "Visit, check and sign")
    save_pdf(hand, out / "visit.pdf", "requester")


def _send(hand: Hand) -> None:
    hand.click("place/sending")
    hand.picture("Sending, before")
    hand.click("sending/now")
    shell = hand.window.shell
    if shell is not None:
        hand.wait(lambda: waiting_count(shell.desk) == 0, "the council to have received everything")
    hand.picture("Sending, received")


def _look_around(hand: Hand) -> None:
    hand.click("place/find")
    hand.type("find/text", "hollo")
    hand.wait(lambda: any(name.startswith("find/") and name != "find/text" for name in hand.names()), "what is found")
    hand.picture("Find")
    hand.click("place/children")
    hand.picture("Children")
    hand.click("children/new")
    hand.wait_for("new/add-child")
    hand.picture("New record")
    hand.click("place/settings")
    hand.picture("Settings")
    hand.click("place/help")
    hand.picture("Help")
    hand.click("help/blank")
    hand.wait_for("blank/return_home_interview")
    hand.picture("Blank forms")
    hand.click("place/today")
    hand.picture("Today, afterwards")


def _lock(hand: Hand) -> None:
    hand.key(Qt.Key.Key_L, CONTROL)
    hand.wait_for("unlock/passphrase")
    hand.picture("Locked again")
    if hand.window.shell is not None or hand.shows("today/new"):
        message = "The window was locked, and something of what it held is still shown."
        raise BugError(message)


def _report(hand: Hand, out: Path) -> None:
    """On the second laptop, by a worker who is entitled to the child’s education records."""
    begin(hand, _child(hand, "Juno"), "ehe_visit")
    report.fill(hand)
    sign_and_lock(hand, "Report, check and sign")
    save_pdf(hand, out / "report.pdf", "parent")
    hand.picture("Report, the family’s copy")
    hand.click("place/sending")
    hand.click("sending/now")
    desk = _desk(hand)
    hand.wait(lambda: waiting_count(desk) == 0, "the council to have received the report")


def _desk(hand: Hand) -> Desk:
    if hand.window.shell is None:
        message = "The window is locked."
        raise BugError(message)
    return hand.window.shell.desk


def _child(hand: Hand, first_name: str) -> str:
    return next(child.child_id for child in children(_desk(hand)) if child.first_name == first_name)


def _colleague(gate: Gate, service: Council, hand: Hand, tell: Tell, out: Path) -> None:
    """The second laptop receives the interview; then both write one answer, and the first shows both."""
    other_gate = Gate(gate.home.parent / "second-laptop", gate.catalogue, gate.now)
    shutil.rmtree(other_gate.home, ignore_errors=True)
    other = caseload.plant_colleague(other_gate, service, tell)
    desk = gate.unlock(gate.only().folder, caseload.PASSPHRASE)
    disputed = caseload.disagree(desk, other)
    desk.vault.close()
    other.vault.close()
    with elsewhere(hand, other_gate) as second:
        second.click("place/children")
        second.picture("The second laptop")
        tell("A home education report, on the second laptop")
        _report(second, out)
    with elsewhere(hand, gate) as first:
        first.picture("Two answers, one decision")
        first.click(f"today/decide/{disputed}")
        first.wait_for("resolve/mark")
        first.picture("Resolve, both answers side by side")
        first.click("resolve/both")
        first.picture("Resolve, both are kept")
    tell("What the council did not take in: the manager decides, and the writer reads why")
    supervisor.look(other_gate, service, hand, tell)
