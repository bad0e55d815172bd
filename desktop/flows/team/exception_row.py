"""One line of the manager's list: which list it stands in, about whom, whose work it is, and what it opens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from msgspec import Struct

from casework.canonical import JSON
from casework.dates_in_words import counted, near_day


class Gap(StrEnum):
    """The lists, in the order of the page."""

    DANGER = "danger"
    LATE = "late"
    DUE_SOON = "due_soon"
    NO_OFFER = "no_offer"
    TOLD_LATE = "told_late"
    NOTICE = "notice"
    CHAIR_UNTOLD = "chair_untold"
    REFERRAL = "referral"
    PREVENTION = "prevention"
    MEETING = "meeting"
    ALERT = "alert"
    NO_PLAN = "no_plan"
    STALE_PLAN = "stale_plan"
    HARBOURING = "harbouring"
    COUNCIL_UNTOLD = "council_untold"
    CARERS_PLAN = "carers_plan"
    ACTION_OVER = "action_over"
    ACTION_UNOWNED = "action_unowned"
    HOME_EDUCATION = "home_education"
    MISSING_EDUCATION = "missing_education"
    CHECK = "check"
    DOUBLE = "double"
    POLICE_LIST = "police_list"
    LOAD = "load"


TITLES: Mapping[Gap, str] = {
    Gap.DANGER: "In danger, nobody told",
    Gap.LATE: "Late, open and held",
    Gap.DUE_SOON: "Due in the next day",
    Gap.NO_OFFER: "Offers not made",
    Gap.TOLD_LATE: "Found, told late",
    Gap.NOTICE: "Notices not answered",
    Gap.CHAIR_UNTOLD: "Reviewing officer or chair not told",
    Gap.REFERRAL: "Referrals not answered",
    Gap.PREVENTION: "Prevention results due",
    Gap.MEETING: "Meetings undecided",
    Gap.ALERT: "Alerts undecided",
    Gap.NO_PLAN: "No agreed plan",
    Gap.STALE_PLAN: "Plans out of date",
    Gap.HARBOURING: "Harbouring notices ending",
    Gap.COUNCIL_UNTOLD: "Other councils not told",
    Gap.CARERS_PLAN: "New carers without the plan",
    Gap.ACTION_OVER: "Actions overdue",
    Gap.ACTION_UNOWNED: "Actions with no owner or day",
    Gap.HOME_EDUCATION: "Home education, overdue",
    Gap.MISSING_EDUCATION: "Missing education, overdue",
    Gap.CHECK: "Checks",
    Gap.DOUBLE: "Possible doubles",
    Gap.POLICE_LIST: "Police lists not signed off",
    Gap.LOAD: "Load by worker",
}
Groups = tuple[tuple[str, tuple[Gap, ...]], ...]
GROUPS: Groups = (
    ("At once", (Gap.DANGER,)),
    ("Interviews", (Gap.LATE, Gap.DUE_SOON, Gap.NO_OFFER, Gap.TOLD_LATE)),
    ("Notices", (Gap.NOTICE, Gap.CHAIR_UNTOLD, Gap.REFERRAL, Gap.PREVENTION)),
    ("Decisions and plans", (Gap.MEETING, Gap.ALERT, Gap.NO_PLAN, Gap.STALE_PLAN)),
    ("Away from home", (Gap.HARBOURING, Gap.COUNCIL_UNTOLD, Gap.CARERS_PLAN)),
    ("Actions", (Gap.ACTION_OVER, Gap.ACTION_UNOWNED)),
    ("Waiting for you", (Gap.CHECK, Gap.DOUBLE, Gap.POLICE_LIST)),
    ("People", (Gap.LOAD,)),
)
OF_EDUCATION: Groups = (
    ("At once", (Gap.DANGER,)),
    ("Children", (Gap.HOME_EDUCATION, Gap.MISSING_EDUCATION)),
    ("Notices", (Gap.NOTICE,)),
    ("Actions", (Gap.ACTION_OVER, Gap.ACTION_UNOWNED)),
    ("Waiting for you", (Gap.CHECK,)),
    ("People", (Gap.LOAD,)),
)
HEADS = ("List", "Child", "Worker", "What", "Due", "Late, days", "Offers", "Reason on record", "Record")
NO_REASON = "Reason not recorded"


class ExceptionRow(Struct, frozen=True):
    """`late` counts days over, working days for an interview; `is_open` is false of one that was held late."""

    gap: Gap
    record_id: str
    child_id: str
    child: str
    worker: str
    what: str
    due: date | None = None
    late: int = 0
    offers: str = ""
    reason: str = ""
    is_open: bool = True
    is_notice: bool = False


@dataclass(frozen=True, slots=True)
class GapsWanted:
    """Which lines, and in which order; an empty text asks for all."""

    gap: Gap | None = None
    worker: str = ""
    words: str = ""
    order: str = "late"


def chosen(found: Iterable[ExceptionRow], wanted: GapsWanted) -> tuple[ExceptionRow, ...]:
    words = wanted.words.casefold().split()
    kept = [
        row
        for row in found
        if wanted.gap in (None, row.gap)
        and wanted.worker in ("", row.worker)
        and all(word in f"{row.child} {row.what}".casefold() for word in words)
    ]
    return tuple(sorted(kept, key=ORDERS[wanted.order]))


def _by_lateness(row: ExceptionRow) -> tuple[object, ...]:
    return list(Gap).index(row.gap), -row.late, row.due or date.max, row.child.casefold()


ORDERS: Mapping[str, Callable[[ExceptionRow], tuple[object, ...]]] = {
    "late": _by_lateness,
    "child": lambda row: (row.child.casefold(), *_by_lateness(row)),
    "worker": lambda row: (row.worker.casefold(), *_by_lateness(row)),
    "due": lambda row: (row.due or date.max, row.child.casefold()),
    "reason": lambda row: (row.reason.casefold(), *_by_lateness(row)),
}


def late_words(row: ExceptionRow) -> str:
    return counted(row.late, "day") if row.late else ""


def cells(found: Iterable[ExceptionRow]) -> list[Sequence[str]]:
    """A row for each, under `HEADS`."""
    return [
        (
            TITLES[row.gap],
            row.child,
            row.worker,
            row.what,
            row.due.isoformat() if row.due else "",
            str(row.late or ""),
            row.offers,
            row.reason,
            row.record_id,
        )
        for row in found
    ]


def as_json(row: ExceptionRow) -> JSON:
    return {
        "list": str(row.gap),
        "record": row.record_id,
        "child": row.child_id,
        "child_name": row.child,
        "worker": row.worker,
        "what": row.what,
        "due": row.due.isoformat() if row.due else None,
        "late_days": row.late,
        "offers": row.offers,
        "reason": row.reason,
        "open": row.is_open,
    }


def told(found: Sequence[ExceptionRow], today: date) -> str:
    """Each list that has a line, with how many."""
    parts = []
    for gap in Gap:
        rows = [row for row in found if row.gap is gap]
        if rows:
            lines = [f"  {_line(row, today)}" for row in rows]
            parts.append("\n".join([f"{TITLES[gap]}, {len(rows)}", *lines]))
    return "\n\n".join(parts) or "Nothing stands in the list."


def _line(row: ExceptionRow, today: date) -> str:
    said = (row.child, row.what, _when(row, today), row.offers, row.reason, row.worker)
    return ". ".join(part for part in said if part)


def _when(row: ExceptionRow, today: date) -> str:
    """What is to come has its day; what is over, how late it is. The day on which something happened stands in what
    the line says, and is no day by which anything was due."""
    if row.late:
        since = f", due since {near_day(row.due, today)}" if row.due and row.due < today else ""
        return f"{late_words(row)} late{since}"
    return f"due {near_day(row.due, today)}" if row.due and row.due >= today else ""
