"""The published forms, and whether an operation's answers are answers at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path as FilePath
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select, tuple_

from casework.canonical import JSON, digest
from casework.errors import AnswerError, DefinitionError
from casework.forms import Definition, QuestionType, answer_check, check_file, load, load_shared
from casework.forms.faults import line_of
from casework.forms.versions import STEP
from casework.practice.library import LISTS
from casework.practice.published_forms import PublishedForm
from casework.records import Change, Operation, cell_path, parse_path
from casework.records.answer_paths import Path
from casework.wire.protocol import FormCard
from central.database.clock import stamp
from central.database.database import Database, insert_new
from central.database.errors import Refused, UnknownThing
from central.database.tables import council_file, form_version
from central.intake.verdicts import FORM_UNKNOWN, Verdict, quarantined

Check = Callable[[JSON], None]  # raises AnswerError
_CARDS = select(form_version.c.id, form_version.c.version, form_version.c.hash)
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
        for form in _published(connection, here):
            self._known[form_id, version] = form.definition()


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
    column = definition.at(path)
    if column is None:
        raise AnswerError(_no_place(path))
    return answer_check(column)


def _no_place(path: Path) -> str:
    return f"The form has no place “{path.group + ' ' if path.group else ''}{path.question}”."


def _check_file(value: JSON) -> None:
    if value is not None:
        check_file(value)


def cards(connection: Connection) -> list[FormCard]:
    return [FormCard(id=row.id, version=row.version, hash=row.hash) for row in connection.execute(_CARDS)]


def cards_besides(connection: Connection, held: Mapping[str, Sequence[int]]) -> list[FormCard]:
    """Those of versions that a laptop has not got, which are few out of a hundred."""
    rows = connection.execute(_CARDS)
    return [FormCard(id=row.id, version=row.version, hash=row.hash) for row in rows if not _is_held(row, held)]


def _is_held(row: Any, held: Mapping[str, Sequence[int]]) -> bool:
    return row.version in held.get(row.id, ())


def published(connection: Connection, form_id: str, version: int) -> PublishedForm:
    """Raises UnknownThing when that version was never published."""
    here = (form_version.c.id == form_id) & (form_version.c.version == version)
    for form in _published(connection, here):
        return form
    message = f"There is no version {version} of the form {form_id} here."
    raise UnknownThing(message)


def newest_own(connection: Connection) -> list[PublishedForm]:
    """Each form at its newest version without any council's changes, by id."""
    own = form_version.c.council_file == 0
    newest = select(form_version.c.id, func.max(form_version.c.version)).where(own).group_by(form_version.c.id)
    return list(_published(connection, tuple_(form_version.c.id, form_version.c.version).in_(newest)))


def newest_versions(connection: Connection) -> list[PublishedForm]:
    """Each form as a new record of it is begun, by id."""
    newest = select(form_version.c.id, func.max(form_version.c.version)).group_by(form_version.c.id)
    return list(_published(connection, tuple_(form_version.c.id, form_version.c.version).in_(newest)))


def _published(connection: Connection, here: ColumnElement[bool]) -> Iterator[PublishedForm]:
    joined = form_version.outerjoin(council_file, council_file.c.number == form_version.c.council_file)
    query = select(form_version, council_file.c.text).select_from(joined).where(here).order_by(form_version.c.id)
    for row in connection.execute(query):
        yield PublishedForm(row.id, row.version, row.source, row.shared, row.text or "")


def hash_of(form: PublishedForm) -> str:
    """Without a council's changes as it was before there were any."""
    said: dict[str, JSON] = {"source": form.source, "shared": form.shared}
    return digest({**said, "council": form.council} if form.council else said)


def publish(connection: Connection, file: FilePath, now: datetime) -> FormCard:
    """A version never changes once it is out; publishing the same one again does nothing. Raises DefinitionError."""
    try:
        source, shared = file.read_text(encoding="utf-8"), _shared_text(file.parent)
    except UnicodeDecodeError as error:
        raise DefinitionError(file.name, 1, "this is not a text in UTF-8, so it is no form.") from error
    definition = load(source, shared=load_shared(shared, file=LISTS), file=file.name)
    if definition.version >= STEP:
        message = f"a form's own versions are below {STEP}; from there on they are those of councils' files."
        raise DefinitionError(file.name, line_of(source, ("version",)), message)
    form = PublishedForm(definition.id, definition.version, source, shared)
    if not keep(connection, [form], now) and published(connection, form.id, form.version).source != source:
        name = f"Version {form.version} of {form.id}"
        raise Refused(409, "form_version_exists", f"{name} is out already and cannot change. Give it a new number.")
    return FormCard(id=form.id, version=form.version, hash=hash_of(form))


def keep(connection: Connection, forms: Iterable[PublishedForm], now: datetime, *, council_file: int = 0) -> int:
    """Adds versions, and says how many were new. `council_file`: the number of the file that changed them."""
    rows = [
        {
            "id": form.id,
            "version": form.version,
            "hash": hash_of(form),
            "source": form.source,
            "shared": form.shared,
            "council_file": council_file,
            "published_at": stamp(now),
        }
        for form in forms
    ]
    return insert_new(connection, form_version, rows)


def publish_folder(connection: Connection, folder: FilePath, now: datetime) -> list[FormCard]:
    """One that is out word for word is not read again: a service that starts finds nearly all of them so."""
    out = _out_with(connection, _shared_text(folder))
    files = sorted(file for file in folder.glob("*.toml") if file.name != LISTS)
    return [out.get(file.read_bytes()) or publish(connection, file, now) for file in files]


def _out_with(connection: Connection, shared: str) -> dict[bytes, FormCard]:
    """The forms that came with these lists and no council's changes, by their text."""
    query = select(form_version).where((form_version.c.shared == shared) & (form_version.c.council_file == 0))
    return {
        row.source.encode(): FormCard(id=row.id, version=row.version, hash=row.hash)
        for row in connection.execute(query)
    }


def _shared_text(folder: FilePath) -> str:
    file = folder / LISTS
    return file.read_text(encoding="utf-8") if file.exists() else ""


def _check_row(value: JSON) -> None:
    is_place = isinstance(value, dict) and set(value) == {"position"} and isinstance(value["position"], str)
    if not is_place and value != {"removed": True}:
        message = "A row has a position, or is removed."
        raise AnswerError(message)
