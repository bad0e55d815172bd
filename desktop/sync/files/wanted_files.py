"""Which files colleagues' records name, so that they can be fetched after the words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from casework.errors import AnswerError
from casework.forms import check_file
from casework.records import Operation
from desktop.store.database.remembered import Setting
from desktop.store.vault import Vault


class WantedFile(Struct, frozen=True):
    """What the record that names a file says of it."""

    record_id: str = ""
    name: str = ""
    type: str = ""


TO_FETCH: Setting[Mapping[str, WantedFile]] = Setting("to_fetch", dict[str, WantedFile], {})


def note_files(vault: Vault, operations: Iterable[Operation]) -> None:
    """Noted before the page is taken: one too many is asked for in vain, one too few would never be asked for."""
    found = {sha256: about for operation in operations for sha256, about in _files(operation)}
    missing = {sha256: about for sha256, about in found.items() if not vault.attachments.has(sha256)}
    if missing:
        known = vault.settings.get(TO_FETCH)
        vault.settings.put(TO_FETCH, {**known, **missing})


def _files(operation: Operation) -> Iterator[tuple[str, WantedFile]]:
    if b'"sha256":' not in operation.payload:  # nearly always: no need to look at each answer
        return
    for change in operation.changes:
        value = change.value
        if not isinstance(value, dict) or "sha256" not in value:
            continue
        try:
            check_file(value)
        except AnswerError:
            continue
        yield str(value["sha256"]), WantedFile(operation.record_id, str(value["name"]), str(value["type"]))
