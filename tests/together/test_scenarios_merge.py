"""Sync study 4, scenarios 1 to 5, 7, 13 to 20: what two and three people said without seeing each other."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import NamedTuple

import pytest
from sqlalchemy import select

from casework.errors import RecordLocked, SignatureRefused
from casework.forms import Context, findings
from casework.identifiers import RecordId
from casework.records import Merge
from central.database import tables
from tests.central.running import Council
from tests.together.conftest import Join
from tests.together.laptops import Laptop

BEFORE, AFTER = "2026-03-20T10:00:00+00:00", "2026-03-21T10:00:00+00:00"


class Team(NamedTuple):
    ann: Laptop
    ben: Laptop
    cas: Laptop
    child: str

    def all_synced(self) -> None:
        """Twice, so that the first has what the last said."""
        for laptop in (self.ann, self.ben, self.cas) * 2:
            laptop.synced()

    def hashes(self, record_id: str) -> set[str]:
        return {laptop.view(record_id).content_hash for laptop in (self.ann, self.ben, self.cas)}


@pytest.fixture
def team(council: Council, join: Join) -> Team:
    """Three advocates allocated to one child, whose record all three have."""
    ann, ben, cas = join("ann"), join("ben"), join("cas")
    child = ann.child(given_name="Zoë", family_name="Ōtsuka")
    ann.synced()
    for officer in ("ben", "cas"):
        council.allocate(officer, child)
    found = Team(ann, ben, cas, child)
    found.all_synced()
    return found


def test_01_different_fields_are_both_there(team: Team) -> None:
    team.ann.say(team.child, known_as="Zo")
    team.ben.say(team.child, pronouns="she")
    team.all_synced()

    assert (team.cas.answer(team.child, "known_as"), team.cas.answer(team.child, "pronouns")) == ("Zo", "she")
    assert team.cas.view(team.child).conflicts == ()
    assert len(team.hashes(team.child)) == 1


def test_02_different_texts_for_one_field_both_stand(team: Team) -> None:
    team.ann.say(team.child, known_as="Zo")
    team.ben.say(team.child, known_as="Zed")
    team.all_synced()

    for laptop in team[:3]:
        assert {"Zo", "Zed"} == laptop.texts(team.child, "known_as")
        assert laptop.view(team.child).conflicts == ("f/known_as",)


def test_02_what_else_waits_goes_while_a_decision_waits(team: Team) -> None:
    """Check 19: nobody has to decide before they can send, in the same record or in another."""
    team.ann.say(team.child, known_as="Zo")
    team.ben.say(team.child, known_as="Zed")
    team.all_synced()
    team.ann.say(team.child, pronouns="she")
    other = team.ann.child(given_name="Otto", family_name="Pennyfeather")
    team.all_synced()

    assert team.ann.vault.outbox.count() == 0
    assert team.cas.answer(team.child, "pronouns") == "she"
    assert {"Zo", "Zed"} == team.cas.texts(team.child, "known_as")
    assert team.ann.view(other).answer("f/given_name") == "Otto"


def test_03_the_same_text_twice_is_no_conflict(team: Team) -> None:
    team.ann.say(team.child, known_as="Zo")
    team.ben.say(team.child, known_as="Zo")
    team.all_synced()

    assert team.cas.view(team.child).conflicts == ()
    assert {"Zo"} == team.cas.texts(team.child, "known_as")


def test_04_an_unseen_third_text_survives_the_resolution_of_two(team: Team) -> None:
    team.ann.say(team.child, known_as="Zo")
    team.ben.say(team.child, known_as="Zed")
    for laptop in (team.ann, team.ben, team.ann):
        laptop.synced()
    team.ann.resolve(team.child, "known_as", "Zo")
    team.cas.say(team.child, known_as="Zara")
    team.all_synced()

    assert {"Zo", "Zara"} == team.ben.texts(team.child, "known_as")
    assert team.ben.view(team.child).conflicts == ("f/known_as",)


def test_05_two_different_resolutions_are_a_new_conflict(team: Team) -> None:
    team.ann.say(team.child, known_as="Zo")
    team.ben.say(team.child, known_as="Zed")
    team.all_synced()
    team.ann.resolve(team.child, "known_as", "Zo")
    team.ben.resolve(team.child, "known_as", "Zed")
    team.all_synced()

    assert {"Zo", "Zed"} == team.cas.texts(team.child, "known_as")
    assert len(team.cas.vault.operations(team.child)) == 5


def test_07_the_order_of_arrival_does_not_matter(team: Team) -> None:
    for number in range(6):
        team[number % 3].say(team.child, known_as=f"name {number}")
    team.all_synced()
    operations = list(team.ann.vault.operations(team.child))
    hashes = set()
    for seed in range(20):
        random.Random(seed).shuffle(operations)
        hashes.add(Merge(RecordId(team.child), operations + operations[:2]).view().content_hash)

    assert hashes == team.hashes(team.child)


def test_13_a_row_edited_here_and_removed_there_is_kept_and_marked(team: Team) -> None:
    team.ann.add_row(team.child, "adults", "row-1", name="Aunt May")
    team.all_synced()
    team.ann.remove_row(team.child, "adults", "row-1")
    team.ben.add_row(team.child, "adults", "row-1", "a0", name="Aunt Maya")
    team.all_synced()

    (row,) = team.cas.view(team.child).rows("adults")
    assert row.removed_elsewhere
    assert team.cas.view(team.child).row_answers("adults", "row-1")["name"] == "Aunt Maya"


def test_14_two_rows_at_one_place_are_both_there_in_one_order(team: Team) -> None:
    team.ann.add_row(team.child, "adults", "row-a", "a0", name="May")
    team.ben.add_row(team.child, "adults", "row-b", "a0", name="Bo")
    team.all_synced()

    orders = {tuple(row.id for row in laptop.view(team.child).rows("adults")) for laptop in team[:3]}
    assert {("row-a", "row-b")} == orders


def test_15_a_record_discarded_here_and_written_there_is_contested(team: Team) -> None:
    view = team.ann.view(team.child)
    team.ann.write(lambda stamp: team.ann.author.discard(stamp, view, "entered twice"))
    for number in range(30):
        team.ben.say(team.child, known_as=f"name {number}")
    team.all_synced()

    for laptop in team[:3]:
        assert laptop.view(team.child).contested
        assert not laptop.view(team.child).discarded
        assert {"name 29"} == laptop.texts(team.child, "known_as")


def test_16_words_that_had_not_seen_the_signature_become_a_proposal(team: Team) -> None:
    team.ann.sign(team.child)
    late = team.ben.say(team.child, known_as="Zo")
    team.all_synced()

    view = team.cas.view(team.child)
    assert [signature.intact for signature in view.signatures] == [True]
    assert (late.op_id,) == tuple(proposal.op_id for proposal in view.proposed)
    assert None is view.answer("f/known_as")


def test_17_words_that_had_seen_the_signature_lie_in_quarantine(team: Team, council: Council) -> None:
    """The laptop itself refuses them, so they are forged here past its own check."""
    team.ann.sign(team.child)
    team.all_synced()
    with pytest.raises(RecordLocked):
        team.ben.say(team.child, known_as="Zo")
    view = replace(team.ben.view(team.child), signatures=())
    forged = team.ben.say_over(view, known_as="Zo")

    report = team.ben.sync()

    assert report.quarantined == 1
    with council.service.database.reading() as connection:
        (row,) = connection.execute(select(tables.waiting)).mappings()
    assert ("record_locked", forged.payload.decode()) == (row["code"], row["payload"])
    assert len(team.ann.view(team.child).signatures) == 1


def test_18_two_people_sign_different_contents(team: Team) -> None:
    team.ann.say(team.child, known_as="Zo")
    team.ann.sign(team.child)
    team.ben.say(team.child, known_as="Zed")
    team.ben.sign(team.child)
    team.all_synced()

    for laptop in team[:3]:
        assert laptop.view(team.child).contested
        assert len(laptop.view(team.child).signatures) == 2


def test_19_no_signature_over_a_conflict(team: Team) -> None:
    """Refused on the laptop; and by the service, when somebody gets past that."""
    team.ann.say(team.child, known_as="Zo")
    team.ben.say(team.child, known_as="Zed")
    team.all_synced()
    with pytest.raises(SignatureRefused):
        team.ann.sign(team.child)
    view = replace(team.ann.view(team.child), conflicts=())
    team.ann.write(lambda stamp: team.ann.author.sign(stamp, view, name="Ann", ink=None))

    report = team.ann.sync()

    assert report.quarantined == 1
    assert "two texts" in team.ann.vault.outbox.waiting()[0].last_error


def test_20_a_merge_that_contradicts_itself_is_shown_not_refused(team: Team, council: Council) -> None:
    episode = team.ann.episode(team.child, last_seen_at=BEFORE)
    team.all_synced()
    team.ann.say(episode, last_seen_at=AFTER)
    team.ben.say(episode, found_at=BEFORE)
    team.all_synced()

    with council.service.database.reading() as connection:
        definition = council.service.definitions.find("missing_episode", 1, connection)
    assert definition is not None
    answers = team.cas.view(episode).answers()
    kinds = {found.kind for found in findings(definition, answers, Context())}
    assert (answers["last_seen_at"], answers["found_at"]) == (AFTER, BEFORE)
    assert "contradiction" in kinds
