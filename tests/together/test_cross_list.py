"""The cross-list by the command line, over a real service: what each role may see, and what no laptop concludes from
records that it does not hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from casework.canonical import JSON
from casework.errors import NotThisRole
from casework.practice.roles import Role
from desktop.cli import parse_arguments
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.verbs.deeds import DEEDS
from tests.central.running import Council
from tests.together.test_notices import Join, join, officer_of

__all__ = ["join"]
WREN: dict[str, JSON] = {
    "given_name": "Wren", "family_name": "Hollowby", "date_of_birth": "2012-06-09", "cse_level": "high",
    "cce_level": "none", "known_to_missing": True,
}  # fmt: skip
OTIS: dict[str, JSON] = {"given_name": "Otis", "family_name": "Vane", "education_status": "cme"}
AWAY: dict[str, JSON] = {
    "last_seen_at": "2026-03-20T20:00:00+00:00", "found_at": "2026-03-21T09:00:00+00:00", "outcome": "real",
}  # fmt: skip
LONG_AGO: dict[str, JSON] = {
    "last_seen_at": "2024-03-20T20:00:00+00:00", "found_at": "2024-03-21T09:00:00+00:00", "outcome": "real",
}  # fmt: skip
OUT: dict[str, JSON] = {"kind": "permanent", "school": "Millgate", "phase": "primary", "from_day": "2026-03-02"}


def says(desk: Desk, *words: str) -> Any:
    args = parse_arguments(("cross-list", *words))
    return DEEDS["cross-list"](args, desk)


def stands(desk: Desk, *words: str) -> dict[str, dict[str, str]]:
    kinds = ("missing", "missing_education", "home_education", "excluded", "cse", "cce")
    found = says(desk, *words)[0]["children"]
    return {one["name"]: {kind: one[kind]["stands"] for kind in kinds} for one in found}


@pytest.fixture
def worker(council: Council, join: Join) -> tuple[Desk, dict[str, str]]:
    """An allocated worker's laptop, which holds both strands of two children; sent."""
    laptop, desk = join(Role.ALLOCATED_WORKER)
    wren = editing.new_record(desk, "child", "", WREN)
    otis = editing.new_record(desk, "child", "", OTIS)
    made = {"wren": wren, "otis": otis, "away": editing.new_record(desk, "missing_episode", wren, AWAY)}
    editing.new_record(desk, "missing_episode", otis, LONG_AGO)
    made["case"] = editing.new_record(desk, "cme_case", wren, {"logged_on": "2026-03-10"})
    made["out"] = editing.new_record(desk, "exclusion", wren, OUT)
    laptop.synced()
    laptop.synced()
    return desk, made


def test_a_worker_sees_each_list_and_what_each_flag_opens(worker: tuple[Desk, dict[str, str]], tmp_path: Path) -> None:
    desk, made = worker
    found = stands(desk)
    assert found == {
        "Wren Hollowby": {
            "missing": "yes", "missing_education": "yes", "home_education": "no", "excluded": "yes", "cse": "yes",
            "cce": "no",
        },
        "Otis Vane": {
            "missing": "no", "missing_education": "flag", "home_education": "no", "excluded": "no", "cse": "not_known",
            "cce": "not_known",
        },
    }  # fmt: skip
    (first, _second) = says(desk)[0]["children"]
    opened = [first[kind]["record"] for kind in ("missing", "missing_education", "excluded")]
    assert opened == [made["away"], made["case"], made["out"]]
    assert first["excluded"]["said"] == "For good, 2 March"
    assert (
        list(stands(desk, "--least", "2")) == list(stands(desk, "--in", "cse", "--in", "missing")) == ["Wren Hollowby"]
    )
    assert list(stands(desk, "--since", "2024-01-01", "--sort", "child")) == ["Otis Vane", "Wren Hollowby"]

    says(desk, "--csv", str(tmp_path / "cross.csv"))
    assert 'Wren Hollowby,2012-06-09,"Once, 20 March"' in (tmp_path / "cross.csv").read_text("utf-8-sig")


def test_what_a_laptop_does_not_keep_is_said_and_not_concluded(
    council: Council, worker: tuple[Desk, dict[str, str]], join: Join
) -> None:
    """The missing manager holds no education record, the CME officer no episode: each has the child's own flag."""
    _desk, made = worker
    theirs, manager = join(Role.MISSING_MANAGER)
    theirs.synced()
    assert stands(manager)["Wren Hollowby"] == {
        "missing": "yes", "missing_education": "not_kept", "home_education": "not_kept", "excluded": "not_kept",
        "cse": "yes", "cce": "no",
    }  # fmt: skip
    assert stands(manager)["Otis Vane"]["missing_education"] == "flag"
    assert "keeps no record of: missing education, home education, excluded" in says(manager)[1]

    educations, officer = join(Role.CME_OFFICER)
    educations.synced()
    found = says(officer)[0]["children"][0]
    assert stands(officer)["Wren Hollowby"]["missing"] == "flag"
    assert (found["cse"]["stands"], found["cse"]["said"]) == ("flag", ""), "the flag, and not the level"
    assert made["away"] not in str(found)

    part, advocate = join(Role.EHE_OFFICER)
    council.allocate(officer_of(Role.EHE_OFFICER), made["otis"], "core")
    part.synced()
    assert stands(advocate)["Otis Vane"]["home_education"] == "not_kept", "one strand of the child was given, not this"


@pytest.mark.parametrize("role", [Role.SENIOR_MANAGER, Role.COMMISSIONED_INTERVIEWER, Role.ANALYST])
def test_who_holds_no_child_has_no_list(join: Join, role: Role) -> None:
    laptop, desk = join(role)
    laptop.synced()

    with pytest.raises(NotThisRole, match="which your role does not hold"):
        says(desk)
