"""Whom a council's notices go to, and how soon somebody must have answered, as its file says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from casework.forms.faults import fault
from casework.forms.reading import Table, known
from casework.practice.notices.notice_table import NoticeKind
from casework.practice.roles import Role

WORDS = (
    *("worker", "iro", "cp_chair", "missing_team", "out_of_hours", "mash", "early_help", "prevent", "mavp", "director"),
    "home_education",
)
LONGEST = 24 * 28
LATER = (
    NoticeKind.GROUP_DECIDED,
    NoticeKind.VISIT_ASKED,
    NoticeKind.VISIT_RESULT,
    NoticeKind.VISIT_WITHDRAWN,
)  # a file of before there were these may leave them out
LATER_WORDS = ("home_education", "early_help", "prevent")  # as of these


@dataclass(frozen=True, slots=True)
class Addressees:
    """`who` gives the roles that each word means; `hours`, for each kind, when an answer is due."""

    who: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hours: Mapping[str, int] = field(default_factory=dict)

    def roles(self, *words: str) -> tuple[str, ...]:
        """Each once, in the order of the words."""
        return tuple(dict.fromkeys(role for word in words for role in self.who.get(word, ())))


USUAL = Addressees(
    {
        "worker": (Role.ALLOCATED_WORKER, Role.MISSING_ADVOCATE),
        "iro": (Role.IRO,),
        "cp_chair": (Role.IRO,),
        "missing_team": (Role.MISSING_MANAGER,),
        "out_of_hours": (Role.OUT_OF_HOURS,),
        "mash": (Role.MASH,),
        "early_help": (Role.MASH,),
        "prevent": (Role.MASH,),
        "mavp": (Role.MISSING_MANAGER,),
        "director": (Role.SENIOR_MANAGER,),
        "home_education": (Role.ATTENDANCE_LEAD,),
    },
    {str(kind): 24 for kind in NoticeKind},
)


class NoticesTable(Table, frozen=True):
    """Whom a council tells, as its file says."""

    who: dict[Annotated[str, known(WORDS)], tuple[Annotated[str, known(frozenset(Role), "a role")], ...]]
    answer_hours: dict[Annotated[str, known(frozenset(NoticeKind))], int]


def addressees_of(table: NoticesTable | None) -> Addressees:
    """Every word and every kind must be there, so that nobody is forgotten by a line left out. A file of before there
    were notices says nothing of them, and people are told all the same."""
    if table is None:
        return USUAL
    hours: dict[str, int] = {**{kind: USUAL.hours[kind] for kind in LATER}, **table.answer_hours}
    who: dict[str, tuple[str, ...]] = {**{word: USUAL.who[word] for word in LATER_WORDS}, **table.who}
    for name, wanted, given in (("who", WORDS, who), ("answer_hours", tuple(NoticeKind), hours)):
        for one in wanted:
            if one not in given:
                fault(("notices", name), f"'{one}' is missing.")
    for kind, within in hours.items():
        if not 1 <= within <= LONGEST:
            fault(("notices", "answer_hours", kind), f"'{kind}' should be from 1 to {LONGEST} hours.")
    return Addressees(who, hours)
