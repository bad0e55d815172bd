"""What a deed tells to whom: each notice is made by rule from the record as it was and as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from casework.forms.conditions import is_answered
from casework.practice.groups.group_table import ITEM, GroupKind
from casework.practice.lives.states import Answers, episode_state, rows
from casework.practice.manager_check import checkers
from casework.practice.notices.addressees import Addressees
from casework.practice.notices.notice_table import NoticeKind
from casework.practice.oversight import must_be_told
from casework.practice.roles import Role
from casework.practice.triggers import alert_goes_to

AWAY = ("reported", "missing")
_MOVED = ("placement_name", "placement_postcode", "placement_moved_on")
_OPEN = ("", "open", "overdue")


class Wanted(NamedTuple):
    """One notice: its kind, and the role it is for."""

    kind: NoticeKind
    role: str


@dataclass(frozen=True, slots=True)
class Deed:
    """`known`: whether services know the child, so that a worker is there to be told. `check`: this signed record wants
    a check. `role` is its author's."""

    form_id: str
    before: Answers
    after: Answers
    role: str
    care_status: str
    known: bool
    signed: bool = False
    check: bool = False


def notices_of(deed: Deed, who: Addressees) -> Sequence[Wanted]:
    """Each role once a kind; the author's own team was there, and is not told what it did."""
    found = dict.fromkeys(_RULES[deed.form_id](deed, who) if deed.form_id in _RULES else ())
    return tuple(one for one in found if one.role != deed.role)


def _of_episode(deed: Deed, who: Addressees) -> Iterator[Wanted]:
    if _is_away(deed.after):
        yield from _episode_begun(deed, who)
    elif not is_answered(deed.before.get("found_at")) and is_answered(deed.after.get("found_at")):
        yield from _to(NoticeKind.EPISODE_FOUND, who.roles(*_around(deed), "missing_team"))
        yield from _to(NoticeKind.HAND_OVER, _other_shift(deed, who, found=True))


def _episode_begun(deed: Deed, who: Addressees) -> Iterator[Wanted]:
    """D7: the worker of an open case, else MASH is asked to screen; F10: the IRO or the conference chair."""
    yield from _to(NoticeKind.EPISODE_BEGUN, who.roles(*_around(deed), "missing_team"))
    yield from _to(NoticeKind.HAND_OVER, _other_shift(deed, who))
    if alert_goes_to(is_open=deed.known) == "mash":
        yield from _to(NoticeKind.SCREENING_ASKED, who.roles("mash"))


def _around(deed: Deed) -> tuple[str, ...]:
    return ("worker", *must_be_told(deed.care_status))


def _other_shift(deed: Deed, who: Addressees, *, found: bool = False) -> tuple[str, ...]:
    """What one shift began the other goes on with; of a return only the day team need be told."""
    if deed.role == Role.OUT_OF_HOURS:
        return who.roles("missing_team")
    return () if found else who.roles("out_of_hours")


def _is_away(answers: Answers) -> bool:
    is_begun = is_answered(answers.get("last_seen_at")) or is_answered(answers.get("reported_at"))
    return is_begun and episode_state(answers) in AWAY


def _of_alert(deed: Deed, who: Addressees) -> Iterator[Wanted]:
    if deed.signed or rows(deed.after, "sent_to"):
        yield from _to(NoticeKind.NEED_TO_KNOW, who.roles("director", "missing_team"))


def _of_referral(deed: Deed, who: Addressees) -> Iterator[Wanted]:
    """The hub screens what is for Early Help and for Prevent too, unless the council's file says otherwise."""
    to = deed.after.get("to")
    if (deed.signed or is_answered(deed.after.get("sent_at"))) and to in _REFERRED_TO:
        yield from _to(NoticeKind.REFERRAL, who.roles(str(to)))


def _of_interview(deed: Deed, who: Addressees) -> Iterator[Wanted]:
    """Shared once it is signed, or once it is checked where the council wants that."""
    if deed.signed and deed.check:
        yield from _to(NoticeKind.CHECK_WANTED, checkers(deed.form_id))
    elif deed.signed:
        yield from _to(NoticeKind.INTERVIEW_SHARED, who.roles("worker", "missing_team"))


def _of_checked(deed: Deed, who: Addressees) -> Iterator[Wanted]:
    """Of home education several roles may check, and a council has one or the other: its file says which is told."""
    named = who.roles("home_education") if deed.form_id == "ehe_visit" else tuple(Role)
    if deed.signed and deed.check:
        yield from _to(NoticeKind.CHECK_WANTED, (role for role in checkers(deed.form_id) if role in named))


def _of_child(deed: Deed, who: Addressees) -> Iterator[Wanted]:
    """A first placement that is written down is no move."""
    moved = any(is_answered(deed.before.get(name)) and deed.before.get(name) != deed.after.get(name) for name in _MOVED)
    if moved:
        yield from _to(NoticeKind.PLACEMENT_MOVED, who.roles(*_around(deed), "missing_team"))


def _of_action(deed: Deed, who: Addressees) -> Iterator[Wanted]:
    """For whom of a team it is stands in the action; a colleague known by name is told as well."""
    is_given = is_answered(deed.after.get("who")) and deed.after.get("who") != deed.before.get("who")
    if is_given and str(deed.after.get("status") or "") in _OPEN:
        yield from _to(NoticeKind.ACTION_GIVEN, who.roles("worker"))


def _of_item(deed: Deed, who: Addressees) -> Iterator[Wanted]:
    """The worker hears what a group decided about a child once it has spoken of the child; of education’s group its
    own officers, in whose records the item lies, and nobody besides."""
    if deed.after.get("kind") == GroupKind.EHE_OVERVIEW:
        return
    if is_answered(deed.after.get("done_at")) and not is_answered(deed.before.get("done_at")):
        yield from _to(NoticeKind.GROUP_DECIDED, who.roles("worker"))


def _to(kind: NoticeKind, roles: Iterable[str]) -> Iterator[Wanted]:
    return (Wanted(kind, role) for role in roles)


_REFERRED_TO = ("mash", "early_help", "prevent", "mavp")
_RULES = {
    "missing_episode": _of_episode,
    "need_to_know": _of_alert,
    "mash_referral": _of_referral,
    "return_home_interview": _of_interview,
    "find_me_plan": _of_checked,
    "ehe_visit": _of_checked,
    "child": _of_child,
    "action": _of_action,
    ITEM: _of_item,
}
