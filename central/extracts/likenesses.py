"""Whether a child whom an extract brings may be here already under another number, or without one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import Connection, select

from casework.canonical import JSON
from casework.practice.same_child import ChildSaid
from casework.records import Merge
from central.database.tables import record
from central.extracts.case_numbers import CHILD, numbers_of
from central.feed.stored_operations import operations_by_record

MOST_TOLD = 3


class Likenesses:
    """Of the children as they were when this was made: read once, asked for each new row."""

    def __init__(self, connection: Connection) -> None:
        ids = list(connection.execute(select(record.c.record_id).where(record.c.form_id == CHILD)).scalars())
        numbers = numbers_of(connection, CHILD)
        self._called = {record_id: numbers.get(record_id, record_id) for record_id in ids}
        self._children: dict[str, ChildSaid] = {}
        self._by_key: dict[str, set[str]] = defaultdict(set)
        for record_id, operations in operations_by_record(connection, ids).items():
            view = Merge(record_id, operations).view()
            if not view.discarded:
                self._children[record_id] = said = ChildSaid.of(view.answers())
                for key in said.marks():
                    self._by_key[key].add(record_id)

    def note(self, answers: Mapping[str, JSON]) -> str:
        """A sentence to be looked at; empty where no child is like this one."""
        said = ChildSaid.of(answers)
        near = {record_id for key in said.marks() for record_id in self._by_key.get(key, ())}
        found = sorted(self._called[one] for one in near if said.is_like(self._children[one]))
        if not found:
            return ""
        return f"May be a child who is here already: {', '.join(found[:MOST_TOLD])}."
