"""Schools’ movement returns by the command line, over a real service: taken in whole or not at all, chased, each leaver
followed until arrived safe or referred; and no other role has a line of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from casework.errors import KnownError
from casework.identifiers import OfficerId
from casework.practice.roles import REACHES, Role
from central.people.accounts import Officer, add_officer
from desktop.cli import parse_arguments
from desktop.compose import build_catalogue
from desktop.flows.desk import Desk
from desktop.verbs.deeds import DEEDS
from tests.central.running import Council, running
from tests.together.laptops import Laptop

HEADS = "Movement,Pupil,Date of birth,Date,School,Address,Emigrating to,Checked"
ADA = "left,Ada Brook,2015-02-01,2026-02-20,Calder Primary,3 Hill St Leeds,,"
JAN = "left,Jan Kowal,2014-07-09,20/02/2026,,ul. Polna 4 Gdynia,Poland,Tickets seen"
NEW = "joined,Milo Fern,2016-01-05,2026-02-23,Wath Infants,1 Weir Lane,,"
NOWHERE = "left,Wren Holt,2013-03-03,2026-02-26,,9 Moor Rd,,"


class Officers:
    """Laptops of one council, each driven by the words of the command line."""

    def __init__(self, council: Council, folder: Path) -> None:
        self._council, self._folder, self._catalogue = council, folder, build_catalogue()
        self.made: list[Laptop] = []

    def joined(self, officer_id: str, role: str) -> tuple[Laptop, Desk]:
        with self._council.service.database.writing() as connection:
            add_officer(
                connection, Officer(OfficerId(officer_id), officer_id.title(), role, active=True), self._council.clock()
            )
        self.made.append(Laptop.joined(self._council, officer_id, self._folder / officer_id))
        return self.made[-1], Desk(self.made[-1].vault, self._catalogue, self._council.clock)

    def sheet(self, *lines: str) -> str:
        file = self._folder / "return.csv"
        file.write_text("\n".join([HEADS, *lines]), encoding="utf-8-sig")
        return str(file)


@pytest.fixture(scope="module")
def officers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Officers]:
    folder = tmp_path_factory.mktemp("movement")
    with running(folder / "central") as council:
        found = Officers(council, folder)
        yield found
        for laptop in found.made:
            laptop.vault.close()


def says(desk: Desk, *words: str) -> Any:
    args = parse_arguments(words)
    return DEEDS[args.verb](args, desk)[0]


def test_a_return_is_taken_in_followed_and_shared(officers: Officers) -> None:
    """S2 §10: a leaver without a destination is refused by name and line, and is referred; nothing is half kept."""
    laptop, desk = officers.joined("bryony", "cme_officer")
    of = ("--school", "Millgate Primary", "--month", "2026-02")
    whole = officers.sheet(ADA, JAN, NEW, NOWHERE, "moved,X,,,,,,")
    looked = says(desk, "take-return", whole, *of, "--dry-run")
    with pytest.raises(KnownError, match="Nothing was kept: 2 lines cannot stand in a return"):
        says(desk, "take-return", whole, *of)
    assert (looked["new"], looked["refused"], looked["record"]) == (3, 2, "")
    assert [(one["line"], one["name"]) for one in looked["refusals"]] == [(5, "Wren Holt"), (6, "")]
    assert "no leaver: refer the child as missing education" in looked["refusals"][0]["why"]
    assert says(desk, "movement")["returns"] == []

    kept = says(desk, "take-return", whole, *of, "--leave-out")
    again = says(desk, "take-return", officers.sheet(ADA.replace("3 Hill", "5 Hill"), JAN, NEW), *of)
    found = says(desk, "movement")
    assert (kept["new"], again["record"], again["changed"], again["same"]) == (3, kept["record"], 1, 2)
    assert [(one["joined"], one["left"], one["month"]) for one in found["returns"]] == [(1, 2, "2026-02")]
    ada, jan = sorted(found["leavers"], key=lambda one: str(one["name"]))
    assert (ada["address"], jan["emigrating_to"]) == ("5 Hill St Leeds", "Poland")

    due = says(desk, "due", "--strand", "education", "--until", "2026-03-31")
    followed = [one for one in (*due["overdue"], *due["coming"]) if one["kind"] == "leaver_not_arrived"]
    assert {one["child"] for one in followed} == {"Ada Brook", "Jan Kowal"}
    with pytest.raises(KnownError, match="Say what shows that the child has arrived"):
        says(desk, "arrived", ada["leaver"], "--how", " ")
    says(desk, "arrived", ada["leaver"], "--how", "Calder’s office rang on 24 March.")
    referral = says(desk, "refer-leaver", jan["leaver"])["record"]
    assert says(desk, "refer-leaver", jan["leaver"])["record"] == referral
    begun = says(desk, "show", referral)
    assert (begun["answers"]["pupil_name"], begun["answers"]["last_attended"]) == ("Jan Kowal", "2026-02-20")
    assert "leaver_not_arrived" not in str(says(desk, "due", "--strand", "education"))

    laptop.synced()
    other, others = officers.joined("hana", "cme_officer")
    other.synced()
    assert says(others, "movement") == says(desk, "movement")
    assert says(desk, "quarantine") == []


@pytest.mark.parametrize(
    "role", [role for role in REACHES if role in ("ehe_officer", "ehe_lead", "missing_manager", "early_help")]
)
def test_no_other_role_has_a_line_of_it(officers: Officers, role: Role) -> None:
    laptop, desk = officers.joined(role.replace("_", "-"), role.value)
    laptop.synced()

    assert not any(one.form_id == "movement_return" for one in laptop.vault.summaries())
    with pytest.raises(KnownError, match="kept by children missing education officers"):
        says(desk, "take-return", officers.sheet(ADA), "--school", "Millgate Primary", "--month", "2026-02")
