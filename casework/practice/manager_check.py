"""The manager's check: which signed records want one, whose act it is, and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from casework.forms.reading import known
from casework.practice.lives.states import Answers
from casework.practice.roles import Role, reach_of
from casework.records.view import RecordView

CHECK = "check"
COMMISSIONED = "commissioned_agency"  # what an interview says of who holds it
CHECKED_FORMS = ("return_home_interview", "find_me_plan", "ehe_visit")


class Verdict(StrEnum):
    APPROVED = "approved"
    RETURNED = "returned"


class CheckState(StrEnum):
    """NOT_WANTED also of a record that is not signed: there is nothing to check yet. NOT_KEPT: on this laptop, which
    holds the record and no checks."""

    NOT_WANTED = "not_wanted"
    WAITING = "waiting"
    APPROVED = "approved"
    RETURNED = "returned"
    NOT_KEPT = "not_kept"


@dataclass(frozen=True, slots=True)
class Given:
    """One check that was signed; `hash` is the content it is about, `saw` how many corrections its giver had read."""

    verdict: str
    hash: str
    corrections: int
    at: str


USUAL: Mapping[str, tuple[str, ...]] = {
    "return_home_interview": ("commissioned",),
    "find_me_plan": ("always",),
    "ehe_visit": ("appears_unsuitable",),
}


def is_wanted(form_id: str, answers: Answers, council: Mapping[str, tuple[str, ...]]) -> bool:
    """An interview that was commissioned is always checked (S0), whatever else a council's file asks for."""
    if form_id == "return_home_interview" and WHEN["commissioned"](answers):
        return True
    return any(WHEN[situation](answers) for situation in council.get(form_id, ()))


WHEN: Mapping[str, Callable[[Answers], bool]] = {
    "always": lambda _answers: True,
    "commissioned": lambda answers: answers.get("interviewer_type") == COMMISSIONED,
    "appears_unsuitable": lambda answers: answers.get("suitability") == "appears_unsuitable",
}

Situations = tuple[Annotated[str, known(frozenset(WHEN), "a situation")], ...]


ChecksTable = dict[Annotated[str, known(frozenset(CHECKED_FORMS))], Situations]


def checks_of(table: ChecksTable | None) -> Mapping[str, tuple[str, ...]]:
    """The situations in which a council wants a check, by form; of a file that does not say, the usual ones."""
    return USUAL if table is None else table


def may_check(role: str, form_id: str) -> bool:
    """A role that manages this work; never whoever merely reads it."""
    return form_id in reach_of(role).checks


def checkers(form_id: str) -> tuple[str, ...]:
    return tuple(role for role in Role if may_check(role, form_id))


def given_in(check: Answers, at: str) -> Given:
    """From a signed record of the form `check`; `at`: when it was signed."""
    read = check.get("corrections")
    return Given(str(check.get("verdict")), str(check.get("content")), read if isinstance(read, int) else 0, at)


def check_of(view: RecordView, given: Iterable[Given], council: Mapping[str, tuple[str, ...]]) -> CheckState:
    """Where the check of a record stands, among those that were given about it."""
    wanted = view.locked and is_wanted(view.form_id, view.answers(), council)
    signed_hash = view.signatures[-1].content_hash if view.locked else ""
    return check_state(given, wanted=wanted, signed_hash=signed_hash, corrections=len(view.amendments))


def check_state(given: Iterable[Given], *, wanted: bool, signed_hash: str, corrections: int) -> CheckState:
    """Of checks that did not see each other the one that returned stands; a later correction makes it due again."""
    counted = [one for one in given if one.hash == signed_hash and one.corrections >= corrections]
    verdicts = {one.verdict for one in counted}
    if Verdict.RETURNED in verdicts:
        return CheckState.RETURNED
    if Verdict.APPROVED in verdicts:
        return CheckState.APPROVED
    return CheckState.WAITING if wanted and signed_hash else CheckState.NOT_WANTED
