"""What the pattern of a child's episodes sets in motion. Every test is shown, met or not, with its rule and source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from msgspec import Struct

from casework.practice.calendar import london_day, night
from casework.practice.council import Council

TWO_DAYS_HOURS = 48
AT_RISK = ("cpp", "lac")  # on a child protection plan, or looked after


class Episode(Struct, frozen=True):
    """One real episode, as the triggers see it; `ended` is None while the child is still missing."""

    id: str
    began: datetime
    ended: datetime | None = None
    care_status: str = ""


class Trigger(Struct, frozen=True):
    """One test: whether it is met, by which episodes, and what follows."""

    id: str
    rule: str
    what: str
    met: bool
    episodes: tuple[str, ...]
    since: datetime | None
    source: str
    leads_to: str


def triggers(episodes: Iterable[Episode], now: datetime, council: Council) -> tuple[Trigger, ...]:
    """Every test of D3 and D4 on one child's episodes, the earliest alert of each."""
    real = sorted(episodes, key=lambda episode: episode.began.timestamp())
    return (
        more_than_24_hours(real, now, council),
        repeated(real, "episodes_four_weeks", "four_weeks_days", "strategy_meeting", council),
        repeated(real, "episodes_month", "month_days", "strategy_meeting", council),
        repeated(real, "episodes_watch", "watch_days", "watch_list", council),
        calendar_month(real, council),
        overnight(real, now, council),
        two_days(real, now),
    )


def earliest(found: Iterable[Trigger], leads_to: str) -> Trigger | None:
    """The first of the met tests that lead to one thing: the alert is on the earliest."""
    met = [trigger for trigger in found if trigger.met and trigger.leads_to == leads_to and trigger.since]
    return min(met, key=lambda trigger: trigger.since.timestamp() if trigger.since else 0.0, default=None)


def _hours_between(began: datetime, ended: datetime) -> timedelta:
    return timedelta(seconds=ended.timestamp() - began.timestamp())


def is_long(episode: Episode, now: datetime, council: Council) -> bool:
    """D3, of one episode: whether it is worth a test of its own."""
    return _hours_between(episode.began, episode.ended or now) > timedelta(hours=council.number("missing_long_hours"))


def more_than_24_hours(episodes: Sequence[Episode], now: datetime, council: Council) -> Trigger:
    """D3: missing for more than 24 true hours; exactly 24 hours is not more than."""
    hours = council.number("missing_long_hours")
    long = [e for e in episodes if is_long(e, now, council)]
    since = datetime.fromtimestamp(long[0].began.timestamp() + hours * 3600, now.tzinfo) if long else None
    return Trigger(
        "more_than_24_hours",
        "D3",
        f"Missing for more than {hours} hours",
        bool(long),
        tuple(e.id for e in long),
        since,
        council.source("missing_long_hours"),
        "strategy_meeting",
    )


def repeated(episodes: Sequence[Episode], how_many: str, how_long: str, leads_to: str, council: Council) -> Trigger:
    """D3: so many episodes within so many days, both ends counted, the window ending on the newest start."""
    found = every_window(episodes, how_many, how_long, leads_to, council)
    return found[-1] if found else _window((), how_many, how_long, leads_to, council)


def every_window(
    episodes: Sequence[Episode], how_many: str, how_long: str, leads_to: str, council: Council
) -> tuple[Trigger, ...]:
    """One test for each episode that filled a window, the oldest first: an old one is not undone by a new one."""
    count, days = council.number(how_many), timedelta(days=council.number(how_long))
    if not _may_fill(episodes, count, days):
        return ()
    found, began = [], [london_day(e.began) for e in episodes]
    for newest, last in enumerate(began):
        if newest + 1 < count:
            continue
        inside = [e for e, day in zip(episodes[: newest + 1], began, strict=False) if day > last - days]
        if len(inside) >= count:
            found.append(_window(inside, how_many, how_long, leads_to, council))
    return tuple(found)


def _may_fill(episodes: Sequence[Episode], count: int, days: timedelta) -> bool:
    """Whether so many began close to each other, by the hour: most children’s lie far apart."""
    began, most = sorted(episode.began.timestamp() for episode in episodes), days.total_seconds() + 86_400
    return any(last - first <= most for first, last in zip(began, began[count - 1 :], strict=False))


def _window(hit: Sequence[Episode], how_many: str, how_long: str, leads_to: str, council: Council) -> Trigger:
    count, days = council.number(how_many), council.number(how_long)
    return Trigger(
        f"{count}_in_{days}_days",
        "D3",
        f"{count} episodes within {days} days",
        bool(hit),
        tuple(e.id for e in hit),
        hit[-1].began if hit else None,
        council.source(how_long),
        leads_to,
    )


def calendar_month(episodes: Sequence[Episode], council: Council) -> Trigger:
    """D3, the scorecard's reading: so many episodes that began in one calendar month."""
    count = council.number("episodes_month")
    months = [(day.year, day.month) for day in (london_day(e.began) for e in episodes)]
    full = [month for month in months if months.count(month) >= count]
    hit = [e for e, month in zip(episodes, months, strict=True) if full and month == full[-1]]
    since = hit[count - 1].began if hit else None
    what = f"{count} episodes in one calendar month"
    ids = tuple(e.id for e in hit)
    return Trigger("calendar_month", "D3", what, bool(hit), ids, since, "D3, S1 scorecard 1.3", "scorecard")


def overnight(episodes: Sequence[Episode], now: datetime, council: Council) -> Trigger:
    """D4: missing throughout the small hours, on a child protection plan or looked after."""
    first, last = council.number("overnight_from_hour"), council.number("overnight_to_hour")
    hit = [e for e in episodes if e.care_status in AT_RISK and _through_a_night(e, now, council)]
    what = f"Missing overnight ({first:02}:00 to {last:02}:00), child protection plan or looked after"
    since = _through_a_night(hit[0], now, council) if hit else None
    return Trigger(
        "overnight",
        "D4",
        what,
        bool(hit),
        tuple(e.id for e in hit),
        since,
        council.source("overnight_from_hour"),
        "need_to_know",
    )


def _through_a_night(episode: Episode, now: datetime, council: Council) -> datetime | None:
    """The end of the first night the episode spans whole. Most are over before a night could be: the hours between, and
    one less where spring takes it."""
    ended = episode.ended or now
    night_hours = council.number("overnight_to_hour") - council.number("overnight_from_hour")
    if _hours_between(episode.began, ended) < timedelta(hours=night_hours - 1):
        return None
    day = london_day(episode.began)
    while day <= london_day(ended):
        first, last = night(day, council)
        if episode.began <= first and last <= ended:
            return last
        day += timedelta(days=1)
    return None


def two_days(episodes: Sequence[Episode], now: datetime) -> Trigger:
    """D4, the other reading: a scorecard comment speaks of need-to-know after more than two days."""
    hit = [e for e in episodes if _hours_between(e.began, e.ended or now) > timedelta(hours=TWO_DAYS_HOURS)]
    since = datetime.fromtimestamp(hit[0].began.timestamp() + TWO_DAYS_HOURS * 3600, now.tzinfo) if hit else None
    return Trigger(
        "more_than_two_days",
        "D4",
        "Missing for more than two days",
        bool(hit),
        tuple(e.id for e in hit),
        since,
        "D4, S1 comment (the other reading)",
        "need_to_know_other_reading",
    )


def turning_points(episode: Episode, now: datetime, council: Council) -> Iterator[datetime]:
    """The moments from now on, until the end of today, at which a test of an episode that goes on may come to be met,
    or right after which."""
    if episode.ended is not None and episode.ended <= now:
        return
    today, began = london_day(now), episode.began.timestamp()
    if episode.ended is not None:
        yield episode.ended
    for hours in (council.number("missing_long_hours"), TWO_DAYS_HOURS):
        yield from _to_come(datetime.fromtimestamp(began + hours * 3600, now.tzinfo), now)
    yield from _to_come(night(today, council)[1], now)


def _to_come(moment: datetime, now: datetime) -> Iterator[datetime]:
    if moment >= now:
        yield moment


def who_interviews(placement_miles: Decimal | None, council: Council) -> tuple[str, ...]:
    """D6: who does the interview. Up to forty miles an advocate; further, video, the worker, or a key worker."""
    if placement_miles is not None and placement_miles > council.thresholds["advocate_miles"].value:
        return ("video_by_advocate", "allocated_worker", "key_worker_child_asked_for", "commissioned_agency")
    return ("missing_advocate", "worker_child_nominated")


def alert_goes_to(*, is_open: bool) -> str:
    """D7: an open case alerts its worker; a closed or unknown child is screened by MASH. Record the decision."""
    return "allocated_worker" if is_open else "mash"
