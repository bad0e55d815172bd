"""Photographs and documents: what is taken, what is taken out of them, what is refused, and what lies on the disk."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from desktop.store import attachments as module
from desktop.store.errors import AttachmentDamaged, AttachmentMissing, AttachmentRefused
from desktop.store.streams import CHUNK, Decrypted, encrypt
from desktop.store.vault import Vault
from tests.desktop.store import photographs
from tests.desktop.store.making import made, opened
from tests.desktop.store.photographs import SECRET

KEY = b"k" * 32


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    vault = made(tmp_path / "vault-1")
    yield vault
    vault.close()


def add(vault: Vault, data: bytes, name: str, **more: int) -> dict[str, object]:
    return dict(vault.attachments.add(io.BytesIO(data), name=name, record_id="r1", **more))


def kept(vault: Vault, data: bytes, name: str, **more: int) -> bytes:
    answer = add(vault, data, name, **more)
    with vault.attachments.open(str(answer["sha256"])) as file:
        found = file.read()
    assert hashlib.sha256(found).hexdigest() == answer["sha256"]
    assert len(found) == answer["bytes"]
    return found


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_loses_place_camera_and_what_hangs_on_it_but_stays_upright(vault: Vault, orientation: int) -> None:
    original = photographs.jpeg(orientation=orientation)
    found = kept(vault, original, "IMG_1.jpg")
    image = Image.open(io.BytesIO(found))

    assert SECRET.encode() in original
    assert SECRET.encode() not in found
    assert dict(image.getexif()) == ({} if orientation == 1 else {0x0112: orientation})
    assert image.info["icc_profile"] == b"i" * 300
    about = vault.attachments.about(hashlib.sha256(found).hexdigest())
    assert about is not None
    assert (about.width, about.height) == ((640, 480) if orientation < 5 else (480, 640))


@pytest.mark.parametrize(("width", "progressive"), [(640, False), (640, True), (33, False)])
def test_not_one_dot_of_a_photograph_changes(vault: Vault, width: int, progressive: bool) -> None:
    original = photographs.jpeg(width, progressive=progressive)
    found = kept(vault, original, "IMG_1.jpg")

    before, after = Image.open(io.BytesIO(original)), Image.open(io.BytesIO(found))
    assert before.tobytes() == after.tobytes()


def test_png_and_webp_lose_their_words_too(vault: Vault) -> None:
    for name, original in (("a.png", photographs.png()), ("a.webp", photographs.webp())):
        found = kept(vault, original, name)
        assert SECRET.encode() in original
        assert SECRET.encode() not in found
        assert Image.open(io.BytesIO(found)).convert("RGB").tobytes() == (
            Image.open(io.BytesIO(original)).convert("RGB").tobytes()
        )
    assert Image.open(io.BytesIO(found)).getexif()[0x0112] == 6


@pytest.mark.parametrize("kind", ["GIF", "TIFF", "BMP"])
def test_older_kinds_of_picture_are_kept_as_png(vault: Vault, kind: str) -> None:
    answer = add(vault, photographs.other(kind), f"scan.{kind.lower()}")

    assert answer["type"] == "image/png"
    assert vault.attachments.thumbnail(str(answer["sha256"])) is not None


def test_a_picture_is_made_smaller_on_request(vault: Vault) -> None:
    data = photographs.jpeg(1600, 1200, orientation=6)
    smaller = Image.open(io.BytesIO(kept(vault, data, "a.jpg", longest=800)))
    whole = add(vault, data, "a.jpg")
    for_report = Image.open(io.BytesIO(vault.attachments.scaled(str(whole["sha256"]), 400)))
    thumbnail = vault.attachments.thumbnail(str(whole["sha256"]))

    assert smaller.size == (600, 800)
    assert for_report.size == (300, 400)
    assert thumbnail is not None
    assert max(Image.open(io.BytesIO(thumbnail)).size) == 256
    assert SECRET.encode() not in thumbnail


def test_documents_are_kept_as_they_are(vault: Vault) -> None:
    word = io.BytesIO()
    with zipfile.ZipFile(word, "w") as file:
        file.writestr("[Content_Types].xml", "x")
        file.writestr("word/document.xml", "<x/>")
    for data, name, kind in (
        (b"%PDF-1.7\n" + os.urandom(200_000), "plan.pdf", "application/pdf"),
        (word.getvalue(), "letter.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("Dear Mr Ó Néill,\n".encode(), "note.txt", "text/plain"),
    ):
        assert kept(vault, data, name) == data
        assert add(vault, data, name)["type"] == kind


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (photographs.bomb(), "a.png", "larger than any photograph"),
        (photographs.bomb(100_000, 10), "a.png", "larger than any photograph"),
        (photographs.jpeg()[:9000], "a.jpg", "damaged or only part"),
        (photographs.claims_a_gigabyte(), "a.png", "damaged or only part"),
        (photographs.png()[:200], "a.png", "damaged or only part"),
        (photographs.webp()[:100], "a.webp", "damaged or only part"),
        (photographs.thousand_scans(), "a.jpg", "damaged or only part"),
        (photographs.other("TIFF", pages=3), "a.tif", "has 3 pages"),
        (b"MZ\x90\0" + bytes(2000), "a.jpg", "not a picture or document"),
        (b"<html><script>", "a.jpg", "not a picture or document"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "a.jpg", "damaged or only part"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "a.heic", "HEIC"),
        (b"", "a.jpg", "not a picture or document"),
        (b"\x7fELF" + bytes(100), "a", "not a picture or document"),
    ],
)
def test_hostile_and_broken_files_are_refused_in_words(vault: Vault, data: bytes, name: str, words: str) -> None:
    with pytest.raises(AttachmentRefused, match=words):
        add(vault, data, name)
    assert list((vault.folder / "attachments").glob("*")) == []
    assert vault.attachments.to_send() == []


def test_more_than_fifty_megabytes_are_refused_and_leave_nothing(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 300_000)
    for data, name in ((b"%PDF-" + bytes(400_000), "a.pdf"), (photographs.jpeg(2000, 2000), "a.jpg")):
        with pytest.raises(AttachmentRefused, match="larger than 50 MB"):
            add(vault, data, name)
    assert list((vault.folder / "attachments").glob("*")) == []


def test_the_same_file_twice_is_kept_once(vault: Vault) -> None:
    data = photographs.jpeg()
    first = add(vault, data, "a.jpg")
    second = vault.attachments.add(io.BytesIO(data), name="again.jpg", record_id="r2")

    assert second["sha256"] == first["sha256"]
    assert len(list((vault.folder / "attachments").glob("*"))) == 1


def test_what_arrives_must_be_what_was_sent(vault: Vault) -> None:
    data = photographs.jpeg()
    sha256 = hashlib.sha256(data).hexdigest()
    with pytest.raises(AttachmentRefused, match="did not arrive"):
        vault.attachments.receive(
            io.BytesIO(data[:-1]), sha256=sha256, media_type="image/jpeg", name="a.jpg", record_id="r1"
        )
    assert not vault.attachments.has(sha256)
    vault.attachments.receive(io.BytesIO(data), sha256=sha256, media_type="image/jpeg", name="a.jpg", record_id="r1")

    assert vault.attachments.has(sha256)
    assert vault.attachments.to_send() == []
    assert vault.attachments.thumbnail(sha256) is not None


def test_sent_photographs_leave_the_list(vault: Vault) -> None:
    answer = add(vault, photographs.jpeg(), "a.jpg")
    assert [item.sha256 for item in vault.attachments.to_send()] == [answer["sha256"]]
    assert vault.attachments.record_of(str(answer["sha256"])) == "r1"
    vault.attachments.sent(str(answer["sha256"]), "2026-03-28T09:00:00+00:00")

    assert vault.attachments.to_send() == []


def test_a_damaged_or_missing_file_is_said_to_be_so(vault: Vault) -> None:
    first = str(add(vault, photographs.jpeg(), "a.jpg")["sha256"])
    path = next((vault.folder / "attachments").iterdir())
    second = str(add(vault, photographs.png(), "a.png")["sha256"])
    data = bytearray(path.read_bytes())
    data[1000] ^= 4
    path.write_bytes(data)
    with pytest.raises(AttachmentDamaged, match="damaged"), vault.attachments.open(first) as file:
        file.read()
    assert vault.attachments.damaged() == [first]
    path.unlink()
    with pytest.raises(AttachmentMissing, match="not on this laptop"):
        vault.attachments.open(first)
    assert vault.attachments.damaged() == [first]
    assert vault.attachments.has(second)


def test_what_a_power_cut_left_behind_is_swept_away(tmp_path: Path) -> None:
    vault = made(tmp_path / "vault-1")
    answer = add(vault, photographs.jpeg(), "a.jpg")
    vault.close()
    folder = tmp_path / "vault-1" / "attachments"
    (folder / "0123.new").write_bytes(b"half")
    (folder / "4567").write_bytes(b"whole, but no row speaks of it")
    again = opened(tmp_path / "vault-1")

    assert len(list(folder.iterdir())) == 1
    assert again.attachments.damaged() == []
    assert again.attachments.has(str(answer["sha256"]))
    again.close()


@given(st.binary(max_size=3 * CHUNK + 5), st.lists(st.integers(0, 3 * CHUNK), max_size=6), st.integers(1, CHUNK + 3))
@settings(max_examples=40, deadline=None)
def test_a_stream_reads_back_from_any_place(data: bytes, places: list[int], size: int) -> None:
    sealed = io.BytesIO()
    encrypt(KEY, [data[start : start + size] for start in range(0, len(data), size)], sealed)
    plain = io.BufferedReader(Decrypted(KEY, io.BytesIO(sealed.getvalue())))

    assert plain.read() == data
    for place in places:
        plain.seek(place)
        assert plain.read(100) == data[place : place + 100]
    plain.close()


@pytest.mark.parametrize("size", [0, 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_every_cut_swap_repeat_and_flip_of_a_stream_is_noticed(size: int) -> None:
    sealed = io.BytesIO()
    encrypt(KEY, [os.urandom(size)], sealed)
    whole = sealed.getvalue()
    step, start = CHUNK + 16, 43
    spoilt = [
        whole[:cut] for cut in (0, 20, 43, 50, start + step, start + 2 * step, len(whole) - 1) if cut < len(whole)
    ]
    spoilt += [whole + b"x", whole + bytes(step)]
    if size > 2 * CHUNK:
        first, second, third = (whole[start + n * step : start + (n + 1) * step] for n in range(3))
        head = whole[:start]
        spoilt += [head + second + first + third, head + first + third, head + first + first + second + third]
    for position in {0, 5, 40, 45, len(whole) // 2, len(whole) - 1}:
        spoilt.append(whole[:position] + struct.pack("B", whole[position] ^ 1) + whole[position + 1 :])
    for data in spoilt:
        with pytest.raises(AttachmentDamaged):
            Decrypted(KEY, io.BytesIO(data)).read()
