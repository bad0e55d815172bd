"""What this laptop holds about one child, read once and sorted by form: what pictures and warnings are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from weakref import WeakKeyDictionary

from msgspec import Struct
from msgspec.structs import replace

from casework.canonical import JSON
from casework.dates_in_words import local
from casework.forms.moments import day_said, span
from casework.identifiers import OfficerId
from casework.kept_once import once
from casework.practice.council import Council
from casework.practice.deadlines import Clocks, rhi_clocks
from casework.practice.lives.case_shapes import REFERRAL, SHAPES, is_what_arrived, keeps_case, referrals_of
from casework.practice.lives.kept_record import signing_order
from casework.practice.lives.real_episodes import counted_episodes, every_episode, real_episodes, undecided_doubles
from casework.practice.lives.told_table import told_to
from casework.practice.roles import reach_of
from casework.practice.triggers import Episode
from casework.wire.commissions import commissioned_child, is_commission, last_day
from casework.wire.status_messages import EpisodeTold, PlanTold
from desktop.flows.children import Child, child_among, child_from
from desktop.flows.desk import Desk
from desktop.store.database.remembered import TOLD
from desktop.store.vault import ChildRead, Summary

EPISODE, INTERVIEW, PLAN = "missing_episode", "return_home_interview", "find_me_plan"


class ToldHere(Struct, frozen=True):
    """What the council told of records that are not kept here, by episode and by child; `at`: when."""

    at: datetime
    episodes: Mapping[str, EpisodeTold]
    plans: Mapping[str, PlanTold]


class ChildRecords(Struct, frozen=True, dict=True, eq=False, weakref=True):
    """One child's records as they were read, and what follows from them alone, at whatever moment."""

    read: Sequence[Summary]

    @once
    def by_form(self) -> Mapping[str, Sequence[Summary]]:
        found: dict[str, list[Summary]] = defaultdict(list)
        for summary in self.read:
            found[summary.form_id].append(summary)
        return dict(found)

    @once
    def own(self) -> Summary | None:
        """The child's own record."""
        return next((s for s in self.by_form.get("child", ()) if s.record_id == s.child_id), None)

    @once
    def real(self) -> Sequence[tuple[Summary, datetime]]:
        return real_episodes(self.by_form.get(EPISODE, ()))

    @once
    def counted(self) -> Sequence[Episode]:
        return counted_episodes(self.every_episode(), self.doubles)

    @once
    def doubles(self) -> tuple[tuple[str, str], ...]:
        return undecided_doubles(self.real)

    @once
    def missing_education(self) -> Sequence[Summary]:
        held = (one for form in SHAPES for one in self.by_form.get(form, ()))
        return [one for one in held if keeps_case(one.form_id, one.form_version) and not one.discarded]

    @once
    def waiting_referrals(self) -> Sequence[Summary]:
        cases = self.missing_education
        answered = {one for case in cases for one in referrals_of(case.answers)}
        return [
            one
            for one in self.by_form.get(REFERRAL, ())
            if is_what_arrived(REFERRAL, one.form_version)
            and not one.discarded
            and one.record_id not in answered
            and not any(_was_open(case, one) for case in cases if case.form_id == REFERRAL)
        ]

    def every_episode(self) -> list[Episode]:
        return every_episode(self.real, self.own.answers if self.own else {})


class CaseFile(Struct, frozen=True, dict=True):
    """One child's records at a moment; `of` gives those of a form, latest change first.

    `held`: the forms this officer's role may hold. Of any other form, having no record means nothing. `writes`: a role
    that only reads is not asked to decide. `asked_until`: the last day of a commission, for whoever holds one episode
    of this child and no other. `told`: asked only where a form is not held, since what is held is newer.
    """

    child: Child
    sorted_out: ChildRecords
    now: datetime
    council: Council
    held: frozenset[str]
    writes: bool = True
    asked_until: date | None = None
    told: ToldHere | None = None

    @once
    def today(self) -> date:
        return local(self.now).date()

    @property
    def records(self) -> Mapping[str, Sequence[Summary]]:
        return self.sorted_out.by_form

    def of(self, form_id: str) -> Sequence[Summary]:
        return self.sorted_out.by_form.get(form_id, ())

    def holds(self, *form_ids: str) -> bool:
        """What a conclusion asks before it is drawn: is every form that it needs kept on this laptop?"""
        return self.held.issuperset(form_ids)

    def missing_education(self) -> Sequence[Summary]:
        """Cases in both their shapes; what only arrived is none of them."""
        return self.sorted_out.missing_education

    def waiting_referrals(self) -> Sequence[Summary]:
        """What arrived, and no case answers: none was opened from it, none of before was open when it came."""
        return self.sorted_out.waiting_referrals

    def at(self, now: datetime) -> CaseFile:
        """The same records at another moment; what does not depend on it is not sorted out anew."""
        return replace(self, now=now)

    def real_episodes(self) -> Sequence[Summary]:
        """Those that were episodes, and whose beginning is known, oldest first."""
        return [summary for summary, _start in self.sorted_out.real]

    def episodes(self) -> Sequence[Episode]:
        """As rules count them: of two that may be one, the later waits until somebody has decided."""
        return self.sorted_out.counted

    def every_episode(self) -> list[Episode]:
        """As they were recorded, doubles too: what a picture of them shows."""
        return self.sorted_out.every_episode()

    def doubles(self) -> tuple[tuple[str, str], ...]:
        """Pairs that may be one episode, and about which nobody has decided; the earlier of each first."""
        return self.sorted_out.doubles

    def agreed_plans(self) -> list[Summary]:
        """The agreed versions, in the order of their signatures: the last signed is the live one, whenever begun."""
        return sorted((plan for plan in self.of(PLAN) if plan.locked), key=signing_order)


def held_forms(desk: Desk) -> frozenset[str]:
    """Those of which this officer's role holds every record of its children; of a commission, the child's own alone."""
    reach = reach_of(desk.officer.role)
    if reach.by_commission:
        return frozenset({"child"})
    return frozenset(form for form in desk.catalogue.ids() if reach.opens(form, desk.catalogue.form(form).strand))


def asked_until(desk: Desk) -> Mapping[str, date]:
    """By child, the last day of each commission that this laptop was told of; empty for every other role."""
    if not reach_of(desk.officer.role).by_commission:
        return {}
    told = filter(is_commission, desk.vault.feed.standing().entitled)
    return {commissioned_child(bucket): last_day(bucket) for bucket in told}


def told_here(desk: Desk) -> ToldHere | None:
    """None before the council has told anything, and for a role that it tells nothing."""
    found = desk.vault.settings.get(TOLD) if told_to(desk.officer.role) else None
    if found is None:
        return None
    episodes = {str(one.episode): one for one in found.episodes}
    return ToldHere(datetime.fromisoformat(found.at), episodes, {str(one.child): one for one in found.plans})


def case_file(desk: Desk, child_id: str) -> CaseFile:
    """Raises UnknownRecord when this laptop holds no such child."""
    held = desk.vault.summaries(child_id=child_id)
    return _file_of(desk, child_among(desk, child_id, held), ChildRecords(held), _known(desk))


def every_case_file(desk: Desk) -> dict[str, CaseFile]:
    """Every child's, from one reading of the store."""
    return case_files(desk, desk.vault.children.everyone())


def case_files(desk: Desk, children: Iterable[ChildRead]) -> dict[str, CaseFile]:
    """By child, of those whose own record is here."""
    known, found = _known(desk), dict[str, CaseFile]()
    today = local(desk.now()).date()
    for child in children:
        records = _records_of(child)
        if records.own is not None:
            found[child.child_id] = _file_of(desk, _named(desk, records, records.own, today), records, known)
    return found


# Each child as its own record says, with the day its age is of.
_NAMED: WeakKeyDictionary[ChildRecords, tuple[date, Child]] = WeakKeyDictionary()


def _named(desk: Desk, records: ChildRecords, own: Summary, today: date) -> Child:
    kept = _NAMED.get(records)
    if kept is None or kept[0] != today:
        kept = _NAMED[records] = today, child_from(desk, own)
    return kept[1]


# What was sorted out of a child's records, for as long as the store keeps them as they were read.
_SORTED_OUT: WeakKeyDictionary[ChildRead, ChildRecords] = WeakKeyDictionary()


def _records_of(child: ChildRead) -> ChildRecords:
    found = _SORTED_OUT.get(child)
    if found is None:
        found = _SORTED_OUT[child] = ChildRecords(child.summaries)
    return found


# Who began each record of a child; whoever began one stays, and a record that comes in stirs its child.
_BEGUN_BY: WeakKeyDictionary[ChildRecords, Mapping[str, OfficerId]] = WeakKeyDictionary()


def who_began(desk: Desk, files: Iterable[CaseFile]) -> Mapping[str, OfficerId]:
    """Of every record of these children but their own: the store is asked only about what changed."""
    every = [file.sorted_out for file in files]
    unknown = [one for one in every if one not in _BEGUN_BY]
    asked = {s.record_id for one in unknown for s in one.read if s.form_id != "child"}
    found = desk.vault.begun_by(sorted(asked)) if asked else {}
    for one in unknown:
        _BEGUN_BY[one] = {s.record_id: found[s.record_id] for s in one.read if s.record_id in found}
    return {record: officer for one in every for record, officer in _BEGUN_BY[one].items()}


def return_clocks(episode: Mapping[str, JSON], now: datetime, council: Council) -> Clocks:
    """Both clocks of an episode; a return whose time is not known cannot be counted in hours."""
    found = span(episode.get("found_at"))
    if found is None:
        return rhi_clocks(None, now, council)
    exact = found.first == found.last
    return rhi_clocks(found.first if exact else local(found.last).date(), now, council)


def clocks_of(desk: Desk, episode: Mapping[str, JSON]) -> Clocks:
    """Both clocks of an episode as they stand now, by this council's file."""
    return return_clocks(episode, desk.now(), desk.catalogue.council)


def _was_open(old: Summary, came: Summary) -> bool:
    """A case of before cannot name what came while it was open."""
    end = day_said(old.answers, "outcome_on") if old.answers.get("outcome") else date.max
    on = day_said(came.answers, "submitted_on") or day_said({"at": came.created_at}, "at")
    began = day_said(old.answers, "submitted_on", "logged_on") or day_said({"at": old.created_at}, "at")
    return end is not None and on is not None and began is not None and began <= on <= end


class _Known(NamedTuple):
    """What is the same for every child on this laptop."""

    forms: frozenset[str]
    asked: Mapping[str, date]
    told: ToldHere | None


def _known(desk: Desk) -> _Known:
    held = held_forms(desk)
    return _Known(_HELD.setdefault(held, held), asked_until(desk), told_here(desk))


# Each set of forms once, so that what was kept for one is seen to be for it without a look at each form.
_HELD: dict[frozenset[str], frozenset[str]] = {}


def _file_of(desk: Desk, child: Child, records: ChildRecords, known: _Known) -> CaseFile:
    writes = not desk.officer.role or reach_of(desk.officer.role).writes_form(EPISODE)
    until = known.asked.get(child.child_id)
    return CaseFile(child, records, desk.now(), desk.catalogue.council, known.forms, writes, until, known.told)


def _stamp(when: datetime | None) -> float:
    return when.timestamp() if when else 0.0
