"""Who manages education, over a real service: what each holds, checks and decides about, by the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from casework.canonical import JSON
from casework.errors import KnownError, NotThisRole
from casework.practice.manager_check import CheckState
from casework.practice.notices.notice_table import NoticeKind
from casework.practice.roles import Role
from casework.records import Change
from desktop.cli import parse_arguments
from desktop.flows.council.review import elsewhere_line
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.flows.signing import signing
from desktop.flows.signing.checking import checking
from desktop.flows.team.exception_row import Gap
from desktop.flows.team.exceptions import team
from desktop.verbs.deeds import DEEDS
from tests.central.retention.ruled import destroyed, publish_rules
from tests.central.running import Council
from tests.together.laptops import PASSPHRASE, Laptop
from tests.together.test_notices import Join, join, kinds, officer_of

__all__ = ["join"]
AT_HOME: dict[str, JSON] = {"stage": "current", "notified_on": "2024-09-01", "ehe_start": "2024-09-08"}
JUDGED: dict[str, JSON] = {
    "suitability": "appears_unsuitable",
    "offer_reply": "declined",
    "next_contact": "2026-05-01",
}
LATE = "He reads to his sister"


def run(desk: Desk, *line: str) -> Any:
    args = parse_arguments(line)
    return DEEDS[args.verb](args, desk)[0]


@pytest.fixture
def officer(join: Join) -> tuple[Laptop, Desk, str]:
    """A home education officer, and a child at home of theirs, whose education appears unsuitable; not sent."""
    laptop, desk = join(Role.EHE_OFFICER)
    child = editing.new_record(desk, "child", "", {"given_name": "Ivo", "date_of_birth": "2014-05-04"})
    editing.new_record(desk, "ehe_case", child, AT_HOME)
    return laptop, desk, child


def visited(desk: Desk, child: str) -> str:
    visit = editing.new_record(desk, "ehe_visit", child, JUDGED)
    signing.lock_record(desk, visit, name="Helen", ink=None)
    return visit


def joined(join: Join, *roles: Role) -> dict[Role, tuple[Laptop, Desk]]:
    found = {role: join(role) for role in roles}
    for laptop, _desk in found.values():
        laptop.synced()
    return found


def held(desk: Desk) -> set[str]:
    return {one.child_id for one in desk.vault.summaries(form_id="child")}


def test_a_lead_of_home_education_holds_the_children_at_home_and_the_others_every_child(
    council: Council, join: Join, officer: tuple[Laptop, Desk, str]
) -> None:
    """A child comes to the lead with the first record of home education, whole, and nobody has to allocate it."""
    laptop, _desk, at_home = officer
    laptop.synced()
    cme_laptop, cme = join(Role.CME_OFFICER)
    missing = editing.new_record(cme, "child", "", {"given_name": "Kasia", "date_of_birth": "2014-05-04"})
    editing.new_record(cme, "cme_case", missing, {"logged_on": "2026-03-20", "last_attended": "2026-01-12"})
    cme_laptop.synced()
    leads = joined(join, Role.EHE_LEAD, Role.CME_LEAD, Role.EDUCATION_MANAGER)
    everyone = {at_home, missing}

    assert {role: held(found) for role, (_laptop, found) in leads.items()} == {
        Role.EHE_LEAD: {at_home},
        Role.CME_LEAD: everyone,
        Role.EDUCATION_MANAGER: everyone,
    }
    assert "Ivo" in str(run(leads[Role.EHE_LEAD][1], "caseload"))
    editing.new_record(cme, "ehe_case", missing, AT_HOME)
    cme_laptop.synced()
    lead_laptop, lead = leads[Role.EHE_LEAD]
    lead_laptop.synced()
    lead_laptop.synced()
    assert held(lead) == everyone
    assert {one.form_id for one in lead.vault.summaries(child_id=missing)} == {"child", "cme_case", "ehe_case"}


def test_a_child_leaves_the_lead_with_the_last_record_of_home_education(
    council: Council, join: Join, officer: tuple[Laptop, Desk, str]
) -> None:
    """Destroyed by the council's rule: the id that stays of it gives nobody a child."""
    publish_rules(council, '\n[[retention]]\nform = "ehe_case"\nbirthday = 5\nreason = "A schedule"\n')
    laptop, _desk, at_home = officer
    laptop.synced()
    lead_laptop, lead = joined(join, Role.EHE_LEAD)[Role.EHE_LEAD]
    assert held(lead) == {at_home}
    assert destroyed(council)["records"] == 1
    lead_laptop.synced()

    assert held(lead) == set()
    assert lead.vault.search("Ivo") == []


def test_the_lead_checks_what_appears_unsuitable_and_never_their_own(
    join: Join, officer: tuple[Laptop, Desk, str], tmp_path: Path
) -> None:
    """Issue 14, 7. The council's file names whom the notice goes to; the lead of the other half gives no check."""
    laptop, desk, child = officer
    visit = visited(desk, child)
    laptop.synced()
    leads = joined(join, Role.EHE_LEAD, Role.CME_LEAD)
    lead_laptop, lead = leads[Role.EHE_LEAD]
    (tmp_path / "words").write_text(PASSPHRASE)
    typed = ("--passphrase-file", str(tmp_path / "words"))

    assert kinds(lead) == {NoticeKind.CHECK_WANTED}
    assert [row.record_id for row in team(lead).rows if row.gap is Gap.CHECK] == [visit]
    other = leads[Role.CME_LEAD][1]
    assert [row for row in team(other).rows if row.gap is Gap.CHECK] == []
    with pytest.raises(NotThisRole, match="the manager of this work"):
        run(other, *typed, "check", visit, "approved")
    with pytest.raises(NotThisRole, match="the manager of this work"):
        run(desk, *typed, "check", visit, "approved")
    own = visited(lead, child)
    with pytest.raises(NotThisRole, match="You wrote in this record"):
        run(lead, *typed, "check", own, "approved")
    run(lead, *typed, "check", visit, "returned", "--words", "Which reading did you see?")
    for each in (lead_laptop, laptop):
        each.synced()

    assert checking(desk, visit).state is CheckState.RETURNED
    assert NoticeKind.CHECK_RETURNED in kinds(desk)


def test_each_decides_about_what_was_not_taken_in_of_their_own_strand(
    council: Council, join: Join, officer: tuple[Laptop, Desk, str]
) -> None:
    """The manager of the missing service is not told that there is nothing while an item of education waits."""
    laptop, desk, child = officer
    laptop.synced()
    case = next(one.record_id for one in desk.vault.summaries(form_id="ehe_case"))
    view, author = desk.vault.view(case), desk.author
    council.withdraw(officer_of(Role.EHE_OFFICER), child)
    desk.vault.author(lambda stamp: author.say(stamp, view, [Change("f/support_words", LATE)]))
    assert laptop.sync().quarantined == 1
    managers = joined(
        join, Role.EHE_LEAD, Role.CME_LEAD, Role.EDUCATION_MANAGER, Role.MISSING_MANAGER, Role.ATTENDANCE_LEAD
    )
    seen = {role: len(run(found, "quarantine")) for role, (_laptop, found) in managers.items()}

    assert seen == {
        Role.EHE_LEAD: 1,
        Role.CME_LEAD: 1,
        Role.EDUCATION_MANAGER: 1,
        Role.MISSING_MANAGER: 0,
        Role.ATTENDANCE_LEAD: 0,
    }
    assert elsewhere_line(managers[Role.EHE_LEAD][1]) == ""
    args = parse_arguments(("quarantine",))
    said = DEEDS[args.verb](args, managers[Role.MISSING_MANAGER][1])[1]
    assert said == (
        "Nothing waits for you.\n\n1 more waits at the council that you may not see. Whoever manages that work decides."
    )
    lead_laptop, lead = managers[Role.EHE_LEAD]
    (item,) = run(lead, "quarantine")
    run(lead, "review", item["item"], "accept", "--why", "Agreed by telephone.")
    lead_laptop.synced()
    managers[Role.MISSING_MANAGER][0].synced()
    assert elsewhere_line(managers[Role.MISSING_MANAGER][1]) == ""
    assert lead.vault.view(case).answers()["support_words"] == LATE


def test_the_first_words_about_a_child_at_home_are_seen_by_the_lead(council: Council, join: Join) -> None:
    """Nothing of home education was taken in yet, so the child is not the lead's; the words are."""
    cme_laptop, cme = join(Role.CME_OFFICER)
    child = editing.new_record(cme, "child", "", {"given_name": "Kasia", "date_of_birth": "2014-05-04"})
    cme_laptop.synced()
    laptop, desk = join(Role.EHE_OFFICER)
    council.allocate(officer_of(Role.EHE_OFFICER), child)
    laptop.synced()
    editing.new_record(desk, "ehe_case", child, AT_HOME)
    council.withdraw(officer_of(Role.EHE_OFFICER), child)
    laptop.sync()
    lead = joined(join, Role.EHE_LEAD)[Role.EHE_LEAD][1]

    assert held(lead) == set()
    assert [one["status"] for one in run(lead, "quarantine")] == ["quarantined"]


def test_the_lead_enters_the_notice_and_an_education_manager_does_not(
    join: Join, officer: tuple[Laptop, Desk, str], tmp_path: Path
) -> None:
    laptop, desk, _child = officer
    case = next(one.record_id for one in desk.vault.summaries(form_id="ehe_case"))
    editing.answer(desk, case, {"s436a_asked_on": "2026-01-05", "no_cooling_off": "family_declined"})
    laptop.synced()
    leads = joined(join, Role.EHE_LEAD, Role.EDUCATION_MANAGER)
    said = tmp_path / "answers.json"
    said.write_text('{"s437_served_on": "2026-02-02", "s437_served_by": "L", "s437_last_day": "2026-02-16"}')
    with pytest.raises(KnownError, match="Attendance lead, Home education lead"):
        run(leads[Role.EDUCATION_MANAGER][1], "answer", case, str(said))
    run(leads[Role.EHE_LEAD][1], "answer", case, str(said))
    for each in (leads[Role.EHE_LEAD][0], laptop):
        each.synced()

    assert desk.vault.view(case).answers()["s437_served_on"] == "2026-02-02"


def test_a_child_who_is_overdue_stands_on_the_leads_list_with_the_officer(
    join: Join, officer: tuple[Laptop, Desk, str]
) -> None:
    """Never contacted since September 2024; nobody else of another strand has that list."""
    laptop, desk, _child = officer
    laptop.synced()
    leads = joined(join, Role.EHE_LEAD, Role.MISSING_MANAGER)
    rows = run(leads[Role.EHE_LEAD][1], "exceptions", "--list", "home_education")

    assert rows
    assert {(row["child_name"].partition(",")[0], row["worker"]) for row in rows} == {("Ivo", "Ehe-Officer")}
    assert run(leads[Role.MISSING_MANAGER][1], "exceptions") == []
    with pytest.raises(KnownError, match="Themes are read by the manager of the missing service"):
        run(leads[Role.EHE_LEAD][1], "themes")
    with pytest.raises(NotThisRole):
        run(desk, "exceptions")


def test_what_a_missing_advocate_wrote_is_not_shown_to_who_manages_education(council: Council, join: Join) -> None:
    """In the child's own record, which both services write in: the missing service's manager decides about it."""
    laptop, desk = join(Role.MISSING_ADVOCATE)
    child = editing.new_record(desk, "child", "", {"given_name": "Wren", "date_of_birth": "2012-02-11"})
    laptop.synced()
    council.withdraw(officer_of(Role.MISSING_ADVOCATE), child)
    view, author = desk.vault.view(child), desk.author
    desk.vault.author(lambda stamp: author.say(stamp, view, [Change("f/known_as", LATE)]))
    assert laptop.sync().quarantined == 1
    managers = joined(join, Role.EDUCATION_MANAGER, Role.MISSING_MANAGER)

    assert {role: len(run(found, "quarantine")) for role, (_laptop, found) in managers.items()} == {
        Role.EDUCATION_MANAGER: 0,
        Role.MISSING_MANAGER: 1,
    }
    assert elsewhere_line(managers[Role.EDUCATION_MANAGER][1]).startswith("1 more waits at the council")
