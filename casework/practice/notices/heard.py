"""Whether somebody was told of a record by a notice, and has read it: what the steps of a missing child ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from casework.forms.moments import span
from casework.practice.lives.states import Answers, rows
from casework.practice.notices.addressees import Addressees
from casework.practice.notices.first_steps import Heard, StepKind
from casework.practice.notices.notice_table import RECEIPTS, NoticeKind

_STEPS: Mapping[tuple[str, str], StepKind] = {
    (NoticeKind.EPISODE_BEGUN, "worker"): StepKind.WORKER,
    (NoticeKind.EPISODE_BEGUN, "iro"): StepKind.IRO,
    (NoticeKind.EPISODE_BEGUN, "cp_chair"): StepKind.CP_CHAIR,
    (NoticeKind.SCREENING_ASKED, "mash"): StepKind.MASH,
    (NoticeKind.NEED_TO_KNOW, "director"): StepKind.DIRECTOR,
}


def heard_by(notices: Iterable[Answers], *about: str, whom: Addressees) -> dict[StepKind, Heard]:
    """By step, of the records named; the first who read it counts. `whom`: the roles that the council means."""
    found: dict[StepKind, Heard] = {}
    for said in notices:
        if said.get("about") in about:
            for step in _steps(str(said.get("kind")), str(said.get("to_role")), whom):
                found[step] = _earlier(found.get(step), _heard(said))
    return found


def _steps(kind: str, role: str, whom: Addressees) -> list[StepKind]:
    return [step for (one, word), step in _STEPS.items() if one == kind and role in whom.roles(word)]


def _heard(said: Answers) -> Heard:
    sent = span(said.get("sent_at"))
    opened = [moment.first for row in rows(said, RECEIPTS) if (moment := span(row.get("opened_at")))]
    return Heard(sent.first if sent else None, min(opened, default=None))


def _earlier(one: Heard | None, other: Heard) -> Heard:
    if one is None:
        return other
    sent = min((at for at in (one.sent, other.sent) if at), default=None)
    return Heard(sent, min((at for at in (one.read, other.read) if at), default=None))
