"""Hypothesis strategies for records: several authors who have each seen only some of what the others wrote."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import strategies as st

from casework.canonical import JSON
from casework.identifiers import DeviceId, OfficerId, OperationId, RecordId, child_named
from casework.records import Author, Change, Merge, Operation, RecordView, Stamp, cell_path, field_path, row_path
from casework.records.hybrid_clock import heard, tick

KEYS = {name: Ed25519PrivateKey.from_private_bytes(bytes([i] * 32)) for i, name in enumerate("ABC", start=1)}
WORDS = st.text(alphabet="aé漢 עب'\n“”😀", max_size=6)
ANSWERS: st.SearchStrategy[JSON] = st.one_of(
    WORDS, st.integers(-5, 5), st.booleans(), st.none(), st.just({"none": "not_said"}), st.lists(WORDS, max_size=2)
)
FIELDS = st.sampled_from(["before", "during", "after"])
ROWS = st.sampled_from(["r1", "r2"])


class Desk:
    """One author's copy of one record: what this laptop knows, and the clock it writes with."""

    def __init__(self, name: str, record_id: str = "rec") -> None:
        self.author = Author(OfficerId(f"officer-{name}"), DeviceId(f"device-{name}"), KEYS[name])
        self.record_id = record_id
        self.known: dict[str, Operation] = {}
        self.seq = 0
        self.hlc = ""

    @property
    def view(self) -> RecordView:
        return Merge(RecordId(self.record_id), self.known.values()).view()

    def stamp(self) -> Stamp:
        self.seq += 1
        self.hlc = tick(self.hlc, 0)
        return Stamp(
            OperationId(f"{self.author.device_id}.{self.seq}"), self.seq, "2026-03-27T14:32:00+00:00", self.hlc
        )

    def keep(self, operation: Operation) -> Operation:
        self.known[operation.op_id] = operation
        self.hlc = heard(self.hlc, operation.hlc, 0)
        return operation

    def create(self) -> Operation:
        return self.keep(
            self.author.create(
                self.stamp(),
                record_id=RecordId(self.record_id),
                child_id=child_named("wren"),
                strand="missing",
                form_id="rhi",
                form_version=1,
            )
        )

    def write(self, path: str, value: JSON) -> Operation:
        change = Change(path, value, self.view.saw(path))
        return self.keep(self.author.say(self.stamp(), self.view, [change]))

    def answer(self, question: str, value: JSON) -> Operation:
        return self.write(field_path(question), value)

    def cell(self, row: str, column: str, value: JSON) -> Operation:
        return self.write(cell_path("places", row, column), value)

    def add_row(self, row: str, position: str) -> Operation:
        return self.write(row_path("places", row), {"position": position})

    def remove_row(self, row: str) -> Operation:
        return self.write(row_path("places", row), {"removed": True})

    def sign(self) -> Operation:
        return self.keep(self.author.sign(self.stamp(), self.view, name="Nadia Brightwater", ink=None))

    def hear(self, *operations: Operation) -> None:
        for operation in operations:
            self.keep(operation)


@st.composite
def histories(draw: st.DrawFn) -> list[Operation]:
    """Up to twelve deeds of three authors on one record, with messages passed between them now and then."""
    desks = {name: Desk(name) for name in "ABC"}
    first = desks["A"].create()
    for name in "BC":
        desks[name].hear(first)
    for _ in range(draw(st.integers(0, 12))):
        _deed(draw, desks)
    known = {op_id: op for desk in desks.values() for op_id, op in desk.known.items()}
    return list(known.values())


def _deed(draw: st.DrawFn, desks: dict[str, Desk]) -> None:
    desk = desks[draw(st.sampled_from("ABC"))]
    deed = draw(st.sampled_from(["answer", "answer", "cell", "add", "remove", "hear", "hear", "sign"]))
    if deed == "hear":
        desk.hear(*desks[draw(st.sampled_from("ABC"))].known.values())
    elif desk.view.locked:
        return
    elif deed == "answer":
        desk.answer(draw(FIELDS), draw(ANSWERS))
    elif deed == "cell":
        desk.cell(draw(ROWS), "name", draw(ANSWERS))
    elif deed == "add":
        desk.add_row(draw(ROWS), draw(st.sampled_from(["a", "b"])))
    elif deed == "remove":
        desk.remove_row(draw(ROWS))
    elif not desk.view.conflicts:
        desk.sign()
