"""The police’s list against what is here, in words and values, for the command line and the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from casework.canonical import JSON
from casework.dates_in_words import counted, day, day_and_time, local, month_and_year
from casework.forms.moments import span
from casework.plain_table import PlainTable
from casework.practice.lives.real_episodes import ended
from casework.practice.police.police_list_rules import Decided, PoliceLine
from desktop.flows.desk import Desk
from desktop.flows.police.police_months import EpisodeHere, OnlyHere, PoliceEntry, PoliceMonth, episodes_here
from desktop.flows.police.police_taking_in import ListLine, PoliceReport

HEADS = (
    "Group",
    "Child",
    "Date of birth",
    "Police reference",
    "Reported",
    "Returned",
    "Risk",
    "Decided",
    "Why",
    "Line",
)
IN_BOTH, ONLY_HERE, ONLY_POLICE = "In both", "Only here", "Only with the police"
DECIDED: Mapping[Decided | None, str] = {
    None: "Not decided yet",
    Decided.SAME: "The same episode",
    Decided.NOT_OURS: "Not ours",
    Decided.RECORDED: "Recorded from the list",
    Decided.ASKED: "Police were asked",
    Decided.NOT_REPORTED: "Not for police",
}
TWO_SAID = "Two people decided differently. Decide again"


def group_of(one: PoliceEntry) -> str:
    return IN_BOTH if one.in_both else ONLY_POLICE


def when_said(value: object) -> str:
    """A moment, or the day alone where nobody wrote the time."""
    known = span(value)
    if known is None:
        return ""
    return day_and_time(known.first) if known.first == known.last else day(local(known.first).date())


def line_said(line: PoliceLine) -> str:
    """“Reference 4471. Reported 3 October 2026, 22:10. Returned 4 October 2026, 02:30. Risk: medium”."""
    back = when_said(line.returned)
    parts = (
        f"Reference {line.reference}" if line.reference else "No reference",
        f"Reported {when_said(line.reported)}",
        f"Returned {back}" if back else "No return in the list",
        f"Risk: {line.risk.replace('_', ' ')}" if line.risk else "",
    )
    return ". ".join(part for part in parts if part)


def episode_said(one: EpisodeHere) -> str:
    answers = one.summary.answers
    reference, back = str(answers.get("police_ref") or "").strip(), ended(one.summary)
    parts = (
        f"Reference {reference}" if reference else "No reference",
        f"Last seen {when_said(answers.get('last_seen_at')) or 'not recorded'}",
        f"Found {when_said(answers.get('found_at')) or day(local(back).date())}" if back else "Still missing",
    )
    return ". ".join(parts)


def decided_said(one: PoliceEntry | OnlyHere) -> str:
    if one.disputed:
        return TWO_SAID
    return ": ".join(part for part in (DECIDED[one.decision], one.why) if part)


def state_said(found: PoliceMonth) -> str:
    if not found.lists:
        return "The list has not come"
    if found.undecided:
        since = " since it was signed off" if found.signed else ""
        return f"{counted(found.undecided, 'line')} to decide{since}"
    if found.signed and found.signed.stands:
        return f"Signed off by {found.signed.by}, {day_and_time(found.signed.at)}"
    return "Decided, not signed off" if found.signed is None else "Changed since it was signed off"


def month_json(found: PoliceMonth) -> dict[str, JSON]:
    signed = found.signed if found.is_settled else None
    return {
        "month": found.month.isoformat()[:7],
        "came": bool(found.lists),
        "undecided": found.undecided,
        "lines": len(found.entries),
        "signed_off": {"by": signed.by, "at": signed.at.isoformat()} if signed else None,
        "state": state_said(found),
    }


def whole_json(found: PoliceMonth) -> dict[str, JSON]:
    return {
        **month_json(found),
        "in_both": [_entry_json(one) for one in found.entries if one.in_both],
        "only_police": [_entry_json(one) for one in found.entries if not one.in_both],
        "only_here": [_here_json(one) for one in found.only_here],
    }


def table_of(found: PoliceMonth) -> PlainTable:
    rows = [
        (
            group_of(one), one.line.name, one.line.born.isoformat() if one.line.born else "", one.line.reference,
            _cell(one.line.reported), _cell(one.line.returned), one.line.risk, DECIDED[one.decision], one.why,
            one.row_id,
        )
        for one in found.entries
    ]  # fmt: skip
    rows += [
        (
            ONLY_HERE, one.here.child.name, one.here.child.born.isoformat() if one.here.child.born else "",
            str(one.here.summary.answers.get("police_ref") or ""), _cell(one.here.summary.answers.get("reported_at")),
            _cell(one.here.summary.answers.get("found_at")), str(one.here.summary.answers.get("police_risk") or ""),
            DECIDED[one.decision], one.why, one.here.episode_id,
        )
        for one in found.only_here
    ]  # fmt: skip
    return PlainTable(HEADS, rows)


def months_told(found: tuple[PoliceMonth, ...]) -> str:
    lines = [f"{one.month.isoformat()[:7]}  {month_and_year(one.month)}: {state_said(one)}" for one in found]
    return "\n".join(lines) or "No list has come. Take one in with: homeward take-police-list FILE --month 2026-10"


def month_told(desk: Desk, found: PoliceMonth) -> str:
    return "\n".join(_lines(desk, found))


def report_json(found: PoliceReport) -> dict[str, JSON]:
    return {
        "month": found.month.isoformat()[:7],
        "record": found.record_id,
        **{state.value: found.count(state) for state in ListLine},
        "refusals": [
            {"line": one.number, "name": one.name, "why": one.why}
            for one in found.lines
            if one.state is ListLine.REFUSED
        ],
        "gone": list(found.gone),
    }


def report_said(found: PoliceReport) -> str:
    counts = ", ".join(f"{found.count(state)} {state.value}" for state in ListLine)
    done = "Kept" if found.record_id else "Looked over, and nothing kept"
    lines = [f"{done}: police’s list of {month_and_year(found.month)}: {counts}."]
    lines += [f"  Line {one.number}, {one.name or 'no name'}: {one.why}" for one in found.lines if one.why]
    if found.gone:
        lines.append(f"  In the list before and not in this file, and kept: {', '.join(found.gone)}.")
    return "\n".join(lines)


def _cell(value: object) -> str:
    """A moment as it is kept; a day alone where nobody wrote the time."""
    if isinstance(value, dict):
        return str(value.get("about") or "")
    return value if isinstance(value, str) and span(value) else ""


def _lines(desk: Desk, found: PoliceMonth) -> Iterator[str]:
    here = episodes_here(desk)
    yield f"{month_and_year(found.month)}. {state_said(found)}."
    for group in (IN_BOTH, ONLY_POLICE):
        entries = [one for one in found.entries if group_of(one) == group]
        yield f"\n{group}, {len(entries)}"
        for one in entries:
            yield f"{one.row_id}  {one.line.name}. {line_said(one.line)}"
            yield f"  {decided_said(one)}"
            yield from (f"  {hint.why}: {hint.episode_id}, {_named(here, hint.episode_id)}" for hint in one.suggestions)
    yield f"\n{ONLY_HERE}, {len(found.only_here)}"
    for ours in found.only_here:
        yield f"{ours.here.episode_id}  {ours.here.child.name_and_age}. {episode_said(ours.here)}"
        yield f"  {decided_said(ours)}"


def _named(here: Mapping[str, EpisodeHere], episode_id: str) -> str:
    one = here.get(episode_id)
    return f"{one.child.name_and_age}. {episode_said(one)}" if one else "not on this laptop any more"


def _entry_json(one: PoliceEntry) -> JSON:
    line = one.line
    return {
        "line": one.row_id,
        "name": line.name,
        "born": line.born.isoformat() if line.born else None,
        "reference": line.reference,
        "reported": _cell(line.reported),
        "returned": _cell(line.returned),
        "risk": line.risk,
        "decision": one.decision.value if one.decision else None,
        "why": one.why,
        "episode": one.episode_id,
        "disputed": one.disputed,
        "suggestions": [{"episode": hint.episode_id, "why": hint.why} for hint in one.suggestions],
    }


def _here_json(one: OnlyHere) -> JSON:
    return {
        "episode": one.here.episode_id,
        "child": one.here.child.child_id,
        "name": one.here.child.name,
        "decision": one.decision.value if one.decision else None,
        "why": one.why,
        "disputed": one.disputed,
    }
