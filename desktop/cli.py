"""The command line: each verb is one deed of the window. `--json` for machines; passphrase by prompt or file."""
# What may be written on the line, and nothing that does it: `--help` need not load what keeps records (verbs/deeds.py).

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from casework import VERSION
from casework.typed_words import misread


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Exits with status 2 for a line it cannot read."""
    if wrong := misread(arguments):
        parser().error(wrong)
    return parser().parse_args(arguments)


@cache  # a hundred verbs: whoever has asked once, as a server of verbs, need not make them again
def parser() -> argparse.ArgumentParser:
    """Of the whole line; the manual page is made from it too."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--json", action="store_true", help="print JSON instead of sentences")
    common.add_argument("--officer", metavar="NAME", help="whose store to open, when several people share the laptop")
    common.add_argument("--passphrase-file", type=Path, metavar="FILE", help="read the passphrase from a file")
    common.add_argument("--home", type=Path, metavar="DIR", help="where the stores lie")
    whole = argparse.ArgumentParser(prog="homeward", description=__doc__, parents=[common])
    whole.add_argument("--version", action="version", version=f"Homeward {VERSION}")
    found = whole.add_subparsers(dest="verb", metavar="VERB")
    for name, verb in VERBS.items():
        sub = found.add_parser(name, help=verb.help, description=verb.help, parents=[common])
        sub.set_defaults(needs_desk=verb.needs_desk)
        for flags, options in verb.arguments:
            sub.add_argument(*flags, **options)
        group = sub.add_mutually_exclusive_group(required=True) if verb.one_of else sub
        for flags, options in verb.one_of:
            group.add_argument(*flags, **options)
    return whole


@dataclass(frozen=True)
class Verb:
    help: str
    arguments: tuple[tuple[tuple[str, ...], dict[str, Any]], ...] = ()
    needs_desk: bool = True
    one_of: tuple[tuple[tuple[str, ...], dict[str, Any]], ...] = ()  # exactly one of these must be given


def _arg(*flags: str, **options: Any) -> tuple[tuple[str, ...], dict[str, Any]]:
    return flags, options


CASE_TABLES = ("home_education", "missing_education", "missing")
CASE_ORDERS = ("next", "days", "child", "stage", "contact", "locality", "officer")
GAPS = (
    "danger", "late", "due_soon", "no_offer", "told_late", "notice", "chair_untold", "referral", "prevention",
    "meeting", "alert", "no_plan", "stale_plan", "harbouring", "council_untold", "carers_plan", "action_over",
    "action_unowned", "home_education", "missing_education", "check", "double", "police_list", "load",
)  # fmt: skip
PLACEMENT_KINDS = ("foster", "relatives", "childrens_home", "supported", "secure", "hospital", "other")
CROSSED = ("missing", "missing_education", "home_education", "excluded", "cse", "cce")
SCORECARDS = ("missing", "cme", "ehe", "exclusions", "inclusion")
VISIT_PURPOSES = (
    "cme_address_check", "ehe_child_not_seen", "school_requested", "after_missing_follow_up", "other",
)  # fmt: skip
GROUP_KINDS = ("operational", "strategic", "mavp", "strategy", "ehe_overview")
MINUTES_COPIES = ("group", "partner", "worker")
GAP_ORDERS = ("late", "child", "worker", "due", "reason")
_NOTICE = _arg("notice", help="its id, as notices lists it")
_VISIT = _arg("visit", help="the request's id, as visits lists it")
_LEAVER = _arg("leaver", help="the leaver's id, as movement lists it")
_RECORD = _arg("record", help="the record's id")
_LINE = _arg("line", help="the line's id, as police-list lists it")
_MONTH = _arg("month", help="such as 2026-10")
_MEETING = _arg("meeting", help="its id, as meetings lists it")
_ITEM = _arg("item", help="a child's item, as minutes lists it")
_STRAND = _arg("--strand", choices=("missing", "education"), default="", help="one strand only")
_CSV = _arg(
    "--csv", type=Path, nargs="?", const=Path("-"), metavar="FILE",
    help="save it as a table for a spreadsheet; without a file, or with -, print it",
)  # fmt: skip
_PASSWORD = _arg("--password-file", type=Path, metavar="FILE", help="what a protected PDF opens with, in a file")
_NEW = _arg("--new-passphrase-file", type=Path, metavar="FILE", help="read the new passphrase from a file")
VERBS: dict[str, Verb] = {
    "setup": Verb("make a new, empty, encrypted store on this laptop", (_arg("--name", required=True),), False),
    "practice": Verb(
        "make a store of invented children to practise in, beside the one with your work",
        (_arg("--afresh", action="store_true", help="make it anew, as it was on the first day"),),
        False,
    ),
    "passphrase": Verb("change the passphrase", (_NEW,)),
    "rekey": Verb("after a compromise: write everything anew under a new key", (_NEW,), False),
    "recovery-code": Verb("make a new recovery code; the one before ends"),
    "recover": Verb(
        "open a store whose passphrase is forgotten, with its recovery code or the council’s answer",
        (
            _arg("code", nargs="?", help="asked for when left out, so that no shell remembers it"),
            _NEW,
            _arg("--ask-council", type=Path, metavar="FILE", help="write a request for the council, and wait for it"),
        ),
        False,
    ),
    "enrol": Verb(
        "join a council with a one-time code",
        (
            _arg(
                "url", nargs="?", default="", help="may be left out where an administrator has set it for this laptop"
            ),
            _arg("code"),
            _arg("--again", action="store_true", help="when the council’s service no longer knows this laptop"),
        ),
        False,
    ),
    "proxy": Verb(
        "say or choose how this laptop gets to its council: straight, or through the council’s proxy",
        (
            _arg(
                "way",
                nargs="?",
                default="",
                metavar="none|system|FILE",
                help="straight; a proxy that this computer trusts; or one with the certificate of this file",
            ),
        ),
    ),
    "records": Verb("list the records on this laptop", (_arg("--form"), _arg("--child"))),
    "find": Verb(
        "find a child or record by a name, a day of birth or words, as the window does",
        (_arg("words", nargs="+", metavar="WORDS"),),
    ),
    "missing-now": Verb(
        "list the children who are missing, for how long, and the step that is due next",
        (_CSV,),
    ),
    "harbouring": Verb(
        "list harbouring notices: against whom, until when, and which are about to end",
        (
            _arg("--ending-in", type=int, metavar="DAYS", help="only those that end by then, or have ended"),
            _CSV,
        ),
    ),
    "renew-harbouring": Verb(
        "say that a harbouring notice is renewed from today, and until when",
        (
            _arg("notice", metavar="NOTICE", help="its id, as harbouring lists it"),
            _arg("--until", required=True, metavar="DATE"),
            _arg("--why", default="", metavar="WORDS"),
        ),
    ),
    "end-harbouring": Verb(
        "say how a harbouring notice ended, why, and who decided",
        (
            _arg("notice", metavar="NOTICE", help="its id, as harbouring lists it"),
            _arg("--how", required=True, choices=("withdrawn", "ran_out")),
            _arg("--why", required=True, metavar="WORDS"),
            _arg("--by", required=True, metavar="NAME", help="who decided"),
            _arg("--on", metavar="DATE", help="today unless told"),
        ),
    ),
    "placements": Verb(
        "list where a child has been placed, and which councils were told; without a child, whom it concerns now: "
        "another council’s children here, and ours in another’s area",
        (_arg("child", nargs="?", default="", metavar="CHILD", help="the child's id"), _CSV),
    ),
    "move": Verb(
        "write down that a looked-after child has moved; the child’s record follows, and whoever must hear is told",
        (
            _arg("child", metavar="CHILD", help="the child's id"),
            _arg("--to", dest="to_name", required=True, metavar="NAME", help="the placement"),
            _arg("--on", required=True, metavar="DATE"),
            _arg("--address", default=""),
            _arg("--postcode", default=""),
            _arg("--kind", choices=PLACEMENT_KINDS, default=""),
            _arg("--why", default="", metavar="WORDS"),
            _arg("--host", default="", metavar="COUNCIL", help="in whose area it is, where that is not ours"),
            _arg("--responsible", default="", metavar="COUNCIL", help="which council is, where that is not ours"),
        ),
    ),
    "tell-council": Verb(
        "note that another council was told of a move, or save the notice to it as a signed page",
        (
            _arg("move", help="its id, as placements lists it"),
            _arg("council", metavar="COUNCIL", help="its name, as placements gives it"),
        ),
        one_of=(
            _arg("--how", metavar="WORDS", help="who there was told, and how"),
            _arg("--pdf", type=Path, metavar="FILE", help="save the notice; sending it is yours"),
        ),
    ),
    "find-me": Verb(
        "show a child’s Find Me card, or save it as a signed page for whoever looks",
        (
            _arg("child", metavar="CHILD", help="the child's id"),
            _arg("--pdf", type=Path, metavar="FILE"),
            _arg("--for-police", action="store_true", help="with the harbouring notices; for police and nobody else"),
            _arg("--given-to", default="", metavar="NAME"),
        ),
    ),
    "told": Verb(
        "say how records stand that are not kept on this laptop, as the council told it",
        (_arg("child", nargs="?", default="", metavar="CHILD", help="of this child alone, by its id"),),
    ),
    "notices": Verb(
        "list what was sent to you, and whether you have read it; or who has been told of a record",
        (
            _arg(
                "--about", default="", metavar="RECORD", help="who has been told of this record, and when they read it"
            ),
            _arg("--all", action="store_true", help="those to others too, as far as this laptop holds them"),
            _CSV,
        ),
    ),
    "notice": Verb("read one notice; its sender hears that you have", (_NOTICE,)),
    "acknowledge": Verb(
        "say that you have read a notice and will see to it",
        (_NOTICE, _arg("--words", default="", help="an answer to its sender")),
    ),
    "ask-again": Verb("note that you asked the reader of a notice again", (_NOTICE,)),
    "visits": Verb(
        "list the safe-and-well visits that were asked for: of your asking, or of your team, and how each stands",
        (_CSV,),
    ),
    "ask-visit": Verb(
        "ask Early Help’s team of the child’s locality for a safe-and-well visit; what is known is filled in",
        (
            _RECORD,
            _arg("--why", default="", metavar="WORDS", help="what the visitor should know of the reason"),
            _arg("--risks", default="", metavar="WORDS", help="for the visitor"),
            _arg("--purpose", choices=VISIT_PURPOSES, default=""),
            _arg("--address", default=""),
            _arg("--living", dest="living_there", default="", metavar="WORDS", help="who lives there"),
            _arg("--languages", default="", metavar="WORDS"),
            _arg("--locality", default="", metavar="CODE", help="the child’s own unless told; its team is asked"),
            _arg("--by", dest="by_day", default="", metavar="DATE", help="by the council’s file unless told"),
        ),
    ),
    "open-case": Verb(
        "open the case that answers a missing education referral, filled in from it; or say which case does already",
        (_RECORD,),
    ),
    "accept-visit": Verb(
        "take on a visit that your team was asked for",
        (_VISIT, _arg("--words", default="", help="an answer to its asker")),
    ),
    "begin-visit": Verb("begin the visit that a request asks for, filled in from it", (_VISIT,)),
    "withdraw-visit": Verb("tell the team that a visit you asked for is no longer needed", (_VISIT,)),
    "movement": Verb(
        "list schools’ movement returns: which schools owe one, and each leaver with how it stands",
        (_CSV,),
    ),
    "transfers": Verb(
        "list, by school, the files between schools: asked for, uploaded, found, how long, and the lost pupil database",
        (_arg("--since", metavar="DATE", help="only what was done from this day on"), _CSV),
    ),
    "take-return": Verb(
        "take in a school’s movement return of one month from a CSV file, whole or not at all",
        (
            _arg("file", type=Path),
            _arg("--school", required=True, metavar="NAME"),
            _arg("--month", required=True, metavar="MONTH", help="such as 2026-03"),
            _arg("--dry-run", action="store_true", help="only look it over: new, changed, same, refused"),
            _arg("--leave-out", action="store_true", help="keep the others where a line cannot stand in a return"),
        ),
    ),
    "arrived": Verb(
        "say that a leaver has arrived safe at the school they left for",
        (
            _LEAVER,
            _arg("--how", required=True, metavar="WORDS", help="what shows it: who at which school said so"),
            _arg("--on", default="", metavar="DATE", help="since when it is known; today unless told"),
        ),
    ),
    "refer-leaver": Verb(
        "begin the missing education referral of a leaver who has not arrived",
        (
            _LEAVER,
            _arg("--child", default="", metavar="ID", help="who it is, where the child may be here already"),
            _arg("--new", action="store_true", help="it is none of the children who are here"),
        ),
    ),
    "take-police-list": Verb(
        "take in the police’s list of one month from a CSV file, whole or not at all",
        (
            _arg("file", type=Path),
            _arg("--month", required=True, metavar="MONTH", help="such as 2026-10"),
            _arg("--dry-run", action="store_true", help="only look it over: new, changed, same, refused"),
            _arg("--leave-out", action="store_true", help="keep the others where a line cannot stand in the list"),
        ),
    ),
    "police-list": Verb(
        "show a month of the police’s list against what is recorded here; without a month, how each month stands",
        (_arg("month", nargs="?", default="", help="such as 2026-10"), _CSV),
    ),
    "match-police": Verb(
        "decide about a line of the police’s list",
        (
            _LINE,
            _arg("--child", default="", metavar="ID", help="with --record: who it is, where the child may be here"),
            _arg("--new", action="store_true", help="with --record: it is none of the children who are here"),
        ),
        one_of=(
            _arg("--same-as", metavar="EPISODE", help="the same as this episode"),
            _arg("--not-ours", metavar="WHY", help="not ours, and why"),
            _arg("--record", action="store_true", help="begin the episode, filled in from the line"),
            _arg("--undo", action="store_true", help="let it wait for a decision again"),
        ),
    ),
    "not-with-police": Verb(
        "decide about an episode that is recorded here and is not in the police’s list",
        (_arg("episode", help="the episode's id, as police-list lists it"), _MONTH),
        one_of=(
            _arg("--asked", metavar="WHOM", help="police were asked: who, and how"),
            _arg("--not-reported", metavar="WHY", help="it was rightly not reported to them, and why"),
        ),
    ),
    "results-owed": Verb(
        "list the returns of which police have not told their result, who was asked and when to ask again",
        (_CSV,),
    ),
    "ask-police": Verb(
        "note that police were asked for the result after a return; it is chased until it comes",
        (
            _arg("episode", help="the episode's id, as results-owed lists it"),
            _arg("--whom", required=True, metavar="WORDS", help="who at the police, and how"),
            _arg("--reply", default="", metavar="WORDS", help="what they answered, where they did"),
        ),
    ),
    "sign-off-list": Verb("sign off the police’s list of a month in which every line is decided", (_MONTH,)),
    "exceptions": Verb(
        "list, for a manager, what is late, undecided, untold, unread or nobody’s, and how much each worker has",
        (
            _arg("--list", choices=GAPS, default="", help="one list only"),
            _arg("--of", default="", metavar="WORKER", help="one worker’s, by name"),
            _arg("--words", default="", help="words of the child’s name or of the line"),
            _arg("--sort", choices=GAP_ORDERS, default="late"),
            _arg("--since", metavar="DATE", help="from when what is over is listed; 31 days back unless told"),
            _CSV,
        ),
    ),
    "agenda": Verb(
        "make a group’s agenda by rule, from the day it last met; with --keep it becomes the meeting",
        (
            _arg("--kind", choices=GROUP_KINDS, default="", help="the first that your role looks after unless told"),
            _arg("--on", metavar="DATE", help="the day it meets; today unless told"),
            _arg("--keep", action="store_true", help="keep it, with an item for each child"),
        ),
    ),
    "chair": Verb(
        "name who chairs a group for a while without holding every child, and is told its agenda",
        (
            _arg("kind", choices=GROUP_KINDS),
            _arg("--to", default="", metavar="OFFICER", help="as listed without --to"),
            _arg("--until", metavar="DATE", help="the last day"),
            _arg("--end", default="", metavar="OFFICER", help="who chairs no longer"),
        ),
    ),
    "meetings": Verb(
        "list the meetings of your groups",
        (_arg("--kind", choices=GROUP_KINDS, default=""),),
    ),
    "minutes": Verb(
        "show a meeting’s agenda and minutes, or save a copy for one recipient",
        (
            _MEETING,
            _arg("--pdf", type=Path, metavar="FILE", help="save a signed copy"),
            _arg("--copy", choices=MINUTES_COPIES, default="group", help="for whom"),
            _arg("--child", default="", help="of a worker’s copy: the child, and nobody else"),
        ),
    ),
    "minute": Verb(
        "write what a meeting decided about a child",
        (
            _ITEM,
            _arg("--decided", default="", metavar="WORDS"),
            _arg("--done", action="store_true", help="the child has been spoken of; the worker is told"),
            _arg("--carry", action="store_true", help="carry the child over to the next meeting"),
        ),
    ),
    "put-on": Verb(
        "put a child on a meeting’s agenda",
        (_MEETING, _arg("child", help="the child's id"), _arg("--why", required=True, metavar="WORDS")),
    ),
    "give-action": Verb(
        "give an action at a meeting: what, who, and by when",
        (
            _ITEM,
            _arg("--what", required=True, metavar="WORDS"),
            _arg(
                "--who",
                required=True,
                metavar="NAME",
                help="one person; known here by name, they get a notice, otherwise the child’s worker does",
            ),
            _arg("--by", required=True, metavar="DATE"),
        ),
    ),
    "attends": Verb(
        "note who is at a meeting, or has sent apologies",
        (
            _MEETING,
            _arg("name"),
            _arg("--agency", default="", help="such as police or health"),
            _arg("--apology", action="store_true"),
        ),
    ),
    "end-meeting": Verb("say that a meeting has ended", (_MEETING,)),
    "scorecard": Verb(
        "the figures of a period, as the council reckons them for your role",
        (
            _arg("card", choices=SCORECARDS),
            _arg("--from", dest="first", metavar="DATE", help="the first day; of the latest period that is over"),
            _arg("--to", dest="last", metavar="DATE", help="the last day"),
            _arg(
                "--pdf",
                type=Path,
                metavar="FILE",
                help="a signed page that may leave the council, small numbers hidden",
            ),
            _CSV,
            _arg("--as-at", default="", metavar="MOMENT", help="what was known then, such as 2026-11-05T09:00+00:00"),
            _arg("--publish", action="store_true", help="freeze them in your name, where your council lets your role"),
            _arg("--words", default="", help="with --publish: what you say about them"),
        ),
    ),
    "commission": Verb(
        "give an episode to an interviewer of another agency until a day; without --to or --end, who could hold it",
        (
            _arg("episode", metavar="EPISODE"),
            _arg("--to", default="", metavar="OFFICER", help="whose it is to be, by id"),
            _arg("--until", metavar="DATE", help="with --to: the last day, such as 2026-03-30"),
            _arg("--end", default="", metavar="OFFICER", help="whose it is no longer"),
        ),
    ),
    "themes": Verb(
        "what children said in the interviews of a period, counted by reason, and the names that several give",
        (
            _arg("--from", dest="first", metavar="DATE", help="the first day; of the two months that are over"),
            _arg("--to", dest="last", metavar="DATE", help="the last day"),
            _arg(
                "--meeting",
                default="",
                metavar="MEETING",
                help="of the group's period until this meeting; the report stands among its papers",
            ),
            _arg(
                "--pdf",
                type=Path,
                metavar="FILE",
                help="the report for the group: signed, nobody named, small numbers hidden",
            ),
            _CSV,
        ),
    ),
    "board-report": Verb(
        "the annual report to the board: four quarters and the year, small numbers hidden",
        (
            _arg("--year", type=int, help="in which April it begins; the latest that is over unless told"),
            _arg("--pdf", type=Path, metavar="FILE", help="save it as a signed page"),
            _CSV,
        ),
    ),
    "to-supervision": Verb("take an overdue action to supervision", (_RECORD,)),
    "doubles": Verb("list the episodes that may have been recorded twice"),
    "same-as": Verb(
        "say that two episodes are one, or with --two that they are not",
        (
            _RECORD,
            _arg("other", help="the other episode's id, as doubles lists it"),
            _arg("--two", action="store_true", help="they are two episodes"),
        ),
    ),
    "due": Verb(
        "list what is due: overdue first, then by month, with how much each officer has",
        (_STRAND, _arg("--until", metavar="DATE", help="such as 2026-12-31; the end of this month unless told"), _CSV),
    ),
    "caseload": Verb(
        "list the open cases as a table: stage, school days, last contact and next act; the register at a day",
        (
            _arg("--strand", choices=CASE_TABLES, default="", help="one table only"),
            _arg("--on", metavar="DATE", help="as of a day that is past"),
            _arg("--register", nargs="?", const="", metavar="DATE", help="only those on the CME register, now or then"),
            _arg("--stage", default=""),
            _arg("--locality", default=""),
            _arg("--of", default="", metavar="OFFICER", help="one officer’s cases, by name"),
            _arg("--due-in", default="", metavar="MONTH", help="only what is due then, such as 2026-12"),
            _arg("--words", default="", help="words of the child’s name or the school’s"),
            _arg("--sort", choices=CASE_ORDERS, default="next"),
            _arg("--view", default="", metavar="NAME", help="as a view that you kept, here or in the window"),
            _arg("--keep-view", default="", metavar="NAME", help="keep what this line asks for by a name"),
            _arg("--pdf", type=Path, metavar="FILE", help="save the first table as a signed page to print"),
            _CSV,
        ),
    ),
    "cross-list": Verb(
        "list children by the lists they are in: missing, missing education, home education, excluded, CSE, CCE",
        (
            _arg("--in", dest="both", choices=CROSSED, action="append", default=[], help="in each of these"),
            _arg("--least", type=int, default=1, metavar="N", help="in so many lists or more"),
            _arg("--words", default="", help="words of the child’s name"),
            _arg("--sort", choices=("count", "child", *CROSSED), default="count"),
            _arg("--since", metavar="DATE", help="from when what is over counts; twelve months back unless told"),
            _CSV,
        ),
    ),
    "show": Verb("show one record", (_RECORD,)),
    "new": Verb(
        "begin a record",
        (_arg("form"), _arg("--child"), _arg("--answers", type=Path, metavar="FILE")),
    ),
    "how": Verb(
        "search Help: how Homeward works, and what each page of the window is for",
        (_arg("words", nargs="*", metavar="WORDS", help="every title without any"),),
        False,
    ),
    "blank-form": Verb(
        "save a form to fill in with a pen, as a PDF; none is saved over another",
        (
            _arg("form", metavar="KIND", help="the form's id, as for new"),
            _arg("--child", default="", metavar="ID", help="put this child’s name on it; else nobody’s"),
            _arg("--record", default="", metavar="ID", help="the record it is for: its scan goes back to that one"),
            _arg("--to", type=Path, metavar="FILE", help="KIND-blank.pdf here unless told"),
            _arg("--large-type", action="store_true", help="in 16 point"),
            _arg("--language", default="", metavar="TAG", help="the family’s questions in it too, where it is on: pl"),
        ),
    ),
    "scan": Verb(
        "find the record that a scanned blank form belongs to, and keep its pages beside that record",
        (
            _arg("files", nargs="+", type=Path, metavar="FILE", help="pictures, or the PDF of a scanner"),
            _arg("--record", default="", metavar="ID", help="the record, where the sheet does not say it"),
            _arg("--keep", action="store_true", help="keep the pages; else only say what was found"),
        ),
    ),
    "before-you-go": Verb(
        "what to know before a visit: when, where, who waits for the call, risks, and what is still to be asked",
        (
            _arg("record", help="the id of an appointment, of the record a visit is for, or of a child"),
            _arg("--pdf", type=Path, metavar="FILE", help="save the sheet to print: one page, first name only"),
        ),
    ),
    "answer": Verb("say answers from a file: {question: answer}", (_RECORD, _arg("file", type=Path))),
    "attach": Verb(
        "add a picture or document to a question that takes files",
        (_RECORD, _arg("question", help="the question's id, such as samples"), _arg("file", type=Path)),
    ),
    "history": Verb(
        "tell who changed a record, or one of its answers, when, and from what to what",
        (
            _RECORD,
            _arg("question", nargs="?", default="", help="the question's id, or a place as decisions lists it"),
            _arg("--put-back", default="", metavar="STEP", help="say again what it said then, by the step's id"),
        ),
    ),
    "decisions": Verb("list the answers that two people changed"),
    "decide": Verb(
        "decide what such an answer says; every text stays in the history",
        (
            _RECORD,
            _arg("path", help="the place in the record, as decisions lists it"),
            _arg("--seen", nargs="+", required=True, metavar="OP_ID", help="every text you read; no other is replaced"),
            _arg("--why", default="", help="the reason, kept in the history"),
        ),
        one_of=(
            _arg("--use", metavar="OP_ID", help="one of the texts, as written"),
            _arg("--both", action="store_true", help="each text under its author's name"),
            _arg("--file", type=Path, help="a new text (for an answer that is not text: JSON)"),
        ),
    ),
    "sign": Verb("sign and lock a record", (_RECORD, _arg("--name"), _arg("--ink", type=Path, metavar="FILE"))),
    "check": Verb(
        "give a manager’s check of what a colleague signed: approved, or returned with words",
        (
            _RECORD,
            _arg("verdict", choices=["approved", "returned"]),
            _arg("--words", default="", help="what has to be put right; needed to return it"),
            _arg("--name"),
        ),
    ),
    "export": Verb(
        "save a signed PDF for one recipient",
        (
            _RECORD,
            _arg("--copy", default="full"),
            _arg("--to", type=Path, required=True, metavar="FILE"),
            _arg("--replaced", action="store_true", help="a plan that a later version has replaced, all the same"),
            _arg("--given-to", default="", metavar="NAME", help="who gets it, for the log of copies"),
            _arg("--how", choices=("secure_email", "post", "by_hand", "printed"), default=""),
            _arg("--draft", action="store_true", help="the pages of an unsigned record, each marked as a draft"),
            _arg("--protect", action="store_true", help="with a password, which is made and told on standard error"),
            _arg(
                "--password-file", type=Path, metavar="FILE", help="protect it with the password in this file instead"
            ),
        ),
    ),
    "countersign": Verb(
        "sign, as the manager who approved it, a PDF that its author left room in",
        (_arg("file", type=Path), _arg("--to", type=Path, required=True, metavar="FILE")),
    ),
    "copies": Verb("list who holds a copy of a record; of a plan, of each version", (_RECORD, _CSV)),
    "recall": Verb(
        "make the notice that a copy of a plan is replaced, as a signed page for its holder",
        (
            _arg("copy", help="its id, as copies lists it"),
            _arg("--to", type=Path, required=True, metavar="FILE"),
        ),
    ),
    "next": Verb(
        "list what a signed report on home education leads on to, or open the record of one step",
        (_RECORD, _arg("step", nargs="?", default="", help="its code, as the list gives it")),
    ),
    "letter": Verb(
        "sign a letter about a record and record it as sent; with --preview only look it over",
        (
            _arg("kind", metavar="KIND", help="such as receipt_to_school; letters --about lists what may go"),
            _RECORD,
            _arg("--to", default="", help="the name it goes to"),
            _arg("--address", default="", help="lines parted by \\n"),
            _arg("--how", choices=("secure_email", "post", "by_hand"), default=""),
            _arg(
                "--say", action="append", default=[], metavar="PLACE=WORDS", help="what only you can say, or a change"
            ),
            _arg("--on", metavar="DATE", help="the day it went; today unless told"),
            _arg("--answer-by", metavar="DATE", help="the last day for an answer; by the council’s file unless told"),
            _arg("--pdf", type=Path, metavar="FILE", help="save the signed page as well"),
            _arg("--preview", action="store_true", help="show it and what is missing, and send nothing"),
        ),
    ),
    "letters": Verb(
        "list the letters that were sent, and with --about which may go about a record",
        (_arg("--about", default="", metavar="RECORD"), _CSV),
    ),
    "verify": Verb(
        "say who signed a PDF and whether it has changed; of a folder, a line for each PDF in it",
        (
            _arg("file", type=Path, metavar="FILE|FOLDER"),
            _arg("--ca", type=Path, metavar="PEM", help="a council's certificate to trust"),
            _PASSWORD,
        ),
        False,
    ),
    "strengthen": Verb(
        "put the council's time-stamp on a signed PDF that has none, or one that ends soon; of a folder, on each",
        (
            _arg("file", type=Path, metavar="FILE|FOLDER"),
            _arg("--ca", type=Path, metavar="PEM", help="certificates the council had before, to trust as well"),
            _PASSWORD,
        ),
    ),
    "sync": Verb(
        "send what waits and fetch what is new",
        (_arg("--let-go", action="store_true", help="agree that many records leave this laptop at once"),),
    ),
    "update": Verb(
        "say whether a newer Homeward is needed or offered; save it, checked, for the system to install",
        (_arg("--to", type=Path, metavar="DIR", help="fetch it into this folder; nothing is installed"),),
    ),
    "quarantine": Verb("list what the council's service has not taken in"),
    "review": Verb(
        "decide, as a supervisor, about something that was not taken in",
        (
            _arg("item", help="its id, as quarantine lists it"),
            _arg("decision", choices=["accept", "return", "reject"]),
            _arg("--why", required=True, help="the reason, which its author is shown"),
        ),
    ),
    "returned": Verb(
        "list your own words that the council did not take in, and why",
        (_arg("--dealt-with", action="store_true", help="those that no longer wait for you"),),
    ),
    "deal": Verb(
        "say such words again in their record, or say that they are dealt with; they are kept either way",
        (_arg("item", help="its id, as returned lists it"), _arg("how", choices=["again", "done"])),
    ),
    "written-before": Verb(
        "say what was written before this laptop joined for somebody of another name, and is kept unsent",
        (_arg("--mine", action="store_true", help="they are the joined officer’s own words: they are sent as theirs"),),
    ),
    "destroyed": Verb("say what the council destroyed by its rule of what was on this laptop", (_CSV,)),
    "backup": Verb("copy the store, encrypted, to a folder or stick", (_arg("folder", type=Path),)),
    "restore": Verb("bring a backup back, beside what is here", (_arg("folder", type=Path),), False),
    "rescue": Verb(
        "bring a store from a disk that is full, or may not be written, to another folder, and go on there",
        (_arg("to", type=Path, metavar="FOLDER", help="the home from now on"),),
        False,
    ),
    "audit": Verb(
        "read the audit trail and check that it holds together",
        (_arg("--against", metavar="FILE|HEAD", help="and goes on from what a signed PDF, or somebody else, noted"),),
    ),
    "forms": Verb(
        "explain every mistake in a folder of forms, with file and line",
        (_arg("check", choices=["check"]), _arg("--folder", type=Path), _arg("--council", type=Path)),
        False,
    ),
    "demo": Verb(
        "make an invented caseload with its own central service",
        (
            _arg("--open", action="store_true", help="then open the window"),
            _arg("--walk", action="store_true", help="then walk the journeys unseen, leaving pictures in out/"),
        ),
        False,
    ),
}
