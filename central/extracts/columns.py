"""Which column of a council’s extract is which question. A council names its own columns in a TOML file like this."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from casework.forms import Definition
from central.database.errors import CentralError

RECORD = "Record"  # Homeward's own id of a record: `export` writes it, and `import` knows the record by it
EXACT = "(exact)"  # beside a readable column: the same answer as programs write it
OFFSET = "(clock)"  # beside a time: BST or GMT, for the hour that comes twice in October


@dataclass(frozen=True, slots=True)
class Extract:
    """`reference` is the column with the case system's own number; `child` the one that names the child of an episode.
    `columns` maps column to question, `codes` what the extract writes to what the form calls it."""

    form_id: str
    reference: str
    child: str
    columns: dict[str, str]
    codes: dict[str, dict[str, str]]

    @property
    def needed(self) -> tuple[str, ...]:
        return (self.reference, *([self.child] if self.child else []), *self.columns)

    def check(self, definition: Definition) -> None:
        """Raises CentralError for a column that fills no question of the form."""
        for column, name in self.columns.items():
            if name not in definition.by_id:
                message = f"The form has no question {name}, which the column {column} should fill."
                raise CentralError(message)


class _Named(msgspec.Struct, forbid_unknown_fields=True):
    """One table of the file: what it leaves out stays as usual."""

    reference: str | None = None
    child: str | None = None
    columns: dict[str, str] | None = None
    codes: dict[str, dict[str, str]] | None = None
    officer: str | None = None
    strand: str | None = None


class _File(msgspec.Struct, forbid_unknown_fields=True):
    children: _Named = msgspec.field(default_factory=_Named)
    episodes: _Named = msgspec.field(default_factory=_Named)
    allocations: _Named = msgspec.field(default_factory=_Named)


@dataclass(frozen=True, slots=True)
class Columns:
    children: Extract
    episodes: Extract
    officer: str
    allocated_child: str
    strand: str

    @classmethod
    def read(cls, file: Path | None) -> Columns:
        """The usual columns, with what the file says otherwise. Raises CentralError for a file it cannot read."""
        said = _read(file) if file else _File()
        allocations = USUAL["allocations"] | _given(said.allocations)
        return cls(
            _extract("child", USUAL["children"] | _given(said.children)),
            _extract("missing_episode", USUAL["episodes"] | _given(said.episodes)),
            allocations["officer"],
            allocations["child"],
            allocations["strand"],
        )


def _read(file: Path) -> _File:
    try:
        return msgspec.toml.decode(file.read_bytes(), type=_File)
    except (OSError, ValueError) as error:  # msgspec's and the TOML reader's own errors are ValueErrors
        why = error.strerror if isinstance(error, OSError) else str(error)
        message = f"The file of columns {file.name} cannot be read: {why}."
        raise CentralError(message) from error


def _given(named: _Named) -> dict[str, Any]:
    return {name: value for name, value in msgspec.structs.asdict(named).items() if value is not None}


def _extract(form_id: str, said: dict[str, Any]) -> Extract:
    return Extract(form_id, said["reference"], said.get("child", ""), said["columns"], said["codes"])


USUAL: dict[str, dict[str, Any]] = {
    "children": {
        "reference": "Person ID",
        "columns": {
            "Forename": "given_name",
            "Surname": "family_name",
            "Known as": "known_as",
            "Date of birth": "date_of_birth",
            "Gender": "sex",
        },
        "codes": {"sex": {"F": "female", "Female": "female", "M": "male", "Male": "male"}},
    },
    "episodes": {
        "reference": "Episode ID",
        "child": "Person ID",
        "columns": {
            "Last seen": "last_seen_at",
            "Reported": "reported_at",
            "Found": "found_at",
            "Police reference": "police_ref",
        },
        "codes": {},
    },
    "allocations": {"officer": "Worker", "child": "Person ID", "strand": "Strand"},
}
