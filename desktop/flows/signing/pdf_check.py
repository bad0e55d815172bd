"""Checking any PDF: by its signature, and by the record that it is a copy of when that is on this laptop."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from casework.errors import KnownError
from desktop.documents.attached import AttachedRecord, page_hash_of
from desktop.documents.paper import Maker, Paper, copy_hash
from desktop.documents.rendering import MADE_WITH
from desktop.documents.sheets.letter_page import LetterPaper
from desktop.documents.verdict import Outcome, Verdict
from desktop.documents.verification import check_pdf
from desktop.flows.case_file import PLAN
from desktop.flows.desk import Desk
from desktop.flows.record.editing import open_record
from desktop.flows.signing.exporting import any_paper, drawn, rules_of
from desktop.flows.signing.letter_copy import LETTER_COPY, LETTER_RULE, is_letter
from desktop.store.database.remembered import REVOCATIONS, SERVICE

_OF_BEFORE = "It is of an older kind that cannot be held against the record on this laptop: read both, or make it anew."


def verify(path: Path, desk: Desk | None = None, roots_pem: tuple[str, ...] = ()) -> Verdict:
    """With no council to trust it still says whether a byte has changed. The file is read as it is needed."""
    roots = [root for root in (*roots_pem, council_root(desk) if desk else "") if root]
    lists = [withdrawn_list(desk)] if desk else []
    try:
        with path.open("rb") as file:
            verdict = check_pdf(file, roots, lists=lists, now=desk.now() if desk else None)
    except OSError as error:
        message = f"{path.name} cannot be read: {error.strerror or 'unknown reason'}."
        raise KnownError(message) from error
    return _by_the_record(desk, verdict) if desk and verdict.good and verdict.attached else verdict


def council_root(desk: Desk) -> str:
    return desk.vault.settings.get(SERVICE).ca_pem


def withdrawn_list(desk: Desk) -> str:
    """The certificates the council has withdrawn, as of the last sync."""
    return desk.vault.settings.get(REVOCATIONS).pem


def _by_the_record(desk: Desk, verdict: Verdict) -> Verdict:
    """Held against what the record gives this reader; a record that is not here says nothing."""
    found = verdict.attached
    if found is None or not desk.vault.view(found.record).locked:
        return verdict
    if found.is_of_before:
        return replace(verdict, sentence=f"{verdict.sentence} {_OF_BEFORE}")
    paper = _as_it_should_be(desk, found)
    if paper is None or not _says_the_same(paper, found):
        text = (
            "This copy does not say what the record on this laptop gives its reader, though "
            f"{verdict.signer} sealed it on {verdict.signed_at}. Do not rely on it: make a fresh copy."
        )
        return replace(verdict, outcome=Outcome.NOT_THE_RECORD, sentence=text)
    if _is_drawn_alike(paper, found) and page_hash_of(drawn(paper)) != found.page_hash:
        text = (
            "The pages do not show what the record on this laptop says, though "
            f"{verdict.signer} sealed them on {verdict.signed_at}. Do not rely on them: make a fresh copy."
        )
        return replace(verdict, outcome=Outcome.PAGE_DIFFERS, sentence=text)
    return replace(verdict, sentence=f"{verdict.sentence} It says what the record on this laptop gives its reader.")


def _as_it_should_be(desk: Desk, found: AttachedRecord) -> Paper | LetterPaper | None:
    record = open_record(desk, found.record)
    rules = (LETTER_RULE,) if is_letter(record) and found.copy == LETTER_COPY else rules_of(desk, record)
    rule = next((rule for rule in rules if rule.id == found.copy and rule.allowed), None)
    if rule is None:
        return None
    paper = _as_it_stood(replace(any_paper(desk, record, rule), maker=None), found)
    made = found.values.get("made")
    if not isinstance(made, dict):
        return paper
    said = {name: str(made.get(name, "")) for name in ("by", "as", "council", "on", "by_officer")}
    try:
        at = datetime.fromisoformat(str(made.get("at")))
    except ValueError:
        return None
    maker = Maker(said["by"], said["as"], said["council"], said["on"], at, said["by_officer"])
    return replace(paper, maker=maker)


def _as_it_stood(paper: Paper | LetterPaper, found: AttachedRecord) -> Paper | LetterPaper:
    """A plan's copy says where its version stood that day, which has moved on since; the version may not have."""
    if isinstance(paper, LetterPaper):
        return paper
    stated = str(found.values.get("line", ""))
    moved_on = paper.definition.id == PLAN and stated.split(", ")[:2] == paper.line.split(", ")[:2]
    return replace(paper, line=stated) if moved_on else paper


def _says_the_same(paper: Paper | LetterPaper, found: AttachedRecord) -> bool:
    """Both what it states and the hash that it states of that."""
    said = paper.said()
    stated = {name: found.values.get(name) for name in said}
    return copy_hash(said) == copy_hash(stated) == found.copy_hash


def _is_drawn_alike(paper: Paper | LetterPaper, found: AttachedRecord) -> bool:
    """By this version of Homeward, and with the same name and dates from the records beside it, which may move on."""
    beside = paper.beside()
    return (
        bool(MADE_WITH)
        and found.values.get("made_with") == MADE_WITH
        and beside == {name: found.values.get(name) for name in beside}
    )
