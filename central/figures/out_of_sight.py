"""Exclusions, and the card that crosses them with missing, missing education and home education, child by child."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, Subquery, and_, case, func, literal, or_, select, union_all

from central.database.fact_tables import exclusion_fact
from central.figures.periods import AsAt, Period
from central.figures.subjects import (
    Column,
    children_of,
    coded,
    counted,
    episodes,
    home_education,
    referrals,
    stands,
    with_columns,
)

KINDS = ("missing", "missing_education", "home_education", "excluded")


def exclusions(period: Period, as_at: AsAt) -> Select[Any]:
    """Those whose first day is in the period, and those of which no day is known."""
    table = exclusion_fact
    in_period = table.c.from_day.between(period.first.toordinal(), period.last.toordinal())
    found = select(table).where(stands(table, as_at.seq), or_(in_period, table.c.from_day.is_(None)))
    one = found.cte("excluded_then")
    children = children_of(one, as_at)
    codes = ("record_id", "child_id", "standing", "kind", "phase", "reason", "send")
    columns = {name: one.c[name] for name in (*codes, "looked_after", "reinstated", "validated")} | {
        "family": literal(""),
        "placed": case((one.c.from_day.is_(None), "no_day"), else_="yes"),
        "half_days": counted(one.c.half_days),
        "sex": coded(children.c.sex),
        "ethnicity": coded(children.c.ethnicity),
    }
    return with_columns(columns, one.outerjoin(children, children.c.child_id == one.c.child_id))


def inclusion(period: Period, as_at: AsAt) -> Select[Any]:
    """Every child who in the period was in one of the four, once, with which of them it was."""
    away = episodes(period, as_at).subquery("away")
    unplaced = referrals(period, as_at).subquery("unplaced")
    at_home = home_education(period, as_at).subquery("at_home")
    out = exclusions(period, as_at).subquery("out")
    is_away = and_(away.c.standing == "counted", away.c.placed == "yes")
    is_out = and_(out.c.standing == "counted", out.c.placed == "yes")
    is_unplaced = and_(unplaced.c.standing == "counted", or_(unplaced.c.new == "yes", unplaced.c.opening == "yes"))
    is_at_home = and_(
        at_home.c.standing == "counted", at_home.c.kind == "spell", at_home.c.state.in_(("current", "ended"))
    )
    at_risk = _flag(away.c.cse_level.in_(("medium", "high")))
    known = union_all(
        _seen("missing", away, is_away, cse=at_risk),
        _seen("missing_education", unplaced, is_unplaced),
        _seen("home_education", at_home, is_at_home),
        _seen("excluded", out, is_out, permanent=_flag(out.c.kind == "permanent")),
    ).subquery("known")
    kinds = [func.max(known.c[name]) for name in KINDS]
    columns = {
        "record_id": known.c.child_id,
        "child_id": known.c.child_id,
        "family": literal(""),
        "sex": func.max(known.c.sex),
        "kinds": sum(kinds[1:], kinds[0]),
        **{name: _yes(func.max(known.c[name])) for name in (*KINDS, "permanent", "cse")},
    }
    return with_columns(columns, known).group_by(known.c.child_id)


def _seen(kind: str, of: Subquery, is_it: Column, **further: Column) -> Select[Any]:
    flags: dict[str, Column] = {name: literal(int(kind == name)) for name in KINDS}
    flags |= {"permanent": literal(0), "cse": literal(0), **further}
    named = (column.label(name) for name, column in flags.items())
    return select(of.c.child_id, of.c.sex, *named).where(is_it)


def _flag(condition: Column) -> Column:
    return case((condition, 1), else_=0)


def _yes(flag: Column) -> Column:
    return case((flag == 1, "yes"), else_="no")
