"""A council whose file says how long records are kept, and records whose time is over."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select, update

from casework.identifiers import BucketId, RecordId
from casework.records import Change, Operation, RecordView, field_path
from central.__main__ import main
from central.database import tables
from central.files import uploads
from central.files.uploads import Blobs, Upload
from central.intake import council_files
from central.people.senders import Senders
from tests.central.pushing import Pusher
from tests.central.running import COUNCIL_FILE, Council, keepers_words

RULES = """
[[retention]]
form = "missing_episode"
years_after_closing = 6
reason = "Wispmere, records schedule 4.2"

[[retention]]
form = "note"
years_after_closing = 6
reason = "Wispmere, records schedule 4.2"

[[retention]]
form = "return_home_interview"
birthday = 25
reason = "Wispmere, records schedule 4.1"

[[retention]]
form = "child"
birthday = 25
reason = "Wispmere, records schedule 4.1"
"""
MARKER = "the ferry at Otterby"
MARKED_FILE = b"\xff\xd8\xff of the ferry at Otterby " * 40
SHA = hashlib.sha256(MARKED_FILE).hexdigest()
EPISODE = "missing_episode"
LONG_AGO = "2015-03-27T14:32:00+00:00"


@dataclass(frozen=True)
class Said:
    """What a verb said, and how it ended."""

    ended: int
    out: str
    err: str


def add(pusher: Pusher, child: str, record: str, question: str, value: str) -> Operation:
    """Words in an episode of this child."""
    view = RecordView(
        RecordId(record), EPISODE, 1, bucket=BucketId(f"{child}:missing"), heads=pusher.heads.get(record, ())
    )
    return pusher.author.say(pusher.stamp(), view, [Change(field_path(question), value)])


def publish_rules(council: Council, rules: str = RULES) -> None:
    text = Path(COUNCIL_FILE).read_text(encoding="utf-8") + rules
    with council.service.database.writing() as connection:
        council_files.publish(connection, text, council.clock(), file="wispmere.toml")


def age(council: Council, *record_ids: str) -> None:
    """Their last word reached the council eleven years ago."""
    operation = tables.operation.c
    with council.service.database.writing() as connection:
        here = operation.record_id.in_(record_ids)
        connection.execute(update(tables.operation).where(here).values(received_at=LONG_AGO))


def typed(council: Council, *words: str, keepers: int = 0) -> Said:
    """A verb of the service, as an administrator types it; `keepers`: so many name themselves."""
    out, err = io.StringIO(), io.StringIO()
    named = keepers_words(council.home.folder, count=keepers)
    with redirect_stdout(out), redirect_stderr(err):
        ended = main(["--home", str(council.home.folder), *words, *named])
    return Said(ended, out.getvalue(), err.getvalue())


def due(council: Council) -> str:
    """The hash of what would go."""
    said = typed(council, "retention", "due", "--json")
    assert said.ended == 0, said.err
    return str(json.loads(said.out)["list"])


def destroyed(council: Council) -> dict[str, object]:
    """What is due goes, by two keepers."""
    said = typed(council, "retention", "destroy", due(council), "--json", keepers=2)
    assert said.ended == 0, said.err
    found: dict[str, object] = json.loads(said.out)
    return found


def send_file(council: Council, pusher: Pusher, record_id: str) -> None:
    """A photograph of a record, as a laptop sends it."""
    service, blobs = council.service, Blobs(council.home.blobs)
    asked = Upload("", pusher.device_id, record_id, SHA, len(MARKED_FILE), 0, "")  # type: ignore[arg-type]
    with service.database.writing() as connection:
        scope = Senders(connection, service.now()).of(pusher.device_id).scope
        begun = uploads.begin(connection, blobs, scope, device_id=pusher.device_id, asked=asked, now=service.now())
        if not begun.is_complete:
            assert uploads.add(connection, blobs, begun, MARKED_FILE, service.now()).is_complete


def marked_files(folder: Path, *markers: bytes) -> list[str]:
    """Which files under a folder hold one of these, wherever in them."""
    wanted = markers or (MARKER.encode(), MARKED_FILE[:40])
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [str(path.relative_to(folder)) for path in files if any(each in path.read_bytes() for each in wanted)]


def emptied(council: Council, record_id: str) -> list[tuple[str, str]]:
    """What stays of a record in the log: payload and signature of each of its operations."""
    operation = tables.operation.c
    with council.service.database.reading() as connection:
        query = select(operation.payload, operation.signature).where(operation.record_id == record_id)
        return [(row.payload, row.signature) for row in connection.execute(query)]


@contextmanager
def changed(file: Path, old: str, new: str) -> Iterator[None]:
    """While a file is another than it was."""
    before = file.read_text(encoding="utf-8")
    assert old in before
    file.write_text(before.replace(old, new), encoding="utf-8")
    try:
        yield
    finally:
        file.write_text(before, encoding="utf-8")
