"""Photographs and documents: what is taken, what is taken out of them, what is refused, and what lies on the disk."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from desktop.store.attachments import attachment_files as module
from desktop.store.attachments.pictures import eight_bits, frames_in
from desktop.store.attachments.redaction import lay_out
from desktop.store.disk.errors import AttachmentDamaged, AttachmentMissing, AttachmentRefused
from desktop.store.disk.streams import CHUNK, Decrypted, encrypt
from desktop.store.vault import Vault
from tests.desktop.store import photographs
from tests.desktop.store.making import made, opened
from tests.desktop.store.photographs import SECRET

KEY = b"k" * 32
OFFICE = "application/vnd.openxmlformats-officedocument."
CASES = Path(__file__).with_name("cases")


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


@pytest.mark.parametrize("name", ["scan-16bit-grey.png", "scan-16bit-grey.tif"])
def test_a_scan_of_sixteen_bits_keeps_its_tones(vault: Vault, name: str) -> None:
    """Was white: Pillow cuts what is over 255. The tones of these are 15,420 to 60,395 of 65,535."""
    answer = add(vault, (CASES / name).read_bytes(), name)
    with vault.attachments.open(str(answer["sha256"])) as file:
        stored = eight_bits(Image.open(file)).convert("L")
    printed = Image.open(io.BytesIO(vault.attachments.scaled(str(answer["sha256"]), 560))).convert("L")
    laid = lay_out(io.BytesIO((CASES / name).read_bytes()), name).pixels.convert("L")

    assert stored.getextrema() == (60, 235)
    assert laid.getextrema() == (60, 235)
    for small in (printed, thumbnail(vault, answer)):
        tones = sorted(small.tobytes())
        assert 40 < tones[len(tones) // 50] < 80
        assert 220 < tones[-len(tones) // 50] < 250


@pytest.mark.parametrize("mode", ["I", "F"])
def test_other_deep_greys_are_not_white_either(mode: str) -> None:
    deep = Image.linear_gradient("L").convert("I").point(lambda tone: tone * 1000).convert(mode)

    assert eight_bits(deep).getextrema() == (0, 255)


def test_white_is_zero_in_some_scans() -> None:
    out = io.BytesIO()
    Image.linear_gradient("L").convert("I").point(lambda tone: tone * 257).convert("I;16").save(
        out, "TIFF", tiffinfo={262: 0}
    )
    negative = eight_bits(Image.open(out))

    assert (negative.getpixel((0, 0)), negative.getpixel((0, 255))) == (255, 0)


@pytest.mark.parametrize("name", ["three-frames.gif", "three-frames.webp"])
def test_of_pictures_that_follow_each_other_the_first_is_kept_whole(vault: Vault, name: str) -> None:
    data = (CASES / name).read_bytes()
    found = Image.open(io.BytesIO(kept(vault, data, name)))

    assert frames_in(data) == 3
    assert getattr(found, "n_frames", 1) == 1
    assert found.convert("RGB").tobytes() == Image.open(io.BytesIO(data)).convert("RGB").tobytes()


def test_avif_is_kept_as_a_photograph_upright_and_without_a_word(vault: Vault) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, SECRET
    out = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").resize((300, 200)).save(out, "AVIF", exif=exif)
    answer = add(vault, out.getvalue(), "a.avif")
    found = kept(vault, out.getvalue(), "a.avif")

    assert answer["type"] == "image/jpeg"
    assert Image.open(io.BytesIO(found)).size == (200, 300)
    assert SECRET.encode() not in found


def test_heic_as_telephones_write_it_is_kept_as_a_photograph(vault: Vault) -> None:
    """The file is made, of 64 by 48 dots: red, with a white corner at the top left."""
    data = (CASES / "telephone.heic").read_bytes()
    answer = add(vault, data, "IMG_0001.HEIC")
    found = Image.open(io.BytesIO(kept(vault, data, "IMG_0001.HEIC"))).convert("RGB")

    assert answer["type"] == "image/jpeg"
    assert found.size == (64, 48)
    assert min(channel(found, (4, 4))) > 200
    assert channel(found, (50, 40))[0] > 150 > channel(found, (50, 40))[1]


def channel(picture: Image.Image, at: tuple[int, int]) -> tuple[int, ...]:
    found = picture.getpixel(at)
    assert isinstance(found, tuple)
    return tuple(map(int, found))


def thumbnail(vault: Vault, answer: dict[str, object]) -> Image.Image:
    found = vault.attachments.thumbnail(str(answer["sha256"]))
    assert found is not None
    return Image.open(io.BytesIO(found)).convert("L")


def late_folder(name: str) -> bytes:
    """As some programs write it: a large picture first, what tells the kind after it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("media/image1.png", os.urandom(30_000))
        file.writestr(name, "<x/>")
    return out.getvalue()


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
        ((CASES / "bm-note.txt").read_bytes(), "bm-note.txt", "text/plain"),
        (b"\r\n\n%PDF-1.7\n" + os.urandom(2000), "plan.pdf", "application/pdf"),
        (late_folder("word/document.xml"), "letter.docx", f"{OFFICE}wordprocessingml.document"),
        (late_folder("xl/workbook.xml"), "table.xlsx", f"{OFFICE}spreadsheetml.sheet"),
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
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "a.heic", "damaged or only part"),
        (b"\0\0\0\x18ftypavif\0\0\0\0mif1avif", "a.avif", "damaged or only part"),
        (b"", "a.jpg", "is empty"),
        (b"", "a.txt", "is empty"),
        ((CASES / "utf16-note.txt").read_bytes(), "note.txt", "UTF-16"),
        ("\ufeffNotes".encode("utf-16-be"), "note.txt", "UTF-16"),
        (b"BM said", "a.bmp", "not a picture or document"),
        (b"PK\x03\x04" + bytes(20_000), "a.docx", "not a picture or document"),
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


@pytest.mark.parametrize("name", ["../../outside.jpg", "/outside.jpg", "..\\outside.jpg", "a/b/c.jpg", "x" * 300])
def test_a_name_is_a_word_and_no_path(vault: Vault, tmp_path: Path, name: str) -> None:
    """Also one that came from another laptop: the file is kept under a name that the store chose."""
    before = {path for path in tmp_path.rglob("*") if vault.folder not in path.parents}
    data = photographs.jpeg()
    vault.attachments.receive(
        io.BytesIO(data), sha256=hashlib.sha256(data).hexdigest(), media_type="image/jpeg", name=name, record_id="r1"
    )
    vault.attachments.add(io.BytesIO(photographs.png()), name=name, record_id="r1")

    assert {path for path in tmp_path.rglob("*") if vault.folder not in path.parents} == before
    assert {path.parent for path in vault.folder.rglob("*") if path.is_file()} <= {
        vault.folder,
        vault.folder / "attachments",
    }
    assert vault.attachments.damaged() == []


@pytest.mark.parametrize("picture", [photographs.bomb, photographs.claims_a_gigabyte, photographs.thousand_scans])
def test_a_hostile_picture_that_came_from_another_laptop_stops_nothing(
    vault: Vault, picture: Callable[[], bytes]
) -> None:
    """It was checked there, if it was: here it is shown small, or not at all."""
    data = picture()
    found = hashlib.sha256(data).hexdigest()
    vault.attachments.receive(io.BytesIO(data), sha256=found, media_type="image/jpeg", name="a.jpg", record_id="r1")
    begun = time.process_time()
    small = vault.attachments.thumbnail(found)

    assert small is None or len(small) < 100_000
    assert time.process_time() - begun < 2
