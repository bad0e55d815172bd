"""Notices over a real service: who is told of a deed, on whose laptop it arrives, and what comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casework.canonical import JSON
from casework.identifiers import OfficerId, RecordId, child_named
from casework.practice.notices.notice_table import NOTICE, NoticeKind, officer_mark
from casework.practice.roles import REACHES, Role
from casework.records import Change, cell_path, row_path
from desktop.compose import build_catalogue
from desktop.flows.case_file import case_file
from desktop.flows.desk import Desk
from desktop.flows.due.missing_matters import matters
from desktop.flows.due.missing_now import missing_now
from desktop.flows.notices import inbox
from desktop.flows.notices.inbox import Notice, NoticeState
from desktop.flows.record import editing
from tests.central.running import Council
from tests.together.laptops import Laptop

CATALOGUE = build_catalogue()
SECRET = "Behind the old cinema"
AWAY: dict[str, JSON] = {
    "last_seen_at": "2026-03-27T11:25:00+00:00",
    "reported_at": "2026-03-27T11:52:00+00:00",
    "last_seen_where": SECRET,
    "care_status": "lac",
}
FACTS: dict[str, JSON] = {"given_name": "Wren", "family_name": "Hollowby", "allocated_worker": "Imogen Sallow"}
Join = Callable[[Role], tuple[Laptop, Desk]]


@pytest.fixture
def join(council: Council, tmp_path: Path) -> Iterator[Join]:
    """An officer of that role, whose id is the role's name, with a laptop."""
    made: list[Laptop] = []

    def joined(role: Role) -> tuple[Laptop, Desk]:
        council.officer(officer_of(role), role.value)
        made.append(Laptop.joined(council, officer_of(role), tmp_path / role.value))
        return made[-1], Desk(made[-1].vault, CATALOGUE, council.clock)

    yield joined
    for laptop in made:
        laptop.vault.close()


@pytest.fixture
def begun(join: Join) -> tuple[Laptop, Desk, str]:
    """A manager's laptop, on which a child was recorded missing; sent."""
    laptop, desk = join(Role.MISSING_MANAGER)
    child = editing.new_record(desk, "child", "", FACTS)
    editing.new_record(desk, "missing_episode", child, AWAY)
    laptop.synced()
    return laptop, desk, child


def officer_of(role: Role) -> str:
    return role.value.replace("_", "-")


def kinds(desk: Desk) -> set[NoticeKind]:
    return {one.kind for one in inbox.inbox(desk)}


def only(found: tuple[Notice, ...]) -> Notice:
    (one,) = found
    return one


def test_the_reviewing_officer_reads_it_and_the_manager_sees_when(
    council: Council, join: Join, begun: tuple[Laptop, Desk, str]
) -> None:
    """F10: told by rule, opened by their own laptop; nobody types that it was read. A role that writes nothing does
    write that."""
    laptop, desk, child = begun
    theirs, iro = join(Role.IRO)
    council.allocate("iro", child)
    theirs.synced()
    told = only(inbox.inbox(iro))
    assert (told.kind, told.child_name, told.sent_by) == (NoticeKind.EPISODE_BEGUN, "Wren Hollowby", "Missing-Manager")

    council.clock.move(minutes=8)
    inbox.open_notice(iro, told.record_id)
    inbox.open_notice(iro, told.record_id)
    theirs.synced()
    laptop.synced()

    about = {one.addressee: one for one in inbox.told_of(desk, told.about_id)}
    seen = about["Reviewing officer or conference chair"]
    assert seen.state is NoticeState.OPENED
    assert seen.opened_at == council.clock()
    assert about["Allocated worker"].state is NoticeState.UNREAD
    steps = {step.name: (step.state, step.line) for step in missing_now(desk)[0].steps}
    assert steps["Reviewing officer"] == ("done", "done 14:40")

    inbox.acknowledge(iro, told.record_id, "I will ring her at eight.")
    theirs.synced()
    laptop.synced()

    (receipt,) = next(one for one in inbox.told_of(desk, told.about_id) if one.record_id == told.record_id).receipts
    assert (receipt.name, receipt.words) == ("Iro", "I will ring her at eight.")


def test_the_director_reads_the_alert_on_a_laptop_that_holds_no_child(
    join: Join, begun: tuple[Laptop, Desk, str]
) -> None:
    """A senior manager's laptop showed nothing: now the alert is there, with a name, and can be opened."""
    laptop, desk, child = begun
    theirs, director = join(Role.SENIOR_MANAGER)
    episode = missing_now(desk)[0].episode_id
    alert: dict[str, JSON] = {"episode_id": episode, "care_status": "lac", "summary": "Away all night."}
    alert["sent_to"] = [{"who": "dcs", "at": "2026-03-27T14:32:00"}]
    editing.new_record(desk, "need_to_know", child, alert)
    laptop.synced()
    theirs.synced()

    assert kinds(director) == {NoticeKind.NEED_TO_KNOW}
    told = only(inbox.inbox(director))
    assert told.child_name == "Wren Hollowby"
    assert told.about_here
    assert editing.open_record(director, told.about_id).child.name == "Wren Hollowby"
    inbox.open_notice(director, told.record_id)
    theirs.synced()
    laptop.synced()

    assert next(s for s in missing_now(desk)[0].steps if s.name == "Director").state == "done"


def test_mash_is_asked_before_it_holds_the_child_and_takes_it_on(council: Council, join: Join) -> None:
    """D7: a child nobody knows is screened; until it is taken on, MASH has the name and no record."""
    laptop, desk = join(Role.MISSING_ADVOCATE)
    theirs, mash = join(Role.MASH)
    child = editing.new_record(desk, "child", "", {"given_name": "Milo", "family_name": "Fernsby"})
    episode = editing.new_record(desk, "missing_episode", child, {**AWAY, "care_status": "not_a_client"})
    laptop.synced()
    theirs.synced()

    told = only(inbox.inbox(mash))
    assert (told.kind, told.child_name, told.about_here) == (NoticeKind.SCREENING_ASKED, "Milo Fernsby", False)
    assert not theirs.view(episode).form_id
    assert [s.form_id for s in mash.vault.summaries()] == [NOTICE]
    inbox.acknowledge(mash, told.record_id)
    theirs.synced()
    theirs.synced()

    assert theirs.answer(episode, "last_seen_where") == SECRET
    assert inbox.notice(mash, told.record_id).about_here
    laptop.synced()
    assert any(one.state is NoticeState.ACKNOWLEDGED for one in inbox.told_of(desk, episode))


@pytest.mark.parametrize(("to", "named"), [("mash", "MASH"), ("early_help", "Early Help"), ("prevent", "Prevent")])
def test_a_referral_that_mash_took_up_is_not_chased(council: Council, join: Join, to: str, named: str) -> None:
    """B; S1 6.4.2: the hub takes what is for Early Help and for Prevent too, and is told which. Its notice was
    acknowledged on their own laptop; nobody types that into the referral as well."""
    laptop, desk = join(Role.ALLOCATED_WORKER)
    theirs, mash = join(Role.MASH)
    child = editing.new_record(desk, "child", "", FACTS)
    sent: dict[str, JSON] = {"to": to, "urgent": "same_day", "sent_at": "2026-03-27T14:32:00+00:00"}
    editing.new_record(desk, "mash_referral", child, sent)
    laptop.synced()
    theirs.synced()
    council.clock.move(days=4)
    assert [one.kind for one in matters(case_file(desk, child))] == ["referral"]

    (told,) = inbox.inbox(mash)
    assert ("To", named) in told.facts
    inbox.acknowledge(mash, told.record_id)
    theirs.synced()
    laptop.synced()

    assert matters(case_file(desk, child)) == ()


def test_the_night_hands_over_to_the_day_and_the_day_to_the_night(join: Join) -> None:
    """What one shift began the other goes on with."""
    night_laptop, night = join(Role.OUT_OF_HOURS)
    day_laptop, day = join(Role.MISSING_MANAGER)
    for desk in (night, day):
        child = editing.new_record(desk, "child", "", FACTS)
        editing.new_record(desk, "missing_episode", child, AWAY)
    for laptop in (night_laptop, day_laptop, night_laptop):
        laptop.synced()

    assert NoticeKind.HAND_OVER in kinds(night)
    assert NoticeKind.HAND_OVER in kinds(day)
    assert all(one.sent_by == "Missing-Manager" for one in inbox.inbox(night))


@pytest.mark.parametrize("role", list(REACHES))
@pytest.mark.parametrize("allocated", [False, True], ids=["stranger", "allocated"])
def test_without_the_form_not_a_word_of_a_notice(
    council: Council, join: Join, begun: tuple[Laptop, Desk, str], role: Role, allocated: bool
) -> None:
    """Every role: a notice is held by whoever may hold the record it is about, and by those asked before; and nobody
    gets a word of the record with it."""
    laptop, desk, child = begun
    action = editing.new_record(desk, "action", child, {"what": "Ring the school", "who": "Imogen Sallow"})
    editing.new_record(desk, "need_to_know", child, {"care_status": "lac", "sent_to": [{"who": "dcs"}]})
    laptop.synced()
    if role is Role.MISSING_MANAGER:
        return
    theirs, other = join(role)
    reach = REACHES[role]
    if allocated and reach.by_commission:
        (episode,) = desk.vault.summaries(form_id="missing_episode")
        council.commission(officer_of(role), child, episode.record_id, council.clock().date())
    elif allocated and reach.strands:
        council.allocate(officer_of(role), child)

    theirs.synced()

    if allocated and reach.by_commission:
        assert {s.form_id for s in other.vault.summaries()} == {"child", "missing_episode"}
        return
    holds = allocated or reach.children in ("team", "council")
    for notice in inbox.every_notice(other):
        strand = "core" if notice.about_form == "action" else "missing"
        assert reach.opens(notice.about_form, strand)
        assert holds or (reach.children == "referred" and notice.is_mine)
    if not holds and reach.children != "referred":
        assert other.vault.summaries() == []
    expected = {"action", "missing_episode", "need_to_know"}
    forms = {notice.about_form for notice in inbox.every_notice(other)}
    strands = {"action": "core", "missing_episode": "missing", "need_to_know": "missing"}
    if holds:
        assert forms == {form for form in expected if reach.opens(form, strands[form])}
    assert not any(SECRET in s.answers_json for s in other.vault.summaries(form_id=NOTICE))
    assert action


def test_nobody_says_for_somebody_else_that_they_read_it(
    council: Council, join: Join, begun: tuple[Laptop, Desk, str]
) -> None:
    """Not the sender, not a colleague under the reader's name; nor does anybody change what a notice says."""
    laptop, desk, child = begun
    notice = next(one for one in inbox.every_notice(desk) if one.addressee.startswith("Reviewing"))
    view = laptop.view(notice.record_id)
    forged = [Change(row_path("receipts", officer_mark(OfficerId("iro"))), {"position": "a0"})]
    forged += [Change(cell_path("receipts", officer_mark(OfficerId("iro")), "opened_at"), "2026-03-27T15:00:00+00:00")]
    own = officer_mark(OfficerId("missing-manager"))
    mine = [Change(row_path("receipts", own), {"position": "a0"}), Change(cell_path("receipts", own, "name"), "Me")]
    laptop.write(lambda stamp: laptop.author.say(stamp, view, forged))
    laptop.write(lambda stamp: laptop.author.say(stamp, view, mine))
    laptop.write(lambda stamp: laptop.author.say(stamp, view, [Change("f/kind", "referral", view.saw("f/kind"))]))
    laptop.synced()
    theirs, iro = join(Role.IRO)
    council.allocate("iro", child)

    theirs.synced()

    (told,) = (one for one in inbox.inbox(iro) if one.record_id == notice.record_id)
    assert (told.kind, told.receipts) == (NoticeKind.EPISODE_BEGUN, ())


def test_what_a_notice_may_not_say_goes_nowhere(join: Join, begun: tuple[Laptop, Desk, str]) -> None:
    """Words of the record, put into a notice by somebody who made their own program, are kept from its reader."""
    laptop, _desk, child = begun
    theirs, _mash = join(Role.MASH)
    strand = "to.mash.missing_episode"
    said = {"kind": "screening_asked", "about_form": "missing_episode", "to_role": "mash", "about": "x"}
    changes = [Change(f"f/{name}", value) for name, value in said.items()]
    changes += [Change("r/facts/n1", {"position": "a0"}), Change("r/facts/n1/value", SECRET)]
    changes += [Change("r/facts/n1/fact", "missing_episode.last_seen_where")]
    author = laptop.author
    laptop.write(
        lambda stamp: author.create(
            stamp,
            record_id=RecordId("forged"),
            child_id=child_named(child),
            strand=strand,
            form_id=NOTICE,
            form_version=1,
            changes=changes,
        )
    )
    laptop.synced()

    theirs.synced()

    assert not theirs.view("forged").form_id
    assert not any(SECRET in s.answers_json for s in theirs.vault.summaries())
