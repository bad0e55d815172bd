"""Which words of a record can be searched for: what people wrote, not the codes of the options they chose."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from casework.canonical import JSON
from casework.folding import day_key, keys_of, near_keys_of
from casework.records import RecordView, parse_path

Wording = Callable[[RecordView], tuple[str, str]]  # names and references; everything else

_NAMES = re.compile(r"name|alias|known_as|reference|upn|nhs|postcode|_id$|^title$")
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{20,}|op-\S+")
_CODE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)+|[0-9a-f-]{32,}|\d{4}-\d\d(-\d\dT?.*)?")


def plain_wording(view: RecordView) -> tuple[str, str]:
    """Without a form to ask: goes by the names of the questions and the look of the answers."""
    names: list[str] = []
    body: list[str] = []
    for path, held in view.values.items():
        for standing in held:
            texts = _texts(standing.value)
            if is_name(parse_path(path).question):
                names += [text for text in texts if not is_id(text)]
            else:
                body += [text for text in texts if not _is_code(text)]
    later = [words.changes for words in view.amendments] + [words.changes for words in view.proposed]
    body.extend(text for changes in later for change in changes for text in _texts(change.value))
    return "\n".join(names), "\n".join(body)


def search_keys(names: str, body: str, born: str) -> tuple[str, str]:
    """What a record is found by besides its own words; and by what is only nearly so, which names alone are."""
    keys = keys_of(names) | keys_of(body)
    with contextlib.suppress(ValueError):
        keys.add(day_key(date.fromisoformat(born)))
    return " ".join(sorted(keys)), " ".join(sorted(near_keys_of(names)))


def is_id(text: str) -> bool:
    """Whether it was made by a machine: nobody searches for it, and no line shows it."""
    return bool(_ID.fullmatch(text.strip()))


@lru_cache(maxsize=4096)
def is_name(question: str) -> bool:
    """Whether its answer counts as a name when one searches."""
    return bool(_NAMES.search(question))


def _is_code(text: str) -> bool:
    return " " not in text and bool(_CODE.fullmatch(text))


def _texts(value: JSON) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [text for item in value for text in _texts(item)] if isinstance(value, list) else []
