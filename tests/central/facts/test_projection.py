"""Facts are written with the words they come from, and are what the operations give whenever they are asked again."""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete, select

from casework.canonical import JSON
from casework.identifiers import OperationId, RecordId, child_named
from casework.records import Change, Kind, Merge, Operation, field_path
from casework.wire.protocol import seal
from central.commands.founding import upgrade
from central.database.fact_tables import FACT_TABLES, FOREVER, episode_fact, feed_moment
from central.facts.rebuilding import rebuild
from central.feed.stored_operations import operations_by_record
from tests.central.facts.kept_up import anew, kept_up
from tests.central.pushing import Pusher, statuses
from tests.central.running import Council

SEEN, FOUND = "2026-03-20T22:00:00+00:00", "2026-03-22T01:00:00+00:00"


def begun(ann: Pusher, **answers: JSON) -> Operation:
    """An episode of a child whom Ann brings with it."""
    said: dict[str, JSON] = {"care_status": "lac", "last_seen_at": SEEN, **answers}
    child = f"child-{secrets.token_hex(4)}"
    episode = f"episode-{secrets.token_hex(4)}"
    ann.push(ann.create(child, given_name="A", sex="female", date_of_birth="2012-02-29"))
    return ann.create(child, record=episode, strand="missing", form="missing_episode", **said)


def standing(council: Council, record_id: str) -> dict[str, object]:
    with council.service.database.reading() as connection:
        query = select(episode_fact).where(episode_fact.c.record_id == record_id, episode_fact.c.to_seq == FOREVER)
        return dict(connection.execute(query).mappings().one())


def assert_same(council: Council) -> None:
    with council.service.database.reading() as connection:
        assert kept_up(connection) == anew(connection)


def test_each_change_makes_a_state_and_what_counts_for_nothing_makes_none(council: Council) -> None:
    ann = Pusher.of(council, "ann")
    first = begun(ann)
    record = first.record_id
    assert statuses(ann.push(first)) == ["accepted"]
    told = ann.change(record, "missing_episode", "missing", "last_seen_where", "The park")
    found = ann.change(record, "missing_episode", "missing", "found_at", FOUND)
    ann.push(told)
    ann.push(found)

    with council.service.database.reading() as connection:
        query = select(episode_fact).where(episode_fact.c.record_id == record).order_by(episode_fact.c.from_seq)
        states = connection.execute(query).mappings().all()
    assert [(state["returned"], state["to_seq"] == FOREVER) for state in states] == [("no", False), ("known", True)]
    assert states[0]["to_seq"] == states[1]["from_seq"]
    assert states[1]["found_day"] - states[1]["started_day"] == 2
    assert states[1]["due_day"] - states[1]["found_day"] == 3  # back on a Sunday: Monday, Tuesday, Wednesday
    assert_same(council)


NEEDS: list[JSON] = ["attendance_engagement", "housing"]
OLD: dict[str, JSON] = {"phase": "special", "presenting_need": NEEDS, "open_to": ["early_help"]}
NEW: dict[str, JSON] = {
    "phase": "primary",
    "school_type": "special",
    "presenting_need": NEEDS,
    "main_need": "housing",
    "open_to": ["early_help_locality"],
}
ENDED: dict[str, JSON] = {"stage": "not_ehe", "notified_on": "2026-03-02", "end_reason": "Stays."}
SHAPES: tuple[tuple[str, str, int, dict[str, JSON]], ...] = (
    ("old", "cme_referral", 1, OLD),
    ("new", "cme_referral", 4, NEW),
    ("unsaid", "cme_referral", 4, {"presenting_need": NEEDS}),
    ("old-case", "ehe_case", 2, ENDED),
    ("new-case", "ehe_case", 3, {**ENDED, "support": ["food_bank"]}),
)


def test_one_reader_gives_the_facts_of_a_referral_and_a_case_of_either_shape(council: Council) -> None:
    """What was not asked before is read from what was, and stays as it was counted; nobody is asked again."""
    council.officer("bea", "cme_officer")
    bea = Pusher.of(council, "bea")
    for name, form, version, answers in SHAPES:
        bea.push(bea.create(f"child-{name}", given_name="A"))
        said = bea.author.create(
            bea.stamp(),
            record_id=RecordId(name),
            child_id=child_named(f"child-{name}"),
            strand="education",
            form_id=form,
            form_version=version,
            changes=[Change(field_path(question), value) for question, value in answers.items()],
        )
        assert statuses(bea.push(said)) == ["accepted"]

    with council.service.database.reading() as connection:
        read = [
            connection.execute(select(FACT_TABLES[what])).mappings().all() for what in ("referral", "home_education")
        ]
    found = {row["record_id"]: row for rows in read for row in rows}
    assert [found[name]["need"] for name in ("old", "new", "unsaid")] == [NEEDS[0], "housing", NEEDS[0]]
    assert [found[name]["school_type"] for name in ("old", "new")] == ["special", "special"]
    assert [found[name]["help_unspecified"] for name in ("old", "new")] == ["yes", "no"]
    assert [found[name]["help_locality"] for name in ("old", "new")] == ["no", "yes"]
    assert [found[name]["support"] for name in ("old-case", "new-case")] == ["not_recorded", "food_bank"]
    assert_same(council)


def test_two_answers_that_both_stand_are_unsettled_until_somebody_decides(council: Council) -> None:
    ann = Pusher.of(council, "ann")
    first = begun(ann)
    record = first.record_id
    ann.push(first, ann.change(record, "missing_episode", "missing", "care_status", "cin"))
    assert standing(council, record)["care_status"] == "unsettled"

    other = ann.change(
        record, "missing_episode", "missing", "care_status", "cpp", replaces=tuple(_ops(council, record))
    )
    ann.push(other)
    assert standing(council, record)["care_status"] == "cpp"
    assert_same(council)


def test_a_signed_correction_counts(council: Council) -> None:
    ann = Pusher.of(council, "ann")
    first = begun(ann)
    record = first.record_id
    ann.push(first)
    view = Merge(record, [first]).view()
    signed = ann.author.sign(ann.stamp(), view, name="Ann", ink=None)
    locked = Merge(record, [first, signed]).view()
    change = Change(field_path("care_status"), "cin", view.saw(field_path("care_status")))
    amended = ann.author.amend(ann.stamp(), locked, changes=[change], reason="wrong", name="Ann")
    assert amended.kind is Kind.AMEND
    assert statuses(ann.push(signed, amended)) == ["accepted", "accepted"]

    assert standing(council, record)["care_status"] == "cin"
    assert_same(council)


def test_many_pushers_at_once_leave_no_record_with_half_its_facts(council: Council) -> None:
    """Two laptops of one officer begin and change the same records, batch after batch."""
    ann, other = Pusher.of(council, "ann"), Pusher.of(council, "ann")
    episodes = [begun(ann) for _ in range(8)]

    def push(pusher: Pusher) -> None:
        for number, episode in enumerate(episodes):
            status = "cin" if pusher is ann else "cpp"
            said = pusher.change(episode.record_id, "missing_episode", "missing", "care_status", f"{status}")
            batch = [episode, said] if number % 2 else [said, episode]
            council.service.intake.push(pusher.device_id, [seal(op) for op in batch])

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(push, [ann, other]))
    assert_same(council)
    assert {standing(council, episode.record_id)["care_status"] for episode in episodes} == {"unsettled"}


def test_facts_of_a_service_that_kept_none_come_with_its_update(council: Council) -> None:
    ann = Pusher.of(council, "ann")
    first = begun(ann)
    ann.push(first)
    database = council.service.database
    with database.writing() as connection:
        before = kept_up(connection)
        for table in (feed_moment, *FACT_TABLES.values()):
            connection.execute(delete(table))
    upgrade(council.home, council.clock())

    with database.reading() as connection:
        found = kept_up(connection)
    assert [row["record_id"] for row in found["episode"]] == [row["record_id"] for row in before["episode"]]
    assert_same(council)


def test_a_rebuild_gives_the_same_again(council: Council) -> None:
    ann = Pusher.of(council, "ann")
    ann.push(begun(ann), begun(ann, outcome="duplicate"))
    database = council.service.database
    with database.reading() as connection:
        before = kept_up(connection)
    counts = database.transact(rebuild)
    with database.reading() as connection:
        assert kept_up(connection) == before
    assert counts["episode"] == 2


def _ops(council: Council, record_id: str) -> list[OperationId]:
    with council.service.database.reading() as connection:
        return [op.op_id for op in operations_by_record(connection, [record_id])[record_id]]


@pytest.mark.parametrize("value", ["2026-03", "2026"])
def test_a_month_is_not_a_day(council: Council, value: str) -> None:
    ann = Pusher.of(council, "ann")
    first = begun(ann, last_seen_at={"about": value})
    ann.push(first)
    found = standing(council, first.record_id)
    assert (found["began"], found["started_day"]) == ("day_not_recorded", None)
