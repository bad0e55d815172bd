"""`make run` where there is no display: the journeys through the real window, pictures and a signed PDF."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest


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


def test_the_pdf_holds_the_words_that_were_typed_and_is_signed(walked: tuple[Path, str]) -> None:
    pdf = walked[0] / "interview.pdf"
    text = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    said = subprocess.run(["pdfsig", "-nocert", str(pdf)], capture_output=True, text=True, check=True).stdout

    assert "met Tay at the skate park" in re.sub(r"\s+", " ", text)
    assert "Signature is Valid" in said


def test_nothing_that_was_typed_is_readable_in_the_stores(walked: tuple[Path, str]) -> None:
    out, _ = walked
    folders = [out / "demo", out / "second-laptop"]
    files = [path for home in folders for path in home.rglob("vault-*/**/*") if path.is_file()]
    wanted = [text.encode(code) for text in ("skate park", "Hollowby", "ring Jude") for code in ("utf-8", "utf-16-le")]

    assert len(files) >= 4
    for path in files:
        assert not [word for word in wanted if word in path.read_bytes()], path.name
