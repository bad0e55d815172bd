"""Records as they stand in the log, by child and form: what is worked out of them here is worked out as on a laptop."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from casework.identifiers import ChildId, RecordId
from casework.practice.lives.states import Answers
from casework.records import Merge, RecordView
from casework.records.corrected import Corrected, corrected
from central.feed.stored_operations import operations_by_record


@dataclass(frozen=True, slots=True)
class StoodRecord:
    """A record as it stands, and with its corrections."""

    view: RecordView
    now: Corrected

    @property
    def record_id(self) -> RecordId:
        return self.view.record_id

    @property
    def child_id(self) -> ChildId:
        return self.view.child_id

    @property
    def answers(self) -> Answers:
        return self.now.answers

    @property
    def locked(self) -> bool:
        return self.now.signed

    @property
    def signed_at(self) -> str | None:
        return self.view.signatures[-1].at if self.view.signatures else None


def records_by_child(
    connection: Connection, wanted: Sequence[RecordId]
) -> Mapping[ChildId, Mapping[str, Sequence[StoodRecord]]]:
    """Without those that were taken back; of each form the latest change first."""
    found: dict[ChildId, dict[str, list[StoodRecord]]] = defaultdict(lambda: defaultdict(list))
    for record_id, operations in operations_by_record(connection, wanted).items():
        view = Merge(record_id, operations).view()
        if not view.discarded:
            found[view.child_id][view.form_id].append(StoodRecord(view, corrected(view)))
    for by_form in found.values():
        for held in by_form.values():
            held.sort(key=lambda one: one.view.updated_at, reverse=True)
    return found
