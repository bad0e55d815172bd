"""A team that is asked to look for a child who did not come to school: the day stands in the case by the asking."""

from __future__ import annotations

from casework.dates_in_words import local
from casework.forms.conditions import is_answered
from casework.practice.lives.case_shapes import SHAPES
from casework.practice.lives.schooling import DID_NOT_START
from casework.practice.notices.notice_table import VISIT_REQUEST
from casework.records import RecordView, field_path
from desktop.flows.desk import Desk
from desktop.flows.record.editing import current_view, save, seal

ASKED, LOGGED = "team_asked_on", "logged_on"


def carry_asked(desk: Desk, signed: RecordView) -> None:
    """S2 §5. A first day stays; and a case that was logged already is with the CME officer, not with the team."""
    about = signed.answers().get("about") if signed.form_id == VISIT_REQUEST else None
    if not isinstance(about, str) or (case := current_view(desk, about)).form_id not in SHAPES or case.locked:
        return
    said, asks = case.answers(), desk.catalogue.form(case.form_id, case.form_version).by_id
    is_with_team = said.get("referral_ground") == DID_NOT_START and not is_answered(said.get(LOGGED))
    if is_with_team and ASKED in asks and not is_answered(said.get(ASKED)):
        save(desk, about, field_path(ASKED), local(desk.now()).date().isoformat())
        seal(desk, about)
