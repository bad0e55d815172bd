"""The view that is kept is the view that the operations make, whatever happened on the way."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import fields
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from casework.canonical import JSON
from casework.identifiers import BucketId, RecordId
from casework.records import Change, Merge, RecordView, cell_path, field_path, row_path
from desktop.store.records.records import SHORT
from desktop.store.records.views import PLAIN, SHAPE, pack, unpack
from tests.desktop.store.making import author_of, begin, foreign, joined, made, opened, say

RECORDS = ("r1", "r2")
PATHS = (
    field_path("own_words"),
    field_path("feelings"),
    row_path("people", "p1"),
    cell_path("people", "p1", "alias"),
)
VALUES: st.SearchStrategy[JSON] = st.one_of(st.none(), st.booleans(), st.integers(0, 9), st.text(max_size=8))


class Vaults(RuleBasedStateMachine):
    """Two people on one record, one of them here: typing, saying, receiving, signing, correcting, closing."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp())
        self.vault = made(self.home / "vault-1")
        self.drafts: dict[tuple[str, str], JSON] = {}
        self.sent = 0
        for record in RECORDS:
            begin(self.vault, record)

    @rule(record=st.sampled_from(RECORDS), path=st.sampled_from(PATHS), value=VALUES)
    def types(self, record: str, path: str, value: JSON) -> None:
        kept: JSON = {"position": str(value)} if path.endswith("/p1") else value
        self.vault.drafts.save(record, path, kept, self.vault.view(record).saw(path))
        self.drafts[record, path] = kept

    @rule(record=st.sampled_from(RECORDS))
    def says(self, record: str) -> None:
        view, author = self.vault.view(record), author_of(self.vault)
        drafts = self.vault.drafts.of(record)
        if view.locked or not drafts:
            return
        changes = [Change(path, draft.value, draft.saw) for path, draft in drafts.items()]
        self.vault.author(lambda stamp: author.say(stamp, view, changes), clears=[(record, path) for path in drafts])
        for path in drafts:
            del self.drafts[record, path]

    @rule(record=st.sampled_from(RECORDS), path=st.sampled_from(PATHS), value=VALUES, twice=st.booleans())
    def receives(self, record: str, path: str, value: JSON, twice: bool) -> None:
        self.sent += 1
        kept: JSON = {"position": str(value)} if path.endswith("/p1") else value
        view = self.vault.view(record)
        seen = (
            view
            if self.sent % 2 and not view.locked
            else RecordView(RecordId(record), "f", 1, bucket=BucketId("child-1:missing"))
        )
        operation = foreign(self.sent, record, [Change(path, kept, seen.saw(path))], view=seen)
        self.vault.take([operation, operation] if twice else [operation])

    @rule(record=st.sampled_from(RECORDS))
    def signs_or_corrects(self, record: str) -> None:
        view, author = self.vault.view(record), author_of(self.vault)
        if view.conflicts:
            return
        if view.locked:
            change = Change(PATHS[0], "corrected")
            self.vault.author(lambda stamp: author.amend(stamp, view, changes=[change], reason="a slip", name="Ann"))
        else:
            self.vault.author(lambda stamp: author.sign(stamp, view, name="Ann", ink={"typed": "Ann"}))

    @rule()
    def closes_and_opens(self) -> None:
        self.vault.close()
        self.vault = opened(self.home / "vault-1")

    @precondition(lambda self: not self.drafts)
    @rule()
    def joins_again(self) -> None:
        joined(self.vault, f"laptop-{self.sent}x")

    @invariant()
    def the_kept_view_is_what_the_operations_make(self) -> None:
        for record in RECORDS:
            operations = self.vault.operations(record)
            assert self.vault.view(record) == Merge(RecordId(record), reversed(operations)).view()
            drafts = self.vault.drafts.changes(record)
            assert self.vault.view(record, drafts=True) == Merge(RecordId(record), operations).view(drafts)

    @invariant()
    def histories_at_hand_are_those_of_now(self) -> None:
        expected = {one: (self.vault.view(one), self.vault.operations(one)) for one in RECORDS}
        assert self.vault.histories(RECORDS) == expected

    @invariant()
    def every_typed_word_is_here(self) -> None:
        found = {
            (record, path): draft.value for record in RECORDS for path, draft in self.vault.drafts.of(record).items()
        }
        assert found == self.drafts

    @invariant()
    def lists_agree_with_views(self) -> None:
        for record in RECORDS:
            summary, view = self.vault.summary(record), self.vault.view(record)
            assert summary is not None
            assert (summary.locked, summary.conflicts) == (view.locked, len(view.conflicts))
            assert summary.answers == view.answers()
            assert summary.has_drafts == any(place[0] == record for place in self.drafts)

    def teardown(self) -> None:
        assert self.vault.audit.check().sentence == ""
        self.vault.close()
        shutil.rmtree(self.home)


Vaults.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestVaults = Vaults.TestCase


def test_every_member_of_a_view_is_kept() -> None:
    """A member added to the view must be added to what is kept, and its shape raised."""
    packed = json.loads(pack(RecordView(RecordId("r1"))))
    kept = {*PLAIN, *packed} - {"plain", "shape", "said"}

    assert kept == {member.name for member in fields(RecordView)}


def test_a_view_kept_by_another_version_is_made_anew(tmp_path: Path) -> None:
    vault = made(tmp_path / "vault-1")
    begin(vault, "r1")
    say(vault, "r1", {"own_words": "kept"})
    expected = vault.view("r1")
    older = json.dumps({"shape": SHAPE - 1})
    assert unpack(older) is None
    vault._store.writer.do(lambda tx: tx.execute("UPDATE record SET view = ?", (older,)))

    assert vault.view("r1") == expected
    vault.close()


def test_only_a_long_history_is_kept_as_its_view(tmp_path: Path) -> None:
    """A short one is merged as quickly as its view would be read; both give what the operations make."""
    vault = made(tmp_path / "vault-1")
    for record, said in (("r1", SHORT), ("r2", SHORT - 1)):
        begin(vault, record)
        for number in range(said):
            say(vault, record, {"own_words": f"number {number}"})
    kept = {str(row[0]): row[1] for row in vault._store.readers.rows("SELECT record_id, view <> '' FROM record")}

    assert kept == {"r1": 1, "r2": 0}
    for record in kept:
        assert vault.view(record) == Merge(RecordId(record), vault.operations(record)).view()
    vault.close()
