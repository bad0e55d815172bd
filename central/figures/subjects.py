"""What a scorecard counts: the rows of one subject in a period, each with the columns that its figures ask about.

Every column is a code or a whole number and none is ever null, so a condition is true or false, never unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from sqlalchemy import CTE, ColumnElement, Select, Subquery, Table, and_, case, func, literal, or_, select, true

from central.database.fact_tables import (
    child_fact,
    episode_fact,
    home_education_fact,
    interview_fact,
    referral_fact,
)
from central.figures.periods import AsAt, Period

Column: TypeAlias = ColumnElement[Any]
NONE = -1  # a number that is not recorded
WRONG = -2  # a number that cannot be: back before it began
NO_YEAR_GROUP = -99  # younger than Reception is below nought


def stands(table: Table | Subquery, seq: int) -> Column:
    """The state that stood at this place of the feed."""
    return and_(table.c.from_seq <= seq, table.c.to_seq > seq)


def coded(column: Column) -> Column:
    return func.coalesce(column, "not_recorded")


def counted(column: Column) -> Column:
    return func.coalesce(column, NONE)


def children_of(of: CTE, as_at: AsAt) -> Subquery:
    """Those of some records; each child once, should there be two records of it."""
    first = func.row_number().over(partition_by=child_fact.c.child_id, order_by=child_fact.c.record_id)
    found = select(child_fact, first.label("place"))
    found = found.where(stands(child_fact, as_at.seq), child_fact.c.standing == "counted")
    every = found.where(child_fact.c.child_id.in_(select(of.c.child_id))).subquery()
    return select(every).where(every.c.place == 1).subquery("children")


def episodes(period: Period, as_at: AsAt) -> Select[Any]:
    """Those that began in the period, and those of which no day is known."""
    first, last = period.first.toordinal(), period.last.toordinal()
    in_period = episode_fact.c.started_day.between(first, last)
    found = select(episode_fact).where(stands(episode_fact, as_at.seq))
    found = found.where(or_(in_period, episode_fact.c.started_day.is_(None)))
    begun = found.cte("begun")
    children = children_of(begun, as_at)
    interview = _interviews(begun, as_at)
    until = min(last, as_at.day.toordinal())
    is_away = or_(begun.c.returned == "no", begun.c.found_day > last)
    end = case((begun.c.returned == "no", until), else_=begun.c.found_day)
    columns = {
        "record_id": begun.c.record_id,
        "child_id": begun.c.child_id,
        "family": literal(""),
        "standing": begun.c.standing,
        "placed": case((begun.c.started_day.is_(None), "no_day"), else_="yes"),
        "care_status": begun.c.care_status,
        "cse_level": begun.c.cse_level,
        "other_la": begun.c.other_la,
        "days": case((begun.c.found_day < begun.c.started_day, WRONG), else_=counted(end - begun.c.started_day)),
        "still_missing": case((is_away, "yes"), else_="no"),
        "decision": coded(interview.c.decision),
        "reply": coded(interview.c.reply),
        "timely": _timely(begun, interview, as_at),
        "sex": coded(children.c.sex),
        "ethnicity": coded(children.c.ethnicity),
        "age": counted((begun.c.started_ymd - children.c.born_ymd) // 10_000),
        "miles": counted(begun.c.miles),
    }
    joined = begun.outerjoin(interview, interview.c.episode_id == begun.c.record_id)
    joined = joined.outerjoin(children, children.c.child_id == begun.c.child_id)
    return with_columns(columns, joined)


def _interviews(begun: CTE, as_at: AsAt) -> Subquery:
    """Of those about one episode, the one that went furthest."""
    rank = func.row_number().over(
        partition_by=interview_fact.c.episode_id,
        order_by=(interview_fact.c.preference, func.coalesce(interview_fact.c.held_day, 0), interview_fact.c.record_id),
    )
    found = select(interview_fact, rank.label("place"))
    found = found.where(stands(interview_fact, as_at.seq), interview_fact.c.standing == "counted")
    every = found.where(interview_fact.c.episode_id.in_(select(begun.c.record_id))).subquery()
    return select(every).where(every.c.place == 1).subquery("interviews")


def _timely(begun: CTE, interview: Subquery, as_at: AsAt) -> Column:
    """In how many working days an accepted interview was held, or why that is not known."""
    no_day = or_(interview.c.held_day.is_(None), begun.c.due_day.is_(None))
    return case(
        (interview.c.held.is_(None), "not_recorded"),
        (interview.c.held == "unsettled", "unsettled"),
        (interview.c.held == "no", "not_held"),
        (and_(interview.c.held == "yes", no_day), "day_not_recorded"),
        (and_(interview.c.held == "yes", interview.c.held_day <= begun.c.due_day), "in_time"),
        (interview.c.held == "yes", "late"),
        (begun.c.due_day >= as_at.day.toordinal(), "not_due"),
        else_="not_recorded",
    )


def referrals(period: Period, as_at: AsAt) -> Select[Any]:
    """All that were ever opened by the end of the period, and those of which no day is known."""
    first, last = period.first.toordinal(), period.last.toordinal()
    found = select(referral_fact).where(stands(referral_fact, as_at.seq))
    found = found.where(or_(referral_fact.c.opened_day <= last, referral_fact.c.opened_day.is_(None)))
    later = or_(referral_fact.c.closed_day >= first, referral_fact.c.opened_day >= first)
    found = found.where(or_(referral_fact.c.closed_day.is_(None), later))
    case_ = found.cte("cases")
    children = children_of(case_, as_at)
    opened, closed = case_.c.opened_day, case_.c.closed_day
    open_or_later = or_(case_.c.closed == "no", closed > last)
    columns = {name: case_.c[name] for name in _REFERRAL_CODES} | {
        "new": case((opened.is_(None), "no_day"), (opened >= first, "yes"), else_="no"),
        "opening": case((and_(opened < first, or_(case_.c.closed == "no", closed >= first)), "yes"), else_="no"),
        "active": case((and_(opened.is_not(None), open_or_later), "yes"), else_="no"),
        "resolved": case(
            (case_.c.closed.not_in(("no", "known")), "no_day"),
            (and_(closed.is_not(None), opened > closed), "before_opening"),
            (closed.between(first, last), "yes"),
            else_="no",
        ),
        "months": counted(_months(case_.c.opened_ymd, period)),
        "year_group": counted(case_.c.year_group),
        "sex": coded(children.c.sex),
        "ethnicity": case((case_.c.ethnicity == "not_recorded", coded(children.c.ethnicity)), else_=case_.c.ethnicity),
    }
    return with_columns(columns, case_.outerjoin(children, children.c.child_id == case_.c.child_id))


_REFERRAL_CODES = (
    "record_id",
    "child_id",
    "family",
    "standing",
    "outcome",
    "previous",
    "locality",
    "phase",
    "school_type",
    "fsm",
    "need",
    "social_care",
    "help_locality",
    "help_partners",
    "help_unspecified",
)


def _months(opened: Column, period: Period) -> Column:
    """Whole months from a day, written 20260327, to the end of the period."""
    end = period.last.year * 12 + period.last.month
    short = case((opened % 100 > period.last.day, 1), else_=0)
    return end - (opened // 10_000) * 12 - (opened // 100) % 100 - short


def home_education(period: Period, as_at: AsAt) -> Select[Any]:
    """Spells and enquiries that were going on at some time in the period."""
    first, last = period.first.toordinal(), period.last.toordinal()
    table = home_education_fact
    found = select(table).where(stands(table, as_at.seq))
    found = found.where(or_(table.c.started_day <= last, table.c.started_day.is_(None)))
    found = found.where(or_(table.c.ended_day.is_(None), table.c.ended_day >= first, table.c.started_day >= first))
    spell = found.cte("spells")
    children = children_of(spell, as_at)
    state = case(
        (spell.c.ended.not_in(("no", "known")), "no_end_day"),
        (spell.c.started_day.is_(None), "no_day"),
        (spell.c.ended_day < spell.c.started_day, "before_beginning"),
        (or_(spell.c.ended == "no", spell.c.ended_day > last), "current"),
        else_="ended",
    )
    is_known = or_(
        and_(spell.c.kind == "spell", state.in_(("current", "ended"))),
        and_(spell.c.kind == "enquiry", or_(state == "current", and_(state == "ended", spell.c.stage == "not_ehe"))),
    )
    born_in = (children.c.born_ymd - 900) // 10_000  # the school year, from September, by the year it begins in
    columns = {
        "record_id": spell.c.record_id,
        "child_id": spell.c.child_id,
        "family": literal(""),
        "standing": spell.c.standing,
        "kind": spell.c.kind,
        "stage": spell.c.stage,
        "state": state,
        "known": case((is_known, "yes"), else_="no"),
        "support": spell.c.support,
        "sex": coded(children.c.sex),
        "year_group": func.coalesce(period.first.year - born_in - 5, NO_YEAR_GROUP),
    }
    return with_columns(columns, spell.outerjoin(children, children.c.child_id == spell.c.child_id))


def with_columns(columns: Mapping[str, Column], joined: Any) -> Select[Any]:
    return select(*(column.label(name) for name, column in columns.items())).select_from(joined).where(true())
