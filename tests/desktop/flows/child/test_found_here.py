"""What Find shows: children first, then each record with the one answer that holds the words."""

from __future__ import annotations

from desktop.flows.child.found_here import found_here
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from tests.desktop.clock import Clock


def test_a_child_comes_first_and_a_record_quotes_the_answer_that_holds_the_word(desk: Desk) -> None:
    wren = editing.new_record(desk, "child", known={"given_name": "Wren", "family_name": "Hollowby"})
    said = {"why_left": "The lantern by the weir.", "during": "We took the bus to Brackenford and then walked."}
    interview = editing.new_record(desk, "return_home_interview", wren, {"during": said["during"], "before": "Rows."})
    found = found_here(desk, "brackenf")

    assert found.children == ()
    (one,) = found.records
    assert (one.match.record_id, one.match.whose, one.state) == (interview, "Wren Hollowby", "Draft")
    assert one.match.where == said["during"]
    assert [one.match.where[first:last] for first, last in one.match.marks] == ["Brackenford"]

    by_name = found_here(desk, "hollow")
    assert [line.child.child_id for line in by_name.children] == [wren]
    assert not any(record.match.where for record in by_name.records), "her own name stands there anyhow"


def test_what_was_changed_last_stands_there_before_anything_is_typed(desk: Desk, clock: Clock) -> None:
    ids = []
    for given in ("Ada", "Bo", "Cy"):
        ids.append(editing.new_record(desk, "child", known={"given_name": given}))
        clock.passes(minutes=1)
    visit = editing.new_record(desk, "safe_well_visit", ids[0])
    found = found_here(desk, "  ")

    assert [line.child.child_id for line in found.children] == [ids[0], ids[2], ids[1]]
    assert [record.match.record_id for record in found.records] == [visit]
