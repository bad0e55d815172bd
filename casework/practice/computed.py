"""Answers nobody types: worked out from other answers and from facts, each time they are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from casework.dates_in_words import LONDON, day, day_and_time, weekday
from casework.forms.definition import QuestionType
from casework.forms.filled import Filled
from casework.forms.moments import span
from casework.practice.calendar import london_day
from casework.practice.council import Council
from casework.practice.deadlines import plan_review, rhi_clocks
from casework.practice.education_deadlines import absence, compulsory_from, compulsory_until

_ANY_TIME = datetime(2000, 1, 1, tzinfo=LONDON)  # when a clock ends does not depend on what time it is now
UNKNOWN_TIME = "Cannot be counted: the time of return is not known"
UNKNOWN_DAY = "Cannot be counted: the day of return is not known"


def computed(filled: Filled, council: Council) -> dict[str, str]:
    """Question id to what it says now, for every computed question that is shown."""
    return {
        question.id: _COMPUTED[question.computed](filled, council)
        for question in filled.definition.questions()
        if question.type is QuestionType.COMPUTED and question.id in filled.shown
    }


def exact_or_day(value: object) -> datetime | date | None:
    """A time, or the day when only the day is known; None for anything vaguer."""
    when = span(value)
    if when is None or when.last.date() != when.first.date():
        return None
    return when.first if when.first == when.last else when.first.date()


def _returned(filled: Filled) -> datetime | date | None:
    own = filled.answers.get("found_at")
    return exact_or_day(own if own is not None else filled.context.fact("returned_at"))


def _rhi_72h(filled: Filled, council: Council) -> str:
    due = rhi_clocks(_returned(filled), _ANY_TIME, council).h72.due
    return day_and_time(due) if due else UNKNOWN_TIME


def _rhi_working_days(filled: Filled, council: Council) -> str:
    due = rhi_clocks(_returned(filled), _ANY_TIME, council).working.due
    return f"End of {weekday(due)} {day(due)}" if due else UNKNOWN_DAY


def _plan_review_due(filled: Filled, council: Council) -> str:
    returned = _returned(filled)
    if returned is None:
        return "No return is known"
    back = london_day(returned) if isinstance(returned, datetime) else returned
    return day(plan_review(back, council).due)


def _child_age(filled: Filled, _council: Council) -> str:
    age = filled.context.fact("child_age")
    return "Not known" if age is None else str(age)


def _hours_missing(filled: Filled, _council: Council) -> str:
    began, ended = (exact_or_day(filled.answers.get(name)) for name in ("last_seen_at", "found_at"))
    if not isinstance(began, datetime) or not isinstance(ended, datetime) or ended < began:
        return "Cannot be counted: both times are needed"
    minutes = int(ended.timestamp() - began.timestamp()) // 60
    return f"{minutes // 60} hours {minutes % 60} minutes"


def _cme_day_count(filled: Filled, council: Council) -> str:
    last, now = exact_or_day(filled.answers.get("last_attended")), filled.context.now
    if last is None or now is None:
        return "Cannot be counted: the last day at school is not known"
    since = london_day(last) if isinstance(last, datetime) else last
    school = str(filled.answers.get("school") or "")
    found = absence(since.fromordinal(since.toordinal() + 1), london_day(now), council, school)
    doubt = "" if found.certain else " The council’s school calendar does not cover all these days, so check them."
    return f"{found.days}. Tenth day {day(found.tell_council)}, twentieth {day(found.register)}.{doubt}"


def _compulsory_age(filled: Filled, _council: Council) -> str:
    born = exact_or_day(filled.answers.get("date_of_birth"))
    if not isinstance(born, date) or isinstance(born, datetime):
        return "Cannot be worked out: the date of birth is not known"
    return f"{day(compulsory_from(born))} to {day(compulsory_until(born))}"


_COMPUTED: Mapping[str, Callable[[Filled, Council], str]] = {
    "rhi_72h": _rhi_72h,
    "rhi_working_days": _rhi_working_days,
    "plan_review_due": _plan_review_due,
    "child_age": _child_age,
    "hours_missing": _hours_missing,
    "cme_day_count": _cme_day_count,
    "compulsory_age": _compulsory_age,
}
