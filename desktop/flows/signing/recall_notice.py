"""The notice that a copy of a plan is replaced: a signed page for whoever holds it. A person sends it."""

from __future__ import annotations

from pathlib import Path

from casework.dates_in_words import day, day_and_time, local
from casework.errors import UnknownRecord
from casework.practice.copies.copy_table import COPIES, PLAN
from desktop.documents.sealing import seal_pdf
from desktop.documents.sheets.table_page import TablePaper, table_pdf
from desktop.flows.desk import Desk
from desktop.flows.record.editing import answer
from desktop.flows.record.plan_versions import PlanVersion, live_plan, plan_versions
from desktop.flows.signing.copy_log import CopyGiven, copies_of
from desktop.flows.signing.officer_identity import identity
from desktop.paths import fonts, write_new

_NO_RECALL = "That is no copy of a plan that has been replaced. Those that are stand with: homeward copies RECORD"


def recall_copy(desk: Desk, copy_id: str, to: Path) -> str:
    """The notice for one holder, as a signed page, and that it was made. Says what was saved. Raises UnknownRecord for
    a copy that is not here or is of the live plan, NotJoined without a certificate."""
    one, versions = _old_copy(desk, copy_id)
    live = live_plan(versions)
    if live is None or live.agreed is None:
        raise UnknownRecord(_NO_RECALL)
    first = str(desk.vault.view(desk.vault.view(copy_id).child_id).answers().get("given_name") or "the child")
    asked = "Please destroy the copy named below, or send it back, and ask for the new one."
    replaced = f"Version {live.number}, agreed {day(local(live.agreed).date())}, replaced it."
    paper = TablePaper(
        form="recall",
        title="This copy of a Find Me Plan is replaced",
        line=f"To: {one.to_whom}. {asked} {replaced}",
        heads=("About", "Your copy", "Made", "Ask"),
        widths=(0.22, 0.2, 0.26, 0.32),
        rows=[(first, f"Version {one.version}", _made(one), f"{desk.officer.name}, {desk.officer.council}")],
        author=desk.officer.name,
        council=desk.officer.council,
        officer_id=desk.officer.id,
        made=desk.now(),
    )
    data = seal_pdf(table_pdf(paper, fonts()), identity(desk), reason="Recall", place=paper.council, at=paper.made)
    write_new(to, data)
    answer(desk, copy_id, {"recalled_at": desk.now().isoformat(timespec="seconds")})
    desk.vault.audit.add("exported", record=copy_id, copy="recall")
    return f"Saved as {to.name}, for {one.to_whom}. This laptop does not send it: you do."


def _made(one: CopyGiven) -> str:
    return day_and_time(one.made_at) if one.made_at else "day not known"


def _old_copy(desk: Desk, copy_id: str) -> tuple[CopyGiven, tuple[PlanVersion, ...]]:
    summary = desk.vault.summary(copy_id)
    about = str(summary.answers.get("about")) if summary is not None and summary.form_id in COPIES else ""
    found = copies_of(desk, about) if about and desk.vault.summary(about) is not None else ()
    one = next((one for one in found if one.record_id == copy_id and (one.is_old or one.recalled_at)), None)
    if summary is None or one is None:
        raise UnknownRecord(_NO_RECALL)
    return one, plan_versions(desk.vault.summaries(form_id=PLAN, child_id=summary.child_id))
