"""The plan, the visit and the report by the command line: answered, signed, exported, verified, sent."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.journeys.conftest import Laptop
from tests.journeys.interviews import CHILD, episode
from tests.journeys.plans import plan
from tests.journeys.visits import report, visit


@pytest.fixture(scope="module")
def case(dele: Laptop) -> tuple[str, str]:
    """A child, and the episode a visit is asked for."""
    child = dele.new("child", CHILD)
    return child, dele.new("missing_episode", episode(), child)


@pytest.mark.parametrize(
    "asked",
    [
        ("find_me_plan", "police", "Ring 999 if she is with the man with the grey car."),
        ("safe_well_visit", "requester", "Seen"),
        ("ehe_visit", "parent", "A diary of the canal."),
    ],
)
def test_a_form_goes_from_its_answers_to_a_verified_copy_and_the_council(
    dele: Laptop, case: tuple[str, str], tmp_path: Path, asked: tuple[str, str, str]
) -> None:
    (child, away), (form, copy, words) = case, asked
    answers = {
        "find_me_plan": lambda: plan(datetime.now(UTC)),
        "safe_well_visit": lambda: visit(away),
        "ehe_visit": report,
    }[form]()
    record = dele.new(form, {}, child)
    dele.answer(record, answers)
    dele.ok("sign", record, "--name", "Dele Winterbourne")
    pdf = tmp_path / "copy.pdf"
    dele.ok("export", record, "--copy", copy, "--to", pdf)
    text = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True).stdout

    assert words in " ".join(text.split())
    assert dele.ok("verify", pdf)["good"]
    assert dele.ok("sync")["problem"] is None
    assert dele.ok("show", record)["received"] is not None
