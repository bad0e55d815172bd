"""Sync study 4, scenarios 39 to 42: photographs, in parts, after the words they belong to."""

from __future__ import annotations

import base64
import hashlib
import io
import random
import shutil
from typing import NamedTuple

import pytest
from PIL import Image

from casework.records import Change, cell_path, row_path
from central.commands import founding
from desktop.sync import identity
from desktop.sync.errors import Refusal
from desktop.sync.files.sending_files import PART, TUS
from tests.central.running import Council
from tests.together.conftest import Join
from tests.together.faults import Faults, sync_through
from tests.together.laptops import Laptop
from tests.together.test_scenarios_delivery import conversation


class Visit(NamedTuple):
    ann: Laptop
    ben: Laptop
    child: str


def photograph(seed: int, side: int = 700) -> bytes:
    """Noise, so that it does not compress away: some 1.5 MB."""
    pixels = random.Random(seed).randbytes(side * side * 3)
    out = io.BytesIO()
    Image.frombytes("RGB", (side, side), pixels).save(out, "PNG")
    return out.getvalue()


def document(seed: int, size: int) -> bytes:
    return b"%PDF-1.7\n" + random.Random(seed).randbytes(size)


def attach(laptop: Laptop, record_id: str, data: bytes, name: str, row: str = "row-1") -> str:
    """Takes a file in and writes the row that names it; gives its sha256."""
    about = laptop.vault.attachments.add(io.BytesIO(data), name=name, record_id=record_id)
    laptop.change(
        record_id,
        [Change(row_path("photo", row), {"position": row}), Change(cell_path("photo", row, "file"), about)],
    )
    return str(about["sha256"])


@pytest.fixture
def visit(council: Council, join: Join) -> Visit:
    """Ann and Ben, and a record of both that photographs can be added to."""
    ann, ben = join("ann"), join("ben")
    child = ann.child(given_name="Zoë", family_name="Ōtsuka")
    ann.synced()
    council.allocate("ben", child)
    ben.synced()
    return Visit(ann, ben, child)


def stored(council: Council, sha256: str) -> bytes | None:
    path = council.home.blobs / sha256[:2] / sha256
    return path.read_bytes() if path.exists() else None


def plain(laptop: Laptop, sha256: str) -> bytes:
    with laptop.vault.attachments.open(sha256) as source:
        return source.read()


def test_39_an_upload_cut_at_fifty_places_arrives_whole(council: Council, visit: Visit) -> None:
    """Every kind of cut: the request, the answer, and the process of the laptop."""
    sha256 = attach(visit.ann, visit.child, document(1, 3_400_000), "plan.pdf")
    laptop = visit.ann
    for cut in range(50):
        asked = 0

        def is_cut(path: str, cut: int = cut) -> bool:
            nonlocal asked
            asked += path.startswith("/v1/uploads")
            return asked > cut % 5 and path.startswith("/v1/uploads")

        faults = Faults(lose_answer=is_cut) if cut % 2 else Faults(lose_request=is_cut)
        if cut % 5 == 4:
            assert laptop.vault.attachments.to_send() == [] or sync_through(laptop, faults).problem is not None
        else:
            sync_through(laptop, faults)
    laptop.synced()

    received = stored(council, sha256)
    assert received is not None
    assert hashlib.sha256(received).hexdigest() == sha256
    assert laptop.vault.attachments.to_send() == []
    visit.ben.synced()
    assert plain(visit.ben, sha256) == received


def test_40_a_part_changed_on_the_way_is_refused_and_sent_again(council: Council, visit: Visit) -> None:
    """First by the sum of the part; and a whole that is not what was announced is thrown away."""
    sha256 = attach(visit.ann, visit.child, document(2, 1_500_000), "plan.pdf")
    parts = 0

    def spoil(path: str, body: bytes) -> bytes:
        nonlocal parts
        is_part = path.startswith("/v1/uploads/") and len(body) > 0
        parts += is_part
        return bytes([body[0] ^ 1]) + body[1:] if is_part and parts == 2 else body

    report = sync_through(visit.ann, Faults(spoil=spoil))

    assert report.problem is not None or report.files_sent == 1
    visit.ann.synced()
    received = stored(council, sha256)
    assert received is not None
    assert hashlib.sha256(received).hexdigest() == sha256


def test_40_a_file_that_is_not_what_was_announced_is_thrown_away(council: Council, visit: Visit) -> None:
    """Whatever the sums of its parts say; three times, and a person is told."""
    ann = visit.ann
    attach(ann, visit.child, document(3, 900_000), "plan.pdf")
    other = "ab" * 32
    with ann.vault.attachments.open(ann.vault.attachments.to_send()[0].sha256) as source:
        data = source.read()
    with conversation(ann) as transport:
        signer = identity.signer_of(ann.vault)
        ann.synced()
        described = f"sha256 {_coded(other)},record_id {_coded(visit.child)}"
        headers = TUS | {"Upload-Length": str(len(data)), "Upload-Metadata": described}
        place = transport.signed("POST", "/v1/uploads", b"", headers, signer).headers["location"]
        part = TUS | {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
        with pytest.raises(Refusal) as refusal:
            transport.signed("PATCH", place, data, part, signer)
        after = transport.signed("HEAD", place, b"", TUS, signer)

    assert refusal.value.status == 460
    assert after.headers["upload-offset"] == "0"
    assert stored(council, other) is None


def test_41_two_files_alike_in_size_and_beginning_are_two(council: Council, visit: Visit) -> None:
    first = document(4, 400_000)
    second = first[:-1] + bytes([first[-1] ^ 1])
    names = [
        attach(visit.ann, visit.child, data, f"{row}.pdf", row) for row, data in (("row-1", first), ("row-2", second))
    ]
    report = visit.ann.synced()

    assert report.files_sent == 2
    assert [stored(council, sha256) for sha256 in names] == [first, second]


def test_42_words_arrive_before_their_photograph(council: Council, visit: Visit) -> None:
    """The record can be used; the photograph is asked for until it is there."""
    sha256 = attach(visit.ann, visit.child, photograph(5), "may.png")
    sync_through(visit.ann, Faults(lose_request=lambda path: path.startswith("/v1/uploads")))

    assert visit.ben.synced().files_fetched == 0
    (row,) = visit.ben.view(visit.child).rows("photo")
    about = visit.ben.view(visit.child).row_answers("photo", row.id)["file"]
    assert isinstance(about, dict)
    assert about["sha256"] == sha256
    assert not visit.ben.vault.attachments.has(sha256)
    assert visit.ann.synced().files_sent == 1
    assert visit.ben.synced().files_fetched == 1
    assert plain(visit.ben, sha256) == plain(visit.ann, sha256)


def test_nobody_else_can_ask_for_a_file_or_finish_anothers_upload(council: Council, visit: Visit, join: Join) -> None:
    sha256 = attach(visit.ann, visit.child, document(6, 100_000), "plan.pdf")
    visit.ann.synced()
    cas = join("cas")
    own = cas.child(given_name="Ada", family_name="Stone")
    cas.synced()
    with conversation(cas) as transport:
        signer = identity.signer_of(cas.vault)
        with pytest.raises(Refusal) as unknown:
            transport.signed("GET", f"/v1/blobs/{sha256}", b"", {}, signer)
        described = f"sha256 {_coded(sha256)},record_id {_coded(own)}"
        headers = TUS | {"Upload-Length": "100009", "Upload-Metadata": described}
        begun = transport.signed("POST", "/v1/uploads", b"", headers, signer)
        foreign = TUS | {
            "Upload-Length": "10",
            "Upload-Metadata": f"sha256 {_coded(sha256)},record_id {_coded(visit.child)}",
        }
        with pytest.raises(Refusal) as out:
            transport.signed("POST", "/v1/uploads", b"", foreign, signer)

    assert unknown.value.status == 404
    assert begun.headers["upload-offset"] == "0", "the answer must not tell that the council has the file"
    assert out.value.code == "out_of_scope"


def _coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def test_40_a_small_file_that_comes_with_its_announcement_is_held_to_it(council: Council, visit: Visit) -> None:
    """By the sum of its bytes, and by the hash it was announced with; then it arrives by itself."""
    ann = visit.ann
    data = document(6, 200_000)
    sha256 = hashlib.sha256(data).hexdigest()
    part = {"Content-Type": "application/offset+octet-stream"}
    with conversation(ann) as transport:
        signer = identity.signer_of(ann.vault)
        for announced, summed in ((sha256, b"other"), ("ab" * 32, data)):
            described = f"sha256 {_coded(announced)},record_id {_coded(visit.child)}"
            checksum = base64.b64encode(hashlib.sha256(summed).digest()).decode()
            headers = TUS | part | {"Upload-Length": str(len(data)), "Upload-Metadata": described}
            headers |= {"Upload-Checksum": f"sha256 {checksum}"}
            with pytest.raises(Refusal) as refusal:
                transport.signed("POST", "/v1/uploads", data, headers, signer)

            assert refusal.value.status == 460
    assert stored(council, sha256) is None
    assert stored(council, "ab" * 32) is None

    again = Faults()
    attach(ann, visit.child, data, "plan.pdf")
    sync_through(ann, Faults(lose_answer=lambda path: path.startswith("/v1/uploads")))
    report = sync_through(ann, again)

    assert stored(council, sha256) == data
    assert report.files_sent == 1
    assert [path for path in again.asked if "upload" in path] == ["/v1/uploads"]


def test_36_a_restored_service_regains_the_photographs(council: Council, join: Join, visit: Visit) -> None:
    """Those it lost, from whoever has them and may write there; those it kept are not sent a second time."""
    kept = attach(visit.ann, visit.child, photograph(1, side=200), "kept.png")
    visit.ann.synced()
    database = council.home.folder / "central.sqlite"
    council.stop()
    shutil.copy(database, database.with_suffix(".backup"))
    council.restart()
    lost = attach(visit.ann, visit.child, photograph(2), "lost.png", row="row-2")
    small = attach(visit.ann, visit.child, photograph(3, side=200), "small.png", row="row-3")
    visit.ann.synced()
    visit.ben.synced()
    council.stop()
    for beside in ("-wal", "-shm"):
        database.with_name(database.name + beside).unlink(missing_ok=True)
    shutil.copy(database.with_suffix(".backup"), database)
    for sha256 in (lost, small):
        (council.home.blobs / sha256[:2] / sha256).unlink()
    founding.begin_epoch(council.service.database)
    council.restart()

    faults = Faults()
    assert sync_through(visit.ben, faults).problem is None  # Ann is on leave; her laptop is not needed
    assert {stored(council, sha256) for sha256 in (kept, lost, small)} == {
        plain(visit.ben, sha256) for sha256 in (kept, lost, small)
    }
    sent = sum(path.startswith("/v1/uploads/") for path in faults.asked)
    assert sent == -(-len(plain(visit.ben, lost)) // PART) + 1, "parts of the two that were lost, and of no other"
    before = len(faults.asked)
    assert sync_through(visit.ben, faults).problem is None
    assert not [path for path in faults.asked[before:] if path.startswith("/v1/uploads")]
    cas = join("cas")
    council.allocate("cas", visit.child)
    cas.synced()
    assert plain(cas, lost) == plain(visit.ann, lost)


def test_36_a_reader_s_laptop_does_not_stumble_over_what_it_may_not_send(
    council: Council, join: Join, visit: Visit
) -> None:
    """Somebody who only reads holds photographs too; a restored service does not want them from there."""
    council.officer("ines", "iro")
    ines = join("ines")
    council.allocate("ines", visit.child)
    sha256 = attach(visit.ann, visit.child, photograph(1, side=200), "one.png")
    visit.ann.synced()
    ines.synced()
    assert ines.vault.attachments.has(sha256)
    founding.begin_epoch(council.service.database)

    ines.synced()
    assert ines.vault.attachments.to_send() == []
