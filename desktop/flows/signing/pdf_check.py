"""Checking any PDF: by its signature, and by the record that it is a copy of when that is on this laptop."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from casework.canonical import JSON
from casework.errors import KnownError, PasswordWanted
from casework.identifiers import OfficerId
from desktop.documents.paper import Maker, Paper, Signer, copy_hash
from desktop.documents.rendering import MADE_WITH
from desktop.documents.sheets.letter_page import LetterPaper
from desktop.flows.case_file import PLAN
from desktop.flows.desk import Desk
from desktop.flows.record.editing import open_record
from desktop.flows.signing.checking import approvals, approved_by_me
from desktop.flows.signing.exporting import any_paper, drawn, rules_of
from desktop.flows.signing.letter_copy import LETTER_COPY, LETTER_RULE, is_letter
from desktop.store.database.remembered import REVOCATIONS, SERVICE
from judgement.attached import AttachedRecord, page_hash_of
from judgement.verdict import Outcome, Verdict
from judgement.verification import check_pdf

_OF_BEFORE = "It is of an older kind that cannot be held against the record on this laptop: read both, or make it anew."


@dataclass(frozen=True, slots=True)
class CheckedPdf:
    """One file of those that were asked about; `verdict` is None where nothing can be said, and `sentence` says why."""

    name: str
    sentence: str
    verdict: Verdict | None = None
    path: Path = Path()
    awaits_me: bool = False  # this officer gave the check, and has not signed it here yet
    wants_stamp: bool = False  # it has no time-stamp of the council’s, or one that ends soon
    wants_password: bool = False  # it opens with one that was not given

    @property
    def good(self) -> bool:
        return self.verdict is not None and self.verdict.good

    @property
    def untrue(self) -> bool:
        """A file that cannot be read is no more to be relied on than one that was changed."""
        return not self.wants_password and (self.verdict is None or self.verdict.untrue)

    @property
    def line(self) -> str:
        stands = "Good" if self.good else "Not good" if self.untrue else "Not certain"
        return f"{self.name}: {stands}. {self.sentence}"

    def to_json(self) -> dict[str, JSON]:
        told: dict[str, JSON] = {"file": self.name, "good": False, "outcome": "unread", "sentence": self.sentence}
        return told | (self.verdict.to_json() if self.verdict else {})


def verify_each(
    paths: Iterable[Path], desk: Desk | None = None, roots_pem: tuple[str, ...] = (), *, password: str = ""
) -> tuple[CheckedPdf, ...]:
    """Of each file, and of every PDF in each folder, what can be said; `password`: for those that open with one.
    Raises KnownError where there is none."""
    found = [named for path in paths for named in files_of(path)]
    if not found:
        message = "There is no PDF in it."
        raise KnownError(message)
    return tuple(_checked(name, path, desk, roots_pem, password) for name, path in found)


def files_of(path: Path) -> Iterator[tuple[str, Path]]:
    """Every PDF, with the name a person tells them apart by; links lead elsewhere and are left alone."""
    if not path.is_dir():
        yield path.name, path
        return
    for file in sorted(path.rglob("*")):
        if file.suffix.lower() == ".pdf" and file.is_file() and not file.is_symlink():
            yield str(file.relative_to(path)), file


def _checked(name: str, path: Path, desk: Desk | None, roots_pem: tuple[str, ...], password: str) -> CheckedPdf:
    try:
        verdict = verify(path, desk, roots_pem, password)
    except PasswordWanted as error:
        return CheckedPdf(name, str(error), path=path, wants_password=True)
    except KnownError as error:
        return CheckedPdf(name, str(error))
    if desk is None:
        return CheckedPdf(name, verdict.sentence, verdict, path)
    wants = bool(council_roots(desk)) and verdict.wants_stamp(desk.now())
    return CheckedPdf(name, verdict.sentence, verdict, path, _awaits_me(desk, verdict), wants)


def _awaits_me(desk: Desk, verdict: Verdict) -> bool:
    found = verdict.attached
    if found is None or not verdict.good or not found.leaves_room or verdict.checked_by:
        return False
    return approved_by_me(desk, found.record)


def verify(path: Path, desk: Desk | None = None, roots_pem: tuple[str, ...] = (), password: str = "") -> Verdict:
    """With no council to trust it still says whether a byte has changed. The file is read as it is needed. Raises
    PasswordWanted where it opens with another, or with one that was not given."""
    roots = [root for root in (*roots_pem, council_roots(desk) if desk else "") if root]
    lists = [withdrawn_list(desk)] if desk else []
    try:
        with path.open("rb") as file:
            verdict = check_pdf(file, roots, lists=lists, now=desk.now() if desk else None, password=password)
    except OSError as error:
        message = f"{path.name} cannot be read: {error.strerror or 'unknown reason'}."
        raise KnownError(message) from error
    return _by_the_record(desk, verdict) if desk and verdict.good and verdict.attached else verdict


def council_roots(desk: Desk) -> str:
    """Those of before too: what was signed under them stays the council's."""
    return desk.vault.settings.get(SERVICE).roots_pem


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
    text = f"{verdict.sentence} It says what the record on this laptop gives its reader."
    return replace(verdict, sentence=f"{text} {_of_its_check(desk, verdict, found)}".rstrip())


def _of_its_check(desk: Desk, verdict: Verdict, found: AttachedRecord) -> str:
    """Whether the check that the page, or a signature in the file, speaks of is a record here too."""
    by, officer = (verdict.checked_by, verdict.checked_officer) if verdict.checked_by else found.checked
    if not by:
        return ""
    if any(signed.officer_id == officer for _, signed in approvals(desk, found.record)):
        return f"The check by {by} is on this laptop."
    return f"No approval by {by} has reached this laptop: ask for it."


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
    maker = Maker(said["by"], said["as"], said["council"], said["on"], at, OfficerId(said["by_officer"]))
    return replace(paper, maker=maker)


def _as_it_stood(paper: Paper | LetterPaper, found: AttachedRecord) -> Paper | LetterPaper:
    """A plan's copy says where its version stood that day, which has moved on since; the version may not have."""
    if isinstance(paper, LetterPaper):
        return paper
    paper = replace(paper, checked=_stated(found), leaves_room=found.leaves_room)
    stated = str(found.values.get("line", ""))
    moved_on = paper.definition.id == PLAN and stated.split(", ")[:2] == paper.line.split(", ")[:2]
    return replace(paper, line=stated) if moved_on else paper


def _stated(found: AttachedRecord) -> Signer | None:
    """The check that the page names: it may have been given since, or not have arrived here."""
    said = found.values.get("checked")
    if not isinstance(said, dict):
        return None
    by, role, council, on, officer = (str(said.get(name, "")) for name in ("by", "as", "council", "on", "by_officer"))
    try:
        return Signer(by, role, council, on, datetime.fromisoformat(str(said.get("at"))), OfficerId(officer))
    except ValueError:
        return None


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
