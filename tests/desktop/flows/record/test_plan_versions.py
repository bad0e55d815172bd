"""One live plan a child: the last to be signed. An older one is found under the child only, and exported on purpose."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from casework.canonical import JSON
from casework.errors import DocumentError
from desktop.flows.case_file import case_file
from desktop.flows.child.child_page import child_page
from desktop.flows.child.find_me import find_me
from desktop.flows.desk import Desk
from desktop.flows.due.find_me_plans import plan_card
from desktop.flows.practising.invented_papers import back_then
from desktop.flows.record import editing
from desktop.flows.record.finding import find
from desktop.flows.record.plan_versions import live_plan, plan_versions
from desktop.flows.signing import signing
from desktop.flows.signing.exporting import export
from tests.desktop.documents.conformance import text_of
from tests.desktop.flows.child.test_child_page import certify


@pytest.fixture
def plans(desk: Desk) -> tuple[str, str, str]:
    """The child, the live plan and the one before: the live one was begun first, and signed last."""
    who = editing.new_record(desk, "child", known={"given_name": "Wren", "family_name": "Hollowby"})
    begun = [_plan(desk, who, day, looks) for day, looks in (("2026-03-01", "Green coat"), ("2026-03-05", "Blue coat"))]
    for plan, day in zip(reversed(begun), ("2026-03-10", "2026-03-17"), strict=True):
        signing.lock_record(_then(desk, day), plan, name="Nadia Brightwater", ink=None)
    return who, *begun  # type: ignore[return-value]


def _then(desk: Desk, day: str) -> Desk:
    return back_then(desk, datetime.fromisoformat(f"{day}T10:00:00+00:00"))


def _plan(desk: Desk, who: str, day: str, looks: str) -> str:
    known: dict[str, JSON] = {"names": "Wren", "looks": looks}
    return editing.new_record(_then(desk, day), "find_me_plan", who, known)


def test_the_last_signed_is_live_and_the_other_says_what_replaced_it(desk: Desk, plans: tuple[str, str, str]) -> None:
    who, live, older = plans
    lines = {version.record_id: version.line for version in plan_versions(case_file(desk, who).of("find_me_plan"))}

    assert lines[live] == "Version 2, agreed 17 March 2026, the live plan"
    assert lines[older] == "Version 1, agreed 10 March 2026, replaced on 17 March 2026 by version 2"
    assert plan_card(desk, who).record_id == live
    assert find_me(desk, who).source == "Find Me Plan. Version 2, agreed 17 March 2026, the live plan"
    assert dict(find_me(desk, who).lines)["Looks like"] == "Green coat"
    assert {e.record_id: e.title for e in child_page(desk, who).entries} == {
        live: "Find Me Plan, version 2",
        older: "Find Me Plan, version 1, replaced",
    }


def test_a_draft_is_the_next_version_and_never_the_live_one(desk: Desk, plans: tuple[str, str, str]) -> None:
    who, live, _older = plans
    draft = editing.new_record(desk, "find_me_plan", who)
    versions = plan_versions(case_file(desk, who).of("find_me_plan"))
    found = live_plan(versions)

    assert found is not None
    assert found.record_id == live
    assert [v.line for v in versions if v.record_id == draft] == ["Version 3, a draft that nobody has agreed"]
    assert editing.open_record(desk, draft).context.facts["plan_version"] == 3


def test_find_leads_to_the_live_plan_only(desk: Desk, plans: tuple[str, str, str]) -> None:
    _who, live, _older = plans
    found = [match for match in find(desk, "coat") if match.title.startswith("Find Me Plan")]

    assert [match.record_id for match in found] == [live]
    assert found[0].title.endswith("Version 2, agreed 17 March 2026, the live plan")


def test_an_older_plan_is_exported_on_purpose_and_says_what_it_is(
    desk: Desk, plans: tuple[str, str, str], tmp_path: Path
) -> None:
    certify(desk)
    _who, live, older = plans
    with pytest.raises(DocumentError, match="Version 2 replaced it on 17 March 2026"):
        export(desk, older, "full", tmp_path / "older.pdf")
    assert not (tmp_path / "older.pdf").exists()

    export(desk, older, "full", tmp_path / "older.pdf", replaced=True)
    export(desk, live, "full", tmp_path / "live.pdf")
    assert "replaced on 17 March 2026 by version 2" in " ".join(text_of(tmp_path / "older.pdf").split())
    assert "Version 2, agreed 17 March 2026, the live plan" in " ".join(text_of(tmp_path / "live.pdf").split())
