"""Sync study 4, scenarios 24 to 32, 50: forms and caseloads that change while people work."""

from __future__ import annotations

import shutil
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from casework.identifiers import BucketId, OperationId, RecordId, child_named
from casework.records import Change, Kind, Operation, RecordView, Stamp, field_path
from casework.wire.protocol import Fetch, Fetched, Have, HaveReply, Hello, HelloReply, Names, NamesQuery
from central.commands import founding
from central.database import tables
from central.feed import pulling
from central.intake import definitions
from desktop.compose import build_catalogue
from desktop.flows.desk import Desk
from desktop.flows.due.interviews.interviews_due import start_interview
from desktop.flows.papers.before_you_go import before_you_go, time_of_visit
from desktop.flows.record.editing import new_record
from desktop.sync import identity
from desktop.sync.errors import Refusal
from desktop.sync.state import OUTDATED, State
from tests.central.running import Council
from tests.together.conftest import Join
from tests.together.faults import Faults, sync_through
from tests.together.laptops import Laptop
from tests.together.test_scenarios_delivery import conversation

SEX = '[[section.question]]\nid = "sex"'
SHOES = '[[section.question]]\nid = "shoe_size"\nlabel = "Shoe size"\ntype = "text"\nsource = "J"\n\n'


def publish_changed(council: Council, folder: Path, *changed: tuple[str, str], after: str = "") -> None:
    """A ninth version of the child's form, in which every first word of a pair is written as the second."""
    source = founding.shipped_forms() / "child.1.toml"
    shutil.copytree(source.parent, folder)
    text = source.read_text(encoding="utf-8").replace("version = 1", "version = 9", 1)
    for was, becomes in changed:
        text = text.replace(was, becomes)
    (folder / "child.1.toml").write_text(text + after, encoding="utf-8")
    with council.service.database.writing() as connection:
        definitions.publish(connection, folder / "child.1.toml", council.clock())
    council.service.intake.retry_held()


def form_two(council: Council, folder: Path) -> None:
    """A second version of the child's form, with one question more."""
    publish_changed(council, folder, (SEX, SHOES + SEX))


def reassigned(laptop: Laptop, stamp: Stamp, view: RecordView, bucket: BucketId) -> Operation:
    """The record moves: it was begun for the wrong child."""
    operation = laptop.author.discard(stamp, view, "wrong child")
    moved = replace(operation, kind=Kind.REASSIGN, body={"bucket": bucket, "reason": "wrong child"})
    return moved.sealed_with(laptop.author.key)


def begin_in_version_two(laptop: Laptop, child: str) -> Operation:
    return laptop.write(
        lambda stamp: laptop.author.create(
            stamp,
            record_id=RecordId(child),
            child_id=child_named(child),
            strand="core",
            form_id="child",
            form_version=9,
            changes=[Change(field_path("given_name"), "Zoë"), Change(field_path("shoe_size"), "36")],
        )
    )


def test_24_a_form_the_service_lacks_is_waited_for(council: Council, join: Join, tmp_path: Path) -> None:
    ann = join("ann")
    begin_in_version_two(ann, "child-1")
    other = ann.child(given_name="Bo", family_name="Stone")

    report = ann.synced()

    assert (report.held, report.accepted) == (1, 1)
    (waiting,) = ann.vault.outbox.waiting()
    assert (waiting.record_id, waiting.status) == ("child-1", "held")
    form_two(council, tmp_path / "forms")
    ann.synced()
    assert ann.vault.outbox.waiting() == []
    assert ann.answer(other, "given_name") == "Bo"


def test_25_words_a_laptop_does_not_know_pass_through_it(council: Council, join: Join, tmp_path: Path) -> None:
    form_two(council, tmp_path / "forms")
    ann, ben = join("ann"), join("ben")
    begin_in_version_two(ann, "child-1")
    ann.synced()
    council.allocate("ben", "child-1")
    ben.synced()
    ben.say("child-1", known_as="Zo")
    ben.synced()
    ann.synced()

    assert ben.answer("child-1", "shoe_size") == "36"
    assert (ann.answer("child-1", "shoe_size"), ann.answer("child-1", "known_as")) == ("36", "Zo")


def test_26_a_renamed_question_loses_no_answer(council: Council, join: Join, tmp_path: Path) -> None:
    """A record stays on the version it was begun in, also for words that are said after the rename: nothing is put
    under another name, and a laptop that knows both versions reads it as it was asked."""
    ann, ben = join("ann"), join("ben")
    child = ann.child(given_name="Zoë", known_as="Zo")
    ann.synced()
    council.allocate("ben", child)
    mapping = '\n[[mapping]]\nfrom_version = 1\nrenamed = { known_as = "called" }\n'
    publish_changed(council, tmp_path / "forms", ('"known_as"', '"called"'), after=mapping)
    ben.synced()
    ben.say(child, known_as="Zozo")
    ben.synced()
    ann.synced()

    assert (ann.answer(child, "known_as"), ann.view(child).form_version) == ("Zozo", 1)
    assert ann.view(child).content_hash == ben.view(child).content_hash


def test_27_a_laptop_that_is_too_old_still_hands_over_its_work(council: Council, join: Join) -> None:
    """The service refuses to greet it, and says so; pushing goes on working."""
    ann = join("ann")
    ann.synced()
    ann.child(given_name="Zoë", family_name="Ōtsuka")
    old = Hello(proto_min=0, proto_max=0, app="old")
    with conversation(ann) as transport, pytest.raises(Refusal) as refusal:
        transport.call("/v1/hello", old, HelloReply, identity.signer_of(ann.vault))
    assert (refusal.value.status, refusal.value.code) == (426, "upgrade_required")

    body = b'{"title":"Upgrade Required","status":426,"code":"upgrade_required"}'
    too_old = httpx.Response(426, headers={"content-type": "application/problem+json"}, content=body)
    report = sync_through(ann, Faults(change=lambda path, found: too_old if path == "/v1/hello" else found))

    assert (report.accepted, report.problem) == (1, OUTDATED)
    assert ann.vault.outbox.waiting() == []


def test_28_a_caseload_lost_with_unsent_words(council: Council, join: Join) -> None:
    """They are pushed, lie in quarantine, and then the record leaves the laptop."""
    ann, ben = join("ann"), join("ben")
    child = ann.child(given_name="Zoë", family_name="Ōtsuka")
    ann.synced()
    council.allocate("ben", child)
    ben.synced()
    late = ben.say(child, known_as="Zo")
    council.withdraw("ben", child)

    report = ben.sync()

    assert (report.pushed, report.quarantined) == (1, 1)
    with council.service.database.reading() as connection:
        (row,) = connection.execute(select(tables.waiting)).mappings()
    assert ("out_of_scope", late.payload.decode()) == (row["code"], row["payload"])
    assert ben.vault.operations(child) == ()
    assert ben.vault.summaries() == []
    assert ben.vault.search("Zoë", 10) == []
    device_id = ben.device["id"]
    ben.child(given_name="New", family_name="Stone")
    assert ben.synced().accepted == 1
    assert ben.device["id"] == device_id


def test_29_a_caseload_lost_and_regained_is_whole_again(council: Council, join: Join) -> None:
    ann, ben = join("ann"), join("ben")
    child = ann.child(given_name="Zoë", family_name="Ōtsuka")
    ann.synced()
    council.allocate("ben", child)
    ben.synced()
    own = ben.say(child, known_as="Zo")
    ben.synced()
    council.withdraw("ben", child)
    ben.synced()
    assert ben.vault.operations(child) == ()
    ann.synced()
    ann.say(child, pronouns="she")
    ann.synced()
    council.allocate("ben", child)
    ben.synced()

    bucket = BucketId(f"{child}:core")
    assert (ben.answer(child, "known_as"), ben.answer(child, "pronouns")) == ("Zo", "she")
    assert own in ben.vault.operations(child)
    ann.synced()
    assert ann.vault.feed.digest(bucket) == ben.vault.feed.digest(bucket) == ben.vault.feed.recount(bucket)
    ben.say(child, known_as="Zed")
    assert ben.synced().accepted == 1


def test_30_a_record_that_moves_never_blinks_out(council: Council, join: Join) -> None:
    """For who may hold both ends; who may hold one end only gains or loses it."""
    ann, ben = join("ann"), join("ben")
    right, wrong = (ann.child(given_name=name, family_name="Stone") for name in ("Ada", "Bo"))
    episode = ann.episode(wrong, police_ref="14/1")
    ann.synced()
    council.allocate("ben", wrong)
    ben.synced()
    view = ann.view(episode)
    ann.write(lambda stamp: reassigned(ann, stamp, view, BucketId(f"{right}:missing")))
    ann.synced()
    assert ann.answer(episode, "police_ref") == "14/1"
    ben.synced()

    with council.service.database.reading() as connection:
        home = connection.execute(
            select(tables.record.c.bucket).where(tables.record.c.record_id == episode)
        ).scalar_one()
    assert f"{right}:missing" == home
    assert ben.vault.operations(episode) == ()
    for bucket in (BucketId(f"{right}:missing"), BucketId(f"{wrong}:missing")):
        assert ann.vault.feed.digest(bucket) == ann.vault.feed.recount(bucket)
    council.allocate("ben", right)
    ben.synced()
    assert ben.answer(episode, "police_ref") == "14/1"


def test_31_added_and_removed_between_two_pulls_leaves_nothing(council: Council, join: Join) -> None:
    ann, ben = join("ann"), join("ben")
    child = ann.child(given_name="Zoë", family_name="Ōtsuka")
    ann.synced()
    council.allocate("ben", child)
    ben.synced()
    before = ben.vault.feed.digest(BucketId(f"{child}:core"))
    ann.add_row(child, "adults", "row-1", name="May")
    ann.remove_row(child, "adults", "row-1")
    ann.synced()
    ben.synced()

    assert before != ben.vault.feed.digest(BucketId(f"{child}:core"))
    assert ben.view(child).rows("adults") == ()
    assert ann.view(child).content_hash == ben.view(child).content_hash


def test_32_what_a_role_may_not_see_is_not_on_the_wire_nor_on_the_disk(council: Council, join: Join) -> None:
    """An education officer of the same child gets the core record, and not a byte of the missing strand."""
    council.officer("edu", "ehe_officer")
    ann, edu = join("ann"), join("edu")
    child = ann.child(given_name="Zoë", family_name="Ōtsuka")
    ann.episode(child, police_ref="TOP-SECRET-REFERENCE")
    ann.synced()
    council.allocate("edu", child, "core", "missing", "education")
    faults = Faults()

    report = sync_through(edu, faults)

    assert None is report.problem
    assert edu.answer(child, "given_name") == "Zoë"
    assert not any(b"TOP-SECRET" in body for body in faults.received)
    assert [child] == [summary.record_id for summary in edu.vault.summaries()]


def test_32_the_time_of_an_interview_tells_no_education_officer_that_there_is_one(council: Council, join: Join) -> None:
    """What is planned about a record stands in that record's strand, as its notes do."""
    council.officer("edu", "ehe_officer")
    ann, edu = join("ann"), join("edu")
    child = ann.child(given_name="Zoë", family_name="Ōtsuka")
    desk = Desk(ann.vault, build_catalogue(), ann.now)
    interview = start_interview(desk, ann.episode(child, found_at="2026-03-20T10:00:00+00:00"))
    visit = time_of_visit(desk, before_you_go(desk, interview))
    ann.synced()
    council.allocate("edu", child, "core", "missing", "education")
    edu.synced()

    assert ann.view(visit).form_id == "appointment"
    assert [child] == [summary.record_id for summary in edu.vault.summaries()]


@pytest.mark.parametrize("form_id", ["appointment", "action"])
def test_32_what_the_missing_team_plans_about_no_record_stays_with_it(
    council: Council, join: Join, form_id: str
) -> None:
    """“Find Me Plan review”, begun from New record, stood in the part that education officers hold too."""
    council.officer("edu", "ehe_officer")
    ann, edu = join("ann"), join("edu")
    child = ann.child(given_name="Zoë", family_name="Ōtsuka")
    planned = new_record(Desk(ann.vault, build_catalogue(), ann.now), form_id, child, {"what": "Find Me Plan review"})
    ann.synced()
    council.allocate("edu", child, "core", "missing", "education")
    edu.synced()

    assert ann.view(planned).form_id == form_id
    assert [child] == [summary.record_id for summary in edu.vault.summaries()]


def test_50_losing_much_at_once_waits_for_a_person(council: Council, join: Join) -> None:
    ann = join("ann")
    children = [ann.child(given_name=f"Child {number}", family_name="Stone") for number in range(10)]
    ann.synced()
    for child in children[:6]:
        council.withdraw("ann", child)

    report = ann.sync()

    assert "more than a fifth" in str(report.problem)
    assert len(ann.vault.summaries()) == 10
    assert None is sync_through(ann, Faults(), State(losses_confirmed=True)).problem
    assert len(ann.vault.summaries()) == 4


def test_a_child_or_two_leave_without_being_asked_about(council: Council, join: Join) -> None:
    """Also those about whom much was told: each notice lies in a bucket of its own, and those were counted."""
    ann, ben = join("ann"), join("ben")
    children = [ann.child(given_name=f"Child {number}", family_name="Stone") for number in range(3)]
    ann.synced()
    for child in children:
        council.allocate("ben", child)
    ben.synced()
    for child in children[:2]:
        council.withdraw("ben", child)

    assert ben.sync().problem is None
    assert len(ben.vault.summaries()) == 1


EARLY, LATE = "SAID-BEFORE-THE-MOVE", "SAID-AFTER-THE-MOVE"
DEEDS = ("move", "allocate", "pull", "say")


@pytest.mark.parametrize("order", list(permutations(DEEDS)), ids="-".join)
def test_words_from_before_a_move_reach_nobody_allocated_after_it(
    council: Council, join: Join, monkeypatch: pytest.MonkeyPatch, order: tuple[str, ...]
) -> None:
    """I8 in every order of moving, allocating, pulling and saying, with pages that end in the middle of the record."""
    monkeypatch.setattr(pulling, "PAGE_BYTES", 400)
    ann, ben = join("ann"), join("ben")
    right, wrong = (ann.child(given_name=name, family_name="Stone") for name in ("Ada", "Bo"))
    episode = ann.episode(wrong, police_ref=EARLY)
    for number in range(3):
        ann.say(episode, police_ref=f"{EARLY} {number}")
    ann.synced()
    faults = Faults()
    deeds = {
        "move": lambda: move(ann, episode, BucketId(f"{right}:missing")),
        "allocate": lambda: council.allocate("ben", wrong),
        "pull": lambda: sync_through(ben, faults),
        "say": lambda: (ann.say(episode, police_ref=LATE), ann.synced()),
    }
    for name in order:
        deeds[name]()

    report = sync_through(ben, faults)

    read = any(mark.encode() in body for body in faults.received for mark in (EARLY, LATE))
    was_entitled = order.index("allocate") < order.index("pull") < order.index("move")
    assert report.problem is None
    assert not read or was_entitled
    assert ben.vault.operations(episode) == ()
    assert ben.answer(wrong, "given_name") == "Bo"
    for bucket in (BucketId(f"{wrong}:missing"), BucketId(f"{wrong}:core")):
        assert ben.vault.feed.digest(bucket) == ben.vault.feed.recount(bucket)
    council.allocate("ben", right)
    ben.synced()
    assert LATE in str(ben.answer(episode, "police_ref"))


def move(laptop: Laptop, record_id: str, bucket: BucketId) -> None:
    view = laptop.view(record_id)
    laptop.write(lambda stamp: reassigned(laptop, stamp, view, bucket))
    laptop.synced()


def test_no_question_tells_whether_somebody_elses_words_or_colleagues_exist(council: Council, join: Join) -> None:
    """One answer for “not yours” and “not there”: of what moved away, of other caseloads, and of what is nowhere."""
    ann, ben = join("ann"), join("ben")
    right, wrong = (ann.child(given_name=name, family_name="Stone") for name in ("Ada", "Bo"))
    episode = ann.episode(wrong, police_ref=EARLY)
    ann.synced()
    move(ann, episode, BucketId(f"{right}:missing"))
    council.allocate("ben", wrong)
    theirs = [operation.op_id for record in (episode, right) for operation in ann.vault.operations(record)]
    nowhere = [f"{op_id[:-4]}0000" for op_id in theirs]
    with conversation(ben) as transport:
        signer = identity.signer_of(ben.vault)
        hello = transport.call("/v1/hello", Hello(proto_min=1, proto_max=1, app="x"), HelloReply, signer)
        asked = Hello(proto_min=1, proto_max=1, app="x", asking=[*theirs, *nowhere])
        standing = transport.call("/v1/hello", asked, HelloReply, signer).standing
        have = transport.call("/v1/have", Have(epoch=hello.epoch, op_ids=[*theirs, *nowhere]), HaveReply, signer)
        fetched = transport.call("/v1/fetch", Fetch(epoch=hello.epoch, op_ids=theirs), Fetched, signer)
        names = transport.call("/v1/names", NamesQuery(officers=["ann", "boss", "nobody"]), Names, signer)

    assert {result.status for result in standing} == {"unknown"}
    assert set(have.missing_here) == {*theirs, *nowhere}
    assert fetched.ops == []
    assert names.names == {"ann": "Ann"}  # she wrote in a record that Ben may read


def test_naming_anothers_operation_waits_as_naming_nothing_does(council: Council, join: Join) -> None:
    ann, ben = join("ann"), join("ben")
    hers, his = ann.child(given_name="Ada", family_name="Stone"), ben.child(given_name="Bo", family_name="Stone")
    ann.synced()
    ben.synced()
    (seen,) = ann.view(hers).heads
    for op_id in (seen, OperationId(f"{seen[:-4]}0000")):
        say_after(ben, his, op_id)
    report = ben.sync()

    assert (report.held, report.accepted) == (2, 0)


def say_after(laptop: Laptop, record_id: str, op_id: OperationId) -> None:
    view = replace(laptop.view(record_id), heads=(op_id,))
    laptop.write(lambda stamp: laptop.author.say(stamp, view, [Change(field_path("known_as"), "Zo")]))
