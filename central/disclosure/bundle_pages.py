"""The pages of an export: plain HTML without a script, for reading on a screen, searching and printing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from itertools import groupby

from casework.dates_in_words import day, day_and_time
from casework.forms import QuestionType
from central.disclosure.for_decision import ToDecide, Why
from central.disclosure.held_about import HeldAbout
from central.disclosure.record_told import ToldAnswer, ToldDeed, ToldRecord

DECIDE, RECORDS = "1-decide-first.html", "2-records.html"
STYLE = """
body { font: 17px/1.5 sans-serif; color: #1b2733; max-width: 60em; margin: 2em auto; padding: 0 1em }
h1 { font-size: 1.6em } h2 { margin-top: 2em; border-bottom: 1px solid #7b8a97 } article { margin-bottom: 3em }
dt { font-weight: bold; margin-top: .7em } dd { margin: 0 0 0 1em; white-space: pre-wrap; overflow-wrap: anywhere }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .3em .8em .3em 0 }
tr { border-top: 1px solid #c6cdd3 } td { white-space: pre-wrap; overflow-wrap: anywhere }
.mark { background: #fff3c4; border-left: 4px solid #8a5a00; padding: .1em .5em; margin: .2em 0 0 1em }
.quiet { color: #4a5a68 }
@media print { article { break-before: page } }
"""
FIRST = (
    "Everything that the service holds about {child} is in this folder, as it is held. It is for {to}, who decides "
    "what is given out, and it is not to be given out as it stands.",
    "Each mark below is a question to a person. The program has left nothing out and decided nothing: whether a mark "
    "stays, is blacked out or goes is yours to say and to note down. It finds names by their letters, so a nickname "
    "or a misspelt name has no mark of its own: read all free words.",
    "Not here, because the service does not have it: what a laptop has not sent yet; which copies a laptop made and "
    "did not note in a record, which stand in its own audit trail; who read what, which nobody notes; and what other "
    "systems of the council hold.",
)


@dataclass(frozen=True, slots=True)
class Export:
    """What the pages are made from. `files`: where in the folder each went, by its hash; empty if it is not here."""

    about: HeldAbout
    records: tuple[ToldRecord, ...]
    marks: tuple[ToDecide, ...]
    files: Mapping[str, str]
    to: str
    by: str
    council: str
    made: datetime


def decide_page(export: Export) -> str:
    """For the council's own eyes."""
    said = [f"<p>{escape(text.format(child=export.about.name, to=export.to))}</p>" for text in FIRST]
    ordered = sorted(export.marks, key=lambda mark: list(Why).index(mark.why))
    groups = [(why, list(marks)) for why, marks in groupby(ordered, key=lambda mark: mark.why)]
    contents = [f'<li><a href="#{why.name}">{escape(why)}</a>: {len(marks)}</li>' for why, marks in groups]
    body = [*said, "<h2>To be decided</h2>", "<ul>", *contents, "</ul>"]
    for why, marks in groups:
        body += [f'<h2 id="{why.name}">{escape(why)}</h2>', "<table>", *map(_mark_row, marks), "</table>"]
    return _page(export, "Look at first: what a person has to decide", body)


def records_page(export: Export) -> str:
    about, born = export.about, export.about.said.born
    facts = [
        f"Born {day(born)}." if born else "Day of birth not known.",
        f"Number {about.number}." if about.number else "",
    ]
    contents = [f'<li><a href="#{one.anchor}">{escape(one.title)}</a></li>' for one in export.records]
    body = [f"<p>{escape(' '.join(facts))}</p>", "<h2>Records</h2>", "<ol>", *contents, "</ol>"]
    marks: dict[int, list[ToDecide]] = defaultdict(list)
    for mark in export.marks:
        if mark.record is not None:
            marks[mark.record.number].append(mark)
    for one in export.records:
        body += _record(one, marks[one.number], export.files)
    body += ["<h2>Who was given access</h2>", *_access(about)]
    return _page(export, f"What is held about {about.name}", body)


def access_rows(about: HeldAbout) -> list[dict[str, object]]:
    """Given to them, or theirs by their role."""
    given = [
        {
            "who": about.officer_named(row["officer_id"]),
            "what": f"one episode, {row['strand']}" if row["episode"] else row["strand"],
            "since": row["since"],
            "until": row["until"] or "",
            "why": row["reason"],
        }
        for row in about.allocations
    ]
    by_role = [
        {
            "who": about.officer_named(one.id),
            "what": "every child",
            "since": "",
            "until": "",
            "why": "by their role, today",
        }
        for one in about.see_every_child()
    ]
    return [*given, *by_role]


def _access(about: HeldAbout) -> Iterator[str]:
    rows = access_rows(about)
    yield "<table><tr><th>Who</th><th>What</th><th>Since</th><th>Until</th><th>Why</th></tr>"
    for row in rows:
        since, until = (_moment(str(row[name])) for name in ("since", "until"))
        cells = (row["who"], row["what"], since, until, row["why"])
        yield f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in cells)}</tr>"
    yield "</table>"


def _moment(text: str) -> str:
    return day_and_time(datetime.fromisoformat(text)) if text else ""


def _mark_row(mark: ToDecide) -> str:
    where = "–"
    if mark.record is not None:
        place = f", {mark.question}" if mark.question else ""
        link = f'<a href="{RECORDS}#{mark.record.anchor}">{escape(mark.record.title)}</a>'
        where = f"{mark.record.number}. {link}{escape(place)}"
    return f"<tr><td>{where}</td><td>{escape(mark.words)}</td></tr>"


def _record(one: ToldRecord, marks: Sequence[ToDecide], files: Mapping[str, str]) -> Iterator[str]:
    yield f'<article id="{one.anchor}"><h2>{one.number}. {escape(one.title)}</h2>'
    yield from (f"<p>{escape(line)}</p>" for line in one.standing)
    yield from (_mark(mark) for mark in marks if not mark.question)
    for head, answers in groupby(one.answers, key=_head):
        yield f"<h3>{escape(head)}</h3><dl>" if head else "<dl>"
        for answer in answers:
            here = [mark for mark in marks if mark.question == answer.label and mark.row in ("", answer.row)]
            yield f"<dt>{escape(answer.label)}</dt><dd>{_value(answer, files)}</dd>{''.join(map(_mark, here))}"
        yield "</dl>"
    yield "<h3>History</h3>"
    yield from (_mark(mark) for mark in marks if mark.question == "History")
    yield "<table><tr><th>When</th><th>Who</th><th>What</th></tr>"
    yield from map(_deed, one.history)
    yield "</table></article>"


def _head(answer: ToldAnswer) -> str:
    return f"{answer.group.short_label or answer.group.label}, {answer.number}" if answer.group else ""


def _value(answer: ToldAnswer, files: Mapping[str, str]) -> str:
    if answer.question is None or answer.question.type is not QuestionType.FILE or not isinstance(answer.value, dict):
        return escape(answer.text)
    place = files.get(str(answer.value.get("sha256")), "")
    if not place:
        return f"{escape(answer.text)} (it has not reached the service)"
    return f'<a href="{escape(place)}">{escape(answer.text)}</a>'


def _mark(mark: ToDecide) -> str:
    return f'<p class="mark">Decide: {escape(mark.why)}. {escape(mark.words)}</p>'


def _deed(deed: ToldDeed) -> str:
    lines = "\n".join((deed.what, *deed.lines))
    return f"<tr><td>{escape(deed.at)}</td><td>{escape(deed.who)}</td><td>{escape(lines)}</td></tr>"


def _page(export: Export, title: str, body: Iterable[str]) -> str:
    made = f"{export.council}, {day_and_time(export.made)}. Made by {export.by} for {export.to}. Confidential."
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en-GB"><head><meta charset="utf-8">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>",
            f'<h1>{escape(title)}</h1><p class="quiet">{escape(made)}</p>',
            *body,
            "</body></html>\n",
        ]
    )
