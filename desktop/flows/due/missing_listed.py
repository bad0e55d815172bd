"""Missing now for the command line: sentences for a person, rows for a spreadsheet, values for another program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from casework.canonical import JSON
from casework.dates_in_words import when
from casework.plain_table import PlainTable
from desktop.flows.council.sending import last_heard
from desktop.flows.desk import Desk
from desktop.flows.due.missing_now import MissingNow, since_words


def as_json(missing: MissingNow) -> dict[str, JSON]:
    return {
        "child": missing.child.child_id,
        "name": missing.child.name,
        "age": missing.child.age,
        "episode": missing.episode_id,
        "since": missing.since.isoformat() if missing.since else None,
        "minutes": int(missing.away.total_seconds() // 60) if missing.away is not None else None,
        "status": missing.status,
        **{name.casefold().replace(" ", "_"): value for name, value in missing.lines},
        "steps": [{"step": str(s.kind), "state": str(s.state), "line": s.line} for s in missing.steps],
        "next": missing.next.title if missing.next else None,
        "next_state": str(missing.next_state),
        "told": missing.told_line or None,
    }


def table_of(found: Iterable[MissingNow], now: datetime) -> PlainTable:
    """One row a child."""
    listed = list(found)
    names = list(dict.fromkeys(name for missing in listed for name, _value in missing.lines))
    rows = []
    for missing in listed:
        facts = dict(missing.lines)
        step, line = (missing.next.title, missing.next.line) if missing.next else ("", "")
        row = [missing.child.name_and_age, missing.how_long, since_words(missing, now), missing.status]
        rows.append([*row, *(facts.get(name, "") for name in names), step, line])
    return PlainTable(["Child", "Missing for", "Since", "Status", *names, "Next step", "When"], rows)


def told(found: Iterable[MissingNow], desk: Desk) -> str:
    """For a person, with how old it is: what a colleague has written since is not here yet."""
    parts = ["\n".join(_told_lines(missing, desk.now())) for missing in found]
    heard = last_heard(desk)
    age = f"Council last heard from: {when(heard, desk.now()) if heard else 'not yet'}."
    return "\n\n".join([*(parts or ["No child on this laptop is recorded as missing."]), age])


def _told_lines(missing: MissingNow, now: datetime) -> Iterator[str]:
    yield f"{missing.child.name_and_age}. {missing.headline}. {since_words(missing, now)}. {missing.status}".rstrip(
        ". "
    )
    yield from (f"  {name}: {value}" for name, value in missing.lines)
    yield from (f"  {step.name}: {step.line}" for step in missing.steps)
    if missing.told_line:
        yield f"  {missing.told_line}"
    if missing.next:
        yield f"  Next: {missing.next.title}. {missing.next.line}"
