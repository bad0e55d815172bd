"""Which column of a council’s extract is which question. A council names its own columns in a TOML file like this."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from central.errors import CentralError

DAYS = ("%d/%m/%Y", "%Y-%m-%d")
MOMENTS = ("%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M")


@dataclass(frozen=True, slots=True)
class Extract:
    """`reference` is the column with the case system's own number; `child` the one that names the child of an episode.
    `columns` maps column to question, `codes` what the extract writes to what the form calls it."""

    form_id: str
    reference: str
    child: str
    columns: dict[str, str]
    codes: dict[str, dict[str, str]]


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
        try:
            said = tomllib.loads(file.read_text(encoding="utf-8")) if file else {}
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            message = f"The file of columns cannot be read: {error}"
            raise CentralError(message) from error
        merged = {name: USUAL[name] | said.get(name, {}) for name in USUAL}
        return cls(
            _extract("child", merged["children"]),
            _extract("missing_episode", merged["episodes"]),
            merged["allocations"]["officer"],
            merged["allocations"]["child"],
            merged["allocations"]["strand"],
        )


def _extract(form_id: str, said: dict[str, Any]) -> Extract:
    return Extract(form_id, said["reference"], said.get("child", ""), dict(said["columns"]), dict(said["codes"]))


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
