"""Journeys 1 and 2: one interview from a locked laptop to a signed PDF, the council, and a colleague."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from desktop.demo.caseload import Council
from tests.forked_verbs import program
from tests.journeys.conftest import Laptop
from tests.journeys.interviews import CHILD, MARKERS, episode, interview


@pytest.fixture(scope="module")
def records(nadia: Laptop) -> dict[str, str]:
    """The child, the episode and the filled interview, not yet signed."""
    child = nadia.new("child", CHILD)
    about = nadia.new("missing_episode", episode(), child)
    rhi = nadia.new("return_home_interview", {"episode_id": about}, child)
    nadia.answer(rhi, interview(about))
    return {"child": child, "episode": about, "rhi": rhi}


@pytest.fixture(scope="module")
def signed(nadia: Laptop, records: dict[str, str]) -> str:
    nadia.ok("sign", records["rhi"], "--name", "Nadia Brightwater")
    return records["rhi"]


@pytest.fixture(scope="module")
def pdf(nadia: Laptop, signed: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "interview.pdf"
    nadia.ok("export", signed, "--copy", "full", "--to", path)
    return path


def test_what_was_said_is_shown_as_it_was_said(nadia: Laptop, records: dict[str, str]) -> None:
    shown = nadia.ok("show", records["rhi"])
    said = interview(records["episode"])

    assert shown["answers"]["before"] == said["before"]
    assert shown["answers"]["places"][0].items() >= said["places"][0].items()
    assert shown["conflicts"] == []
    assert [f for f in shown["findings"] if f["blocks_signing"] and f["question"] != "worker_ink"] == []


def test_an_interview_with_gaps_is_not_signed_and_says_which(nadia: Laptop, records: dict[str, str]) -> None:
    child, about = records["child"], nadia.new("missing_episode", episode(), records["child"])
    rhi = nadia.new("return_home_interview", {"episode_id": about}, child)
    done = nadia.run("sign", rhi)

    assert done.code == 1
    assert done.err.startswith("This record cannot be signed yet.")
    assert not nadia.ok("show", rhi)["locked"]


def test_what_cannot_be_printed_is_said_before_it_is_signed(nadia: Laptop, records: dict[str, str]) -> None:
    """And it stops nothing: the copy has a box in its place."""
    rhi = nadia.new("return_home_interview", {"episode_id": records["episode"]}, records["child"])
    nadia.answer(rhi, {**interview(records["episode"]), "before": "She drew 𓀀 and 😢."})
    done = nadia.run("sign", rhi)

    assert done.code == 0
    assert "Worth another look: “Before” has signs that cannot be printed" in done.err
    assert "“𓀀” (U+13000)" in done.err
    assert "😢" not in done.err


def test_a_wrong_passphrase_signs_nothing_and_opens_nothing(nadia: Laptop, records: dict[str, str]) -> None:
    done = nadia.run("sign", records["rhi"], passphrase="walnut kettle otter lantern thimble")

    assert done.code == 1
    assert "passphrase" in done.err
    assert done.out == ""
    assert nadia.run("records").code == 0


def test_a_signed_interview_cannot_be_changed(nadia: Laptop, signed: str) -> None:
    file = nadia.home.with_suffix(".late.json")
    file.write_text(json.dumps({"before": "other words"}))
    done = nadia.run("answer", signed, file)

    assert done.code == 1
    assert "stays as it is" in done.err
    assert nadia.ok("show", signed)["signatures"][0]["intact"]


def test_the_pdf_is_verified_and_a_changed_byte_is_not(nadia: Laptop, pdf: Path, tmp_path: Path) -> None:
    assert nadia.ok("verify", pdf)["good"]
    changed = bytearray(pdf.read_bytes())
    changed[len(changed) // 2] ^= 1
    (tmp_path / "changed.pdf").write_bytes(changed)
    done = nadia.run("verify", tmp_path / "changed.pdf")

    assert done.code == 1
    assert not done.json["good"]
    said = subprocess.run(
        ["pdfsig", "-nocert", str(tmp_path / "changed.pdf")], capture_output=True, text=True, check=False
    )
    assert "Signature is Valid" not in said.stdout


def test_a_recipient_who_was_refused_gets_no_copy(nadia: Laptop, signed: str, tmp_path: Path) -> None:
    done = nadia.run("export", signed, "--copy", "police", "--to", tmp_path / "police.pdf")

    assert done.code == 1
    assert "said no" in done.err
    assert not (tmp_path / "police.pdf").exists()


def test_nothing_says_received_before_the_council_has_said_so(nadia: Laptop, signed: str, council: Council) -> None:
    assert nadia.ok("show", signed)["received"] is None
    report = nadia.ok("sync")

    assert report["problem"] is None
    assert report["accepted"] > 0
    assert nadia.ok("show", signed)["received"] is not None


def test_a_colleague_entitled_to_the_child_receives_the_interview(
    nadia: Laptop, dele: Laptop, signed: str, records: dict[str, str], council: Council
) -> None:
    nadia.ok("sync")
    assert dele.ok("sync")["pulled"] == 0
    assert dele.ok("records") == []
    council.ask("allocate", "dele", records["child"])
    dele.ok("sync")

    theirs, ours = dele.ok("show", signed), nadia.ok("show", signed)
    assert theirs["answers"] == ours["answers"]
    assert theirs["content_hash"] == ours["content_hash"]
    assert theirs["signatures"][0]["intact"]


def test_no_word_of_the_interview_is_readable_in_any_file(
    nadia: Laptop, dele: Laptop, pdf: Path, council: Council
) -> None:
    """Every byte under both stores, in two encodings, while the PDF beside them shows that the words exist."""
    wanted = [word.encode(code) for word in MARKERS for code in ("utf-8", "utf-16-le")]
    for home in (nadia.home, dele.home):
        files = [path for path in home.rglob("*") if path.is_file()]
        assert len(files) >= 2
        for path in files:
            data = path.read_bytes()
            assert not [word for word in wanted if word in data], path.name
    text = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    assert MARKERS[0] in re.sub(r"\s+", " ", text)


def test_with_the_network_gone_everything_but_receipt_works(
    council: Council, tmp_path: Path, records: dict[str, str]
) -> None:
    """A laptop whose council cannot be reached: new, answer, sign, export, verify, and a sync that says so plainly."""
    from desktop.demo import caseload  # noqa: PLC0415

    with caseload.council(tmp_path / "short-lived", (program("central").file,)) as gone:
        laptop = Laptop(tmp_path / "far").joined(gone, "nadia", "Nadia Brightwater")
    child = laptop.new("child", CHILD)
    about = laptop.new("missing_episode", episode(), child)
    rhi = laptop.new("return_home_interview", {"episode_id": about}, child)
    laptop.answer(rhi, interview(about))
    laptop.ok("sign", rhi)
    laptop.ok("export", rhi, "--to", tmp_path / "far.pdf")
    assert laptop.ok("verify", tmp_path / "far.pdf")["good"]
    done = laptop.run("sync")
    report = done.json

    assert done.code == 1
    assert report["problem"]
    assert report["accepted"] == 0
    assert laptop.ok("show", rhi)["received"] is None
