"""Journey 5: samples of work on the home education officer's laptop, a name hidden before a picture is kept."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from PySide6.QtCore import Qt

from casework.dates_in_words import local
from casework.practice.calendar import add_months
from casework.records import cell_path
from desktop.demo import caseload, invented_education
from desktop.demo.caseload import Council
from desktop.demo.walk.closing import RETURN, save_pdf, sign_and_lock
from desktop.demo.walk.elsewhere import elsewhere
from desktop.demo.walk.hand import PREVIEW_MS, Hand, pause
from desktop.flows.access.unlocking import Gate
from desktop.flows.caseload.case_row import CaseTable, Wanted, chosen
from desktop.flows.caseload.case_table import caseload as caseload_now
from desktop.flows.caseload.printed_table import print_caseload
from desktop.flows.practising.invented_papers import PICTURES
from desktop.flows.record import editing
from desktop.flows.record.linked_records import open_case
from desktop.ui.kit.samples.samples_editor import SamplesEditor

TABLE = "f/samples/table"
SHIFT = Qt.KeyboardModifier.ShiftModifier


def look(gate: Gate, service: Council, hand: Hand, tell: Callable[[str], None]) -> None:
    own = Gate(gate.home.parent / "education-laptop", gate.catalogue, gate.now)
    shutil.rmtree(own.home, ignore_errors=True)
    desk = caseload.plant_education(own, service, tell)
    report = next(s for s in desk.vault.summaries(form_id="ehe_visit") if s.answers.get("samples"))
    desk.vault.close()
    with elsewhere(hand, own) as other:
        other.picture("Home education, today")
        _report(other, report.record_id)
        _signed(other, report.record_id)
        _moved_on(other, report.child_id)
        tell("200 families, and who is due next month")
        _families(other)


def _report(hand: Hand, record_id: str) -> None:
    window = hand.window
    if window.shell is not None:
        window.shell.go("form", record_id, "samples")
    hand.wait_for("f/samples/add")
    hand.picture("Samples of work")
    editor = next(found for found in window.findChildren(SamplesEditor) if found.isVisible())
    editor.take([PICTURES / "river.jpg"])
    hand.click(f"{TABLE}/hide")
    for key, times in ((Qt.Key.Key_Right, 17), (Qt.Key.Key_Up, 18)):
        for _ in range(times):
            hand.key(key)
    for _ in range(2):
        hand.key(Qt.Key.Key_Up, SHIFT)
    hand.key(RETURN)
    hand.picture("Samples of work, a name hidden")
    hand.click(f"{TABLE}/keep")
    hand.picture("Samples of work, described")


def _signed(hand: Hand, record_id: str) -> None:
    """The rest was written in the evening; the family’s copy, its covering letter, and what follows."""
    desk = hand.desk
    first, *_others, hidden = editing.open_record(desk, record_id).view.rows("samples")
    editing.remove_row(desk, record_id, "samples", first.id)  # the picture that still showed a name
    for column, value in invented_education.RIVER.items():
        editing.save(desk, record_id, cell_path("samples", hidden.id, column), value)
    editing.answer(desk, record_id, invented_education.judged(local(desk.now()).date()))
    shell = hand.window.shell
    if shell is not None:
        shell.go("form", record_id, "judgement")
    hand.wait_for("section/title")
    sign_and_lock(hand, "Report with samples, check and sign")
    save_pdf(hand, hand.pictures.parent / "report-with-samples.pdf", "parent")
    if shell is not None:
        shell.go("letter", record_id, "report_cover")
    hand.wait_for("letter/how/post")
    hand.type("letter/to_name", "Rosa Pennyfeather")
    hand.click("letter/how/post")
    pause(PREVIEW_MS)
    hand.picture("Letter, the report goes to the family")
    hand.type("letter/passphrase", caseload.PASSPHRASE)
    hand.click("letter/send")
    hand.wait_for("documents/copy")


def _moved_on(hand: Hand, child_id: str) -> None:
    """Last contact, next contact and judgement come from the signed report."""
    case = open_case(hand.desk, "ehe_case", child_id)
    if hand.window.shell is not None:
        hand.window.shell.go("form", case, "contact")
    hand.wait_for("section/title")
    hand.picture("The case, moved on by the report")


def _families(hand: Hand) -> None:
    desk = hand.desk
    invented_education.plant_families(desk)
    following = add_months(local(desk.now()).date().replace(day=1), 1).isoformat()[:7]
    hand.click("place/today")
    hand.picture("200 families, today")
    hand.click("place/caseload")
    hand.wait_for("caseload/due-in")
    hand.choose("caseload/due-in", following)
    hand.picture("200 families, who is due next month")
    _on_paper(hand, Wanted(due_month=following))


def _on_paper(hand: Hand, wanted: Wanted) -> None:
    """The button asks for a place by the system’s own dialog, which no hand reaches."""
    found, file = caseload_now(hand.desk), hand.pictures.parent / "due.pdf"
    file.unlink(missing_ok=True)
    rows = chosen(found.tables[CaseTable.HOME], wanted)
    print_caseload(hand.desk, file, CaseTable.HOME, rows, found.today, wanted=wanted)
