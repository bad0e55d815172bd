"""`make run` where there is no display: the journeys through the real window, pictures and a signed PDF."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.demo.walk.thursday import CAST

JOURNEY_10 = (
    "A housing officer’s word",
    "No checklist but from a school",
    "The school’s checklist and its paper",
    "The case, filled in from the referral",
    "Letter, the school’s receipt",
    "Enquiries",
    "Missing education, the register",
    "A visit is asked for",
    "The request, check and sign",
    "Early Help, a visit is asked of the team",
    "What the visitor needs to know",
    "The visit that was asked for, its result",
    "The visit, check and sign",
    "CME, the visit is told back",
    "Every visit that was asked for",
    "Letter, another council is asked",
    "Another council found, the outcome",
    "Letter, the outcome for the school",
    "The school is told, and the case closed",
    "Roll decision",
    "Roll decision, check and sign",
    "Letter, de-registration",
    "A school’s return, and who is followed",
    "Missing education, the figures that follow",
    "School roll, as the letters left it",
)

THURSDAY = (
    "Thursday 22:55, a child did not come home",
    "Thursday 23:20, out of hours is told",
    "The card, at night",
    "Friday 6:30, missing throughout the night",
    "The alert to the Director, check and sign",
    "Friday 7:10, the Director’s laptop",
    "The Director reads the alert",
    "Friday 7:25, the manager sees that it was read",
    "Who has been told of the alert, and when they read it",
    "Friday 7:50, the reviewing officer reads it",
    "Friday 9:30, MASH has the referral",
    "Friday 16:40, she is back",
    "The Thursday after, an interview is over its time",
    "Held late, check and sign",
    "Team, held late, with its reason",
    "The group’s agenda holds her",
    "An action is given",
    "The day after, an action came",
    "The action is read",
    "Team, the action that nobody did",
    "Taken to supervision",
)


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    out = tmp_path_factory.mktemp("walk")
    environment = {name: value for name, value in os.environ.items() if "DISPLAY" not in name}
    command = [sys.executable, "-W", "error", "-m", "desktop", "--home", str(out / "demo"), "demo", "--open"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return out, done.stdout


def test_it_says_that_there_is_no_display_and_where_to_look(walked: tuple[Path, str]) -> None:
    _, said = walked

    assert "There is no display here" in said
    assert "index.html" in said


def test_every_picture_is_in_the_index_and_none_is_blank(walked: tuple[Path, str]) -> None:
    from PIL import Image  # noqa: PLC0415

    out, _ = walked
    named = re.findall(r'src="(pictures/[^"]+)"', (out / "index.html").read_text(encoding="utf-8"))

    assert sorted(named) == sorted(f"pictures/{path.name}" for path in (out / "pictures").glob("*.png"))
    assert len(named) >= 30
    for name in named:
        with Image.open(out / name) as picture:
            assert len(picture.convert("RGB").getcolors(maxcolors=1 << 24) or []) > 20, name


def test_journey_10_is_played_whole_and_in_its_order(walked: tuple[Path, str]) -> None:
    """From a housing officer’s word to the roll, the register and the figures."""
    shown = re.findall(r"<figcaption>\d+ ([^<]+)<", (walked[0] / "index.html").read_text(encoding="utf-8"))

    assert [title for title in shown if title in JOURNEY_10] == list(JOURNEY_10)


def test_the_thursday_is_played_whole_on_nine_laptops_of_nine_roles(walked: tuple[Path, str]) -> None:
    """From 22:40 to the action that nobody did: who is told, who read it, what is late."""
    shown = re.findall(r"<figcaption>\d+ ([^<]+)<", (walked[0] / "index.html").read_text(encoding="utf-8"))
    laptops = [folder for folder in (walked[0] / "thursday").iterdir() if list(folder.glob("vault-*"))]

    assert [title for title in shown if title in THURSDAY] == list(THURSDAY)
    assert len({who.role for who in CAST}) == len(CAST) == len(laptops) == 9


def test_the_familys_copy_has_its_photographs_and_the_month_is_on_paper(walked: tuple[Path, str]) -> None:
    """Journey 5, and 200 families: a photograph that is not for print is described and not shown."""
    report, due = (_text(walked[0] / name) for name in ("report-with-samples.pdf", "due.pdf"))
    pictures = subprocess.run(
        ["pdfimages", "-list", str(walked[0] / "report-with-samples.pdf")], capture_output=True, text=True, check=True
    ).stdout
    count = re.search(r"(\d+) children on the laptop of Helen Marchbanks", due)

    assert "The River, second draft" in report
    assert "Birds we saw at breakfast" in report
    assert sum(" image " in line for line in pictures.splitlines()) >= 2
    assert count is not None
    assert 12 <= int(count[1]) <= 25
    assert re.search(r"Home education, due in \w+ 20\d\d", due)


def test_the_pdf_holds_the_words_that_were_typed_and_is_signed(walked: tuple[Path, str]) -> None:
    pdf = walked[0] / "interview.pdf"
    said = subprocess.run(["pdfsig", "-nocert", str(pdf)], capture_output=True, text=True, check=True).stdout

    assert "met Tay at the skate park" in _text(pdf)
    assert "Signature is Valid" in said


def test_nothing_that_was_typed_is_readable_in_the_stores(walked: tuple[Path, str]) -> None:
    out, _ = walked
    folders = [out / "demo", out / "second-laptop", *(out / "thursday").iterdir()]
    files = [path for home in folders for path in home.rglob("vault-*/**/*") if path.is_file()]
    wanted = [text.encode(code) for text in ("skate park", "Hollowby", "ring Jude") for code in ("utf-8", "utf-16-le")]

    assert len(files) >= 4
    for path in files:
        assert not [word for word in wanted if word in path.read_bytes()], path.name


def _text(pdf: Path) -> str:
    """On one line: where a page breaks its lines is no matter here."""
    said = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    return re.sub(r"\s+", " ", said)
