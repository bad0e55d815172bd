"""The published extracts in: each row's records, who stays right, and ids that tell nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from casework.practice.figures.what_counts import Fact
from central.database.fact_tables import FACT_TABLES, FOREVER
from central.database.tables import record
from central.extracts.columns import Columns
from central.extracts.extract_rows import Imported
from central.extracts.import_csv import Importing
from tests.central.extracts.numbered import child_id_of, episode_id_of
from tests.central.extracts.test_import_csv import written
from tests.central.facts.kept_up import anew, kept_up
from tests.central.pushing import Pusher, statuses
from tests.central.running import Council

CHILDREN = """child_ref,name,date_of_birth,sex,ethnicity,sibling_group
C1,Ada Mary Stone,2009-05-01,female,A1,S1
C2,Ben Stone,2011-02-03,male,C2,S1
C3,Omar,,,,
"""
EPISODES = (
    "episode_ref,child_ref,started_at,returned_at,care_status,other_la,cse_level,placement_miles,rhi_decision,"
    "rhi_no_offer_reason,rhi_offered_at,rhi_reply,rhi_accepted_at,rhi_completed,rhi_completed_at,record_state\n"
    "E1,C1,2026-03-02T22:00:00+00:00,2026-03-03T09:00:00+00:00,lac,no,medium,12.5,yes,,2026-03-03T10:00:00+00:00,"
    "accepted,2026-03-03T11:00:00+00:00,yes,2026-03-05T15:00:00+00:00,counted\n"
    "E2,C2,2026-03-28T23:30:00+00:00,,cin,no,none,,,,,,,,,counted\n"
    "E3,C2,2026-03-10T12:00:00+00:00,2026-03-10T13:00:00+00:00,not_a_client,yes,none,,not_applicable,"
    "other_la_interviewing,,,,,,duplicate\n"
)
REFERRALS = """referral_ref,child_ref,family_ref,name,sex,ethnicity,locality,phase,school_type,year_group,opened_on,\
closed_on,outcome,previous_cme,fsm,open_to,presenting_need
R1,C9,F1,Zoë Ōtsuka,female,A5,Central,primary,special,4,2026-01-05,,,yes,yes,early_help_locality,neglect
R2,C1,F2,Ada Stone,male,A1,North,secondary,secondary,9,2026-01-06,2026-03-01,found_ehe,no,,social_care,none_noted
"""
SPELLS = """spell_ref,child_ref,name,date_of_birth,sex,started_on,ended_on,end_reason
S1,C8,Eve Hill,2012-10-10,female,2025-09-05,,
S2,C2,Ben Stone,2011-02-03,male,2024-09-05,2026-02-01,returned_school
"""
ENQUIRIES = """enquiry_ref,child_ref,opened_on,closed_on,outcome,support
Q1,C1,2026-01-01,2026-01-09,not_ehe,food_bank
Q2,C2,2026-01-01,,,
Q3,C3,2026-01-01,2026-01-10,became_ehe,
"""
EXCLUSIONS = """exclusion_ref,child_ref,kind,school,phase,from,days,reason,send,looked_after,reinstated,validated
X1,C1,fixed,Hill School,secondary,2026-03-02,1.5,DB,sen_support,yes,no,yes
X2,C2,permanent,Hill School,secondary,2026-03-09,,Threw a chair,none,no,,no
"""
FILES = {
    "children": CHILDREN,
    "episodes": EPISODES,
    "referrals": REFERRALS,
    "spells": SPELLS,
    "enquiries": ENQUIRIES,
    "exclusions": EXCLUSIONS,
}


def take(council: Council, folder: Path, what: str, text: str = "", **options: bool) -> Imported:
    file = written(folder, f"{what}.csv", text or FILES[what])
    return Importing(council.service, Columns.read(None), **options).take(what, file)


def facts(council: Council, subject: str) -> list[dict[str, Fact]]:
    table = FACT_TABLES[subject]
    with council.service.database.reading() as connection:
        rows = connection.execute(select(table).where(table.c.to_seq == FOREVER)).mappings()
        return [dict(row) for row in rows]


def test_every_extract_makes_records_that_count_and_twice_changes_nothing(council: Council, tmp_path: Path) -> None:
    first = {what: take(council, tmp_path, what) for what in FILES}
    again = {what: take(council, tmp_path, what) for what in FILES}

    assert {what: (found.new, found.refused, found.kept) for what, found in first.items()} == {
        "children": (3, [], True),
        "episodes": (3, [], True),
        "referrals": (2, [], True),
        "spells": (2, [], True),
        "enquiries": (3, [], True),
        "exclusions": (2, [], True),
    }
    assert {(found.new, found.changed) for found in again.values()} == {(0, 0)}
    episodes = {found["record_id"]: found for found in facts(council, "episode")}
    one = episodes[episode_id_of(council, "E1")]
    assert (one["child_id"], one["care_status"], one["miles"]) == (child_id_of(council, "C1"), "lac", 13)
    assert episodes[episode_id_of(council, "E2")]["returned"] == "no"
    assert episodes[episode_id_of(council, "E3")]["standing"] == "duplicate"
    interviews = {found["episode_id"]: found for found in facts(council, "interview")}
    assert set(interviews) == {episode_id_of(council, "E1"), episode_id_of(council, "E3")}
    held = interviews[episode_id_of(council, "E1")]
    assert (held["decision"], held["reply"], held["held"]) == ("yes", "accepted", "yes")
    referrals = sorted(facts(council, "referral"), key=lambda found: str(found["family"]))
    assert [(found["locality"], found["closed"]) for found in referrals] == [("central", "no"), ("north", "known")]
    assert {str(found["record_id"]).partition("-")[0] for found in referrals} == {
        "cme_referral"
    }  # as before there were cases
    assert (referrals[0]["help_locality"], referrals[0]["social_care"], referrals[0]["need"]) == (
        "yes",
        "no",
        "neglect",
    )
    spells = facts(council, "home_education")
    assert sorted(str(found["stage"]) for found in spells) == [
        "current",
        "enquiry",
        "not_ehe",
        "pending",
        "returned_school",
    ]
    assert sorted(str(found["support"]) for found in spells) == ["food_bank", *["not_recorded"] * 4]
    with council.service.database.reading() as connection:
        assert kept_up(connection) == anew(connection)


def test_a_referral_brings_the_child_and_never_contradicts_one_that_is_here(council: Council, tmp_path: Path) -> None:
    take(council, tmp_path, "children")
    take(council, tmp_path, "referrals")
    children = {found["child_id"]: found for found in facts(council, "child")}
    assert children[child_id_of(council, "C9")]["sex"] == "female"
    assert children[child_id_of(council, "C1")]["sex"] == "female"  # the referral said male


def test_a_new_number_for_a_child_who_is_here_is_told(council: Council, tmp_path: Path) -> None:
    take(council, tmp_path, "children")
    again = SPELLS.replace("C8,Eve Hill,2012-10-10", "C77,Ada Mary Stone,2009-05-01")
    found = take(council, tmp_path, "spells", again)
    assert [(line, "C1" in words) for line, words in found.notes] == [(2, True)]


def test_one_row_that_is_wrong_stops_all_and_a_trial_keeps_nothing(council: Council, tmp_path: Path) -> None:
    take(council, tmp_path, "children")
    bad = EPISODES.replace("2026-03-28T23:30:00+00:00", "yesterday").replace("E3,C2", "E3,C7")
    stopped = take(council, tmp_path, "episodes", bad)
    tried = take(council, tmp_path, "episodes", dry_run=True)
    assert [line for line, _ in stopped.refused] == [3, 4]
    assert "yesterday" in stopped.refused[0][1]
    assert "Import the children first" in stopped.refused[1][1]
    assert (stopped.kept, tried.kept, tried.new) == (False, False, 3)
    assert facts(council, "episode") == []

    rest = take(council, tmp_path, "episodes", bad, leave_out=True)
    assert (rest.new, rest.kept, len(facts(council, "episode"))) == (1, True, 1)


def test_what_a_person_changed_stays_until_the_extract_says_something_new(council: Council, tmp_path: Path) -> None:
    take(council, tmp_path, "children")
    take(council, tmp_path, "episodes")
    council.allocate("ann", child_id_of(council, "C1"))
    ann = Pusher.of(council, "ann")
    record_id = episode_id_of(council, "E1")
    begun = next(item for item in ann.pull().items if item.record_id == record_id)
    ann.heads[record_id] = (begun.op_id,)
    said = ann.change(record_id, "missing_episode", "missing", "care_status", "cin", replaces=(begun.op_id,))
    assert statuses(ann.push(said)) == ["accepted"]

    def status() -> Fact:
        return next(found["care_status"] for found in facts(council, "episode") if found["record_id"] == record_id)

    assert take(council, tmp_path, "episodes").changed == 0
    assert status() == "cin"
    assert take(council, tmp_path, "episodes", EPISODES.replace(",lac,", ",cpp,")).changed == 1
    assert status() == "unsettled"


@pytest.mark.parametrize("what", ["referrals", "spells"])
def test_the_id_of_a_new_reference_tells_nobody_the_reference(council: Council, tmp_path: Path, what: str) -> None:
    take(council, tmp_path, "children")
    take(council, tmp_path, what)
    with council.service.database.reading() as connection:
        ids = connection.execute(select(record.c.record_id).where(record.c.form_id != "child")).scalars().all()
    assert ids
    assert all(len(record_id.rpartition("-")[2]) == 40 for record_id in ids)


def test_what_an_extract_says_no_longer_is_taken_back_and_a_persons_words_are_not(
    council: Council, tmp_path: Path
) -> None:
    """A return that was entered by mistake: the child is missing still. A case that was closed by mistake is open."""
    for what in ("children", "episodes", "referrals"):
        take(council, tmp_path, what)
    ann = Pusher.of(council, "ann")
    council.allocate("ann", child_id_of(council, "C1"))
    episode = episode_id_of(council, "E1")
    said = ann.change(episode, "missing_episode", "missing", "cse_level", "high")
    assert statuses(ann.push(said)) == ["accepted"]
    emptied = EPISODES.replace("2026-03-03T09:00:00+00:00,lac,no,medium,12.5", ",lac,no,,")
    again = take(council, tmp_path, "episodes", emptied)
    assert (again.changed, again.new, again.refused) == (1, 0, [])
    one = {found["record_id"]: found for found in facts(council, "episode")}[episode]
    assert (one["returned"], one["miles"], one["care_status"]) == ("no", None, "lac")
    assert one["cse_level"] != "not_recorded"
    assert (take(council, tmp_path, "episodes", emptied).changed, take(council, tmp_path, "episodes").changed) == (0, 1)

    reopened = REFERRALS.replace("2026-03-01,found_ehe", ",")
    assert take(council, tmp_path, "referrals", reopened).changed == 1
    assert {found["closed"] for found in facts(council, "referral")} == {"no"}
