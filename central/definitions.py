"""The published forms, and whether an operation's answers are answers at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from pathlib import Path as FilePath

from sqlalchemy import Connection, func, select

from casework.canonical import JSON, digest
from casework.errors import AnswerError
from casework.forms import Definition, QuestionType, Shared, answer_check, check_file, load, load_shared
from casework.protocol import FormCard
from casework.records import Change, Operation, cell_path, parse_path
from casework.records.paths import Path
from central.clock import stamp
from central.database import Database, insert_new
from central.errors import Refused, UnknownThing
from central.tables import form_version
from central.verdicts import FORM_UNKNOWN, Verdict, quarantined

SHARED_FILE = "lists.toml"
Check = Callable[[JSON], None]  # raises AnswerError
FILE = "file"  # the column that every group of attachments has


class Definitions:
    """Every version ever published; another instance may publish one, so an unknown one is looked for again."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[tuple[str, int], Definition] = {}
        self._checks: dict[tuple[str, int], dict[str, Check]] = {}  # of each form, by path; in rows, without the row

    def verdict(self, op: Operation, connection: Connection) -> Verdict | None:
        definition = self.find(op.form_id, op.form_version, connection)
        if definition is None:
            return FORM_UNKNOWN
        checks = self._checks.setdefault((op.form_id, op.form_version), {})
        try:
            for change in op.changes:
                check = checks.get(change.path) or _looked_up(checks, definition, change.path)
                check(change.value)
        except AnswerError as error:
            return quarantined("schema_invalid", str(error))
        return None

    def find(self, form_id: str, version: int, connection: Connection) -> Definition | None:
        """None for a version that was never published.

        Looked for over the connection that its asker has: if each took a second one, they could wait for each other.
        """
        if (form_id, version) not in self._known:
            self._look(form_id, version, connection)
        return self._known.get((form_id, version))

    def newest(self, form_id: str) -> Definition | None:
        query = select(func.max(form_version.c.version)).where(form_version.c.id == form_id)
        with self._database.reading() as connection:
            version = connection.execute(query).scalar_one()
            return None if version is None else self.find(form_id, version, connection)

    def _look(self, form_id: str, version: int, connection: Connection) -> None:
        here = (form_version.c.id == form_id) & (form_version.c.version == version)
        row = connection.execute(select(form_version).where(here)).first()
        if row is not None:
            self._known[form_id, version] = _parsed(row.source, row.shared, f"{form_id}.toml")


@lru_cache(maxsize=256)
def _parsed(source: str, shared: str, file: str) -> Definition:
    """A published version never changes, so it is read once."""
    return load(source, shared=_shared(shared), file=file)


@lru_cache(maxsize=16)
def _shared(text: str) -> Shared:
    return load_shared(text, file=SHARED_FILE)


def _looked_up(checks: dict[str, Check], definition: Definition, text: str) -> Check:
    """A form has few places, and each is looked for once: what may stand in a column is the same in every row."""
    path = parse_path(text)
    key = cell_path(path.group, "", path.question) if path.group else text
    if key not in checks:
        checks[key] = check_at(definition, path)
    return checks[key]


def check_change(definition: Definition, change: Change) -> None:
    """Raises AnswerError unless the value can stand at that place of the form."""
    check_at(definition, parse_path(change.path))(change.value)


def check_at(definition: Definition, path: Path) -> Check:
    """What a value there must pass. Raises AnswerError for a place the form does not have."""
    question = definition.by_id.get(path.group or path.question)
    if question is None or bool(path.group) != question.is_group:
        raise AnswerError(_no_place(path))
    if path.is_row:
        return _check_row
    if path.question == FILE and question.type is QuestionType.ATTACHMENTS:
        return _check_file
    column = question.column(path.question) if path.group else question
    if column is None:
        raise AnswerError(_no_place(path))
    return answer_check(column)


def _no_place(path: Path) -> str:
    return f"The form has no place “{path.group + ' ' if path.group else ''}{path.question}”."


def _check_file(value: JSON) -> None:
    if value is not None:
        check_file(value)


def cards(connection: Connection) -> list[FormCard]:
    query = select(form_version.c.id, form_version.c.version, form_version.c.hash)
    return [FormCard(id=row.id, version=row.version, hash=row.hash) for row in connection.execute(query)]


def published(connection: Connection, form_id: str, version: int) -> dict[str, JSON]:
    """Raises UnknownThing when that version was never published."""
    here = (form_version.c.id == form_id) & (form_version.c.version == version)
    row = connection.execute(select(form_version).where(here)).first()
    if row is None:
        message = f"There is no version {version} of the form {form_id} here."
        raise UnknownThing(message)
    return {"id": row.id, "version": row.version, "hash": row.hash, "source": row.source, "shared": row.shared}


def publish(connection: Connection, file: FilePath, now: datetime) -> FormCard:
    """A version never changes once it is out; publishing the same one again does nothing."""
    source, shared = file.read_text(encoding="utf-8"), _shared_text(file.parent)
    definition = _parsed(source, shared, file.name)
    hashed = digest({"source": source, "shared": shared})
    row = {
        "id": definition.id,
        "version": definition.version,
        "hash": hashed,
        "source": source,
        "shared": shared,
        "published_at": stamp(now),
    }
    if insert_new(connection, form_version, [row]) == 0:
        standing = published(connection, definition.id, definition.version)
        if standing["source"] != source:
            name = f"Version {definition.version} of {definition.id}"
            raise Refused(409, "form_version_exists", f"{name} is out already and cannot change. Give it a new number.")
    return FormCard(id=definition.id, version=definition.version, hash=hashed)


def publish_folder(connection: Connection, folder: FilePath, now: datetime) -> list[FormCard]:
    files = sorted(file for file in folder.glob("*.toml") if file.name != SHARED_FILE)
    return [publish(connection, file, now) for file in files]


def _shared_text(folder: FilePath) -> str:
    file = folder / SHARED_FILE
    return file.read_text(encoding="utf-8") if file.exists() else ""


def _check_row(value: JSON) -> None:
    is_place = isinstance(value, dict) and set(value) == {"position"} and isinstance(value["position"], str)
    if not is_place and value != {"removed": True}:
        message = "A row has a position, or is removed."
        raise AnswerError(message)
