"""Pictures stand in a document as they came, each once however often it is shown; the file is as valid as before."""

from __future__ import annotations

import hashlib
import io
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from casework.canonical import JSON
from casework.forms import QuestionType
from desktop.documents.rendering import render
from desktop.documents.sealing import seal_pdf
from desktop.paths import fonts
from judgement.verification import check_pdf
from tests.desktop.documents.conformance import conformance
from tests.desktop.documents.papers import CATALOGUE, COUNCIL, paper

VISIT = CATALOGUE.form("ehe_visit")
SAMPLES = next(one for one in VISIT.questions() if one.type is QuestionType.ATTACHMENTS).id


def jpeg(mode: str, shade: int) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((320, 200), shade).convert(mode).save(out, "JPEG", quality=80)
    return out.getvalue()


@pytest.fixture
def document(tmp_path: Path) -> tuple[Path, list[bytes]]:
    """Three samples, of which two are the same picture; one is grey."""
    pictures = [jpeg("RGB", 60), jpeg("L", 30)]
    held = {hashlib.sha256(one).hexdigest(): one for one in pictures}
    first, second = held
    rows: list[JSON] = [
        {"id": str(number), "file": {"sha256": sha256, "type": "image/jpeg"}, "title": "Sums", "shows": "Sums"}
        for number, sha256 in enumerate((first, second, first))
    ]
    answers: dict[str, JSON] = {SAMPLES: rows}
    made = replace(paper(), definition=VISIT, answers=answers, shown=frozenset(answers), pictures=held)
    file = tmp_path / "visit.pdf"
    identity = COUNCIL.officer("Nadia Brightwater")
    file.write_bytes(seal_pdf(render(made, fonts()), identity, reason="x", place="y", at=datetime.now(UTC)))
    return file, pictures


def test_each_picture_is_in_the_file_once_and_to_the_byte(document: tuple[Path, list[bytes]]) -> None:
    file, pictures = document
    whole = file.read_bytes()
    listed = subprocess.run(["pdfimages", "-list", str(file)], capture_output=True, text=True, check=True).stdout
    shown = [line.split() for line in listed.splitlines()[2:]]

    assert [whole.count(one) for one in pictures] == [1, 1]
    assert len({line[10] for line in shown}) == 2
    assert {line[8] for line in shown} == {"jpeg"}
    assert b"ASCII85" not in whole


def test_a_document_with_pictures_is_valid_and_good(document: tuple[Path, list[bytes]]) -> None:
    file, _ = document

    assert conformance(file) == ["PASS 3a", "PASS ua1"]
    assert check_pdf(file.read_bytes(), [COUNCIL.root_pem]).good
