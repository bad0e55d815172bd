"""A council that holds two sisters of one day, and a friend of theirs."""

from __future__ import annotations

import hashlib

from sqlalchemy import insert

from casework.identifiers import BucketId, OperationId, RecordId
from casework.records import JSON, Change, Operation, RecordView, field_path
from casework.records.answer_paths import row_path
from central.database.tables import blob_use
from tests.central.pushing import Pusher, statuses
from tests.central.running import Council

PICTURE = b"\xff\xd8\xff a drawing of a bus stop"
SHA = hashlib.sha256(PICTURE).hexdigest()
FILE: dict[str, JSON] = {"sha256": SHA, "bytes": len(PICTURE), "type": "image/jpeg", "name": "../../drawing <b>.jpg"}
OTHERS_SECRET = "Mia keeps this to herself"
INTERVIEW = "return_home_interview"


def with_twins(council: Council) -> Pusher:
    """Zoë’s interview speaks of her sister and of Dex; Mia’s speaks of Zoë, and is nobody’s but Mia’s."""
    council.officer("ann")
    council.officer("mo", "missing_manager")
    council.officer("ehe", "ehe_officer")
    council.clock.move(hours=1)
    ann = Pusher.of(council, "ann")
    born = "2012-03-27"
    found = ann.push(
        ann.create("zoe", given_name="Zoë", family_name="Marsh", date_of_birth=born, address="1 Mill Lane"),
        ann.create("mia", given_name="Mia", family_name="Marsh", date_of_birth=born),
        ann.create("dex", given_name="Dexter", known_as="Dex", family_name="Doyle"),
        ann.create("zoe", "talk-zoe", "missing", INTERVIEW, before="Mia was there. <script>", seen_alone=True),
        ann.create("mia", "talk-mia", "missing", INTERVIEW, before=f"Zoë Marsh told me. {OTHERS_SECRET}."),
    )
    friends = _somebody_and_a_file(ann)
    found += ann.push(friends, _bus_stop(ann, friends.op_id))
    assert set(statuses(found)) == {"accepted"}
    _file(council)
    return ann


def _somebody_and_a_file(ann: Pusher) -> Operation:
    view = RecordView(RecordId("talk-zoe"), INTERVIEW, 1, bucket=BucketId("zoe:missing"), heads=ann.heads["talk-zoe"])
    friend, drawing = row_path("people", "p1"), row_path("child_made", "c1")
    override = row_path("shared_without", "s1")
    return ann.author.say(
        ann.stamp(),
        view,
        [
            Change(friend, {"position": "a0"}),
            Change(f"{friend}/name", "Dex Doyle"),
            Change(f"{friend}/how_met", "School"),
            Change(drawing, {"position": "a0"}),
            Change(f"{drawing}/file", FILE),
            Change(field_path("during"), "At the old bus stop"),
            Change(override, {"position": "a0"}),
            Change(f"{override}/recipient", "police"),
            Change(f"{override}/child_told", False),
        ],
    )


def _bus_stop(ann: Pusher, after: OperationId) -> Operation:
    """Said anew: what was written before stays in the history alone."""
    view = RecordView(RecordId("talk-zoe"), INTERVIEW, 1, bucket=BucketId("zoe:missing"), heads=(after,))
    return ann.author.say(ann.stamp(), view, [Change(field_path("during"), "At the bus stop", (after,))])


def _file(council: Council) -> None:
    place = council.home.blobs / SHA[:2] / SHA
    place.parent.mkdir(parents=True)
    place.write_bytes(PICTURE)
    row = {"sha256": SHA, "record_id": "talk-zoe", "bytes": len(PICTURE), "received_at": "2026-03-27T15:32:00+00:00"}
    with council.service.database.writing() as connection:
        connection.execute(insert(blob_use).values(row))
