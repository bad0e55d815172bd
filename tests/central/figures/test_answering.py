"""Figures as each role's laptop gets them from a running service."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from casework.practice.figures.figure_readers import CARDS, Reading, reading_of
from casework.practice.roles import Role
from casework.wire.figure_messages import FiguresQuery, FiguresTold, PublishAsked
from tests.central.extracts.numbered import child_id_of, episode_id_of
from tests.central.extracts.test_import_records import FILES, take
from tests.central.figures.test_publishing import publish_now
from tests.central.pushing import Pusher
from tests.central.running import Council
from tests.central.test_scope_walk import credentials

MONTH = ("2026-03-01", "2026-03-31")
QUARTER = ("2026-01-01", "2026-03-31")
YEAR = ("2024-09-01", "2025-08-31")
USUAL = {"missing": MONTH, "cme": QUARTER, "ehe": YEAR, "exclusions": QUARTER, "inclusion": QUARTER}


@pytest.fixture
def filled(council: Council, tmp_path: Path) -> Council:
    for what in FILES:
        assert take(council, tmp_path, what).refused == []
    return council


def asked(council: Council, who: Pusher, card: str, days: tuple[str, str], as_at: str = "") -> httpx.Response:
    body = FiguresQuery(card=card, first=days[0], last=days[1], as_at=as_at).to_bytes()
    with httpx.Client(base_url=council.url, verify=False, trust_env=False, timeout=120) as client:  # noqa: S501 - loopback
        return client.post("/v1/figures", content=body, headers=credentials(council, who, "POST", "/v1/figures", body))


def laptop(council: Council, role: Role) -> Pusher:
    council.officer("eve", role.value)
    return Pusher.of(council, "eve")


@pytest.mark.parametrize("role", list(Role))
def test_each_role_reads_what_it_may_and_no_more(filled: Council, role: Role) -> None:
    eve = laptop(filled, role)
    filled.clock.move(days=10)
    for card in CARDS:
        reading = reading_of(role, card)
        if reading is Reading.COUNTS:
            early = asked(filled, eve, card, USUAL[card])
            assert (early.status_code, early.json()["code"]) == (403, "not_published")
        publish_now(filled, card, *USUAL[card])
        answer = asked(filled, eve, card, USUAL[card])
        assert (answer.status_code == 200) == (reading is not Reading.NONE), card
        if reading is Reading.NONE:
            assert answer.json()["code"] == "no_figures"
            continue
        told = FiguresTold.from_bytes(answer.content)
        small = [one for one in told.figures if one.count is not None and 1 <= one.count <= 4]
        behind = [one for one in told.figures if one.behind]
        assert bool(small) == (reading is Reading.WHOLE), card
        outside = {one.number: one.count for one in told.outside}
        assert bool(outside) == (reading is Reading.WHOLE)
        assert not [count for count in outside.values() if count in range(1, 5)]
        if reading is Reading.COUNTS:
            assert not behind
            assert not any(count in range(1, 5) for one in told.before for count in one.counts.values())
        assert not any(name.encode() in answer.content for name in ("Stone", "Omar", "Hill", "tsuka"))


def test_a_manager_opens_each_figure_to_exactly_its_records(filled: Council) -> None:
    eve = laptop(filled, Role.MISSING_MANAGER)
    told = FiguresTold.from_bytes(asked(filled, eve, "missing", MONTH).content)
    by_number = {one.number: one for one in told.figures}
    assert all(one.behind is not None and len(one.behind) == one.count for one in told.figures)
    one = by_number["5.3a"].behind
    assert one is not None
    assert [(each.id, each.number, each.is_child) for each in one] == [(episode_id_of(filled, "E1"), "E1", False)]
    children = by_number["1.2"].behind
    assert children is not None
    assert {each.id for each in children} == {child_id_of(filled, "C1"), child_id_of(filled, "C2")}
    assert all(each.is_child for each in children)
    assert [(one.first, one.last) for one in told.before] == [
        ("2026-01-01", "2026-01-31"),
        ("2026-02-01", "2026-02-28"),
    ]
    drawn = {number for picture in told.pictures for number in picture.figures}
    assert drawn <= set(by_number)


def test_senior_managers_read_every_count_and_open_no_episode(filled: Council) -> None:
    """Their role holds alerts and meetings, not the records themselves."""
    eve = laptop(filled, Role.SENIOR_MANAGER)
    told = FiguresTold.from_bytes(asked(filled, eve, "missing", MONTH).content)
    counts = {one.number: one.count for one in told.figures}
    assert counts["1.1"] == 2
    assert not any(one.behind for one in told.figures if one.count)


@pytest.mark.parametrize(
    ("role", "card", "days", "as_at", "code"),
    [
        (Role.ANALYST, "missing", ("2026-03-01", "2026-03-30"), "", "usual_periods"),
        (Role.ANALYST, "missing", QUARTER, "", "usual_periods"),
        (Role.ANALYST, "missing", MONTH, "2026-03-20T00:00+00:00", "usual_periods"),
        (Role.MISSING_MANAGER, "missing", ("2026-03-31", "2026-03-01"), "", "no_such_figures"),
        (Role.MISSING_MANAGER, "missing", ("2026-13-01", "2026-13-31"), "", "no_such_figures"),
        (Role.MISSING_MANAGER, "missing", MONTH, "yesterday", "no_such_figures"),
        (Role.MISSING_MANAGER, "missing", MONTH, "2030-01-01T00:00+00:00", "no_such_figures"),
        (Role.MISSING_MANAGER, "nothing", MONTH, "", "no_figures"),
    ],
)
def test_what_is_refused_and_why(  # noqa: PLR0917 - a row of the table
    filled: Council, role: Role, card: str, days: tuple[str, str], as_at: str, code: str
) -> None:
    """Counts of overlapping periods, taken from one another, would say what each of them hides."""
    answer = asked(filled, laptop(filled, role), card, days, as_at)
    assert (answer.status_code in (400, 403), answer.json()["code"]) == (True, code)


def publishing(council: Council, who: Pusher, card: str, **said: str) -> httpx.Response:
    """Of a period that is over, as known now."""
    first, last = BEFORE[card]
    words = {"first": first, "last": last, "known_at": council.clock().isoformat(), **said}
    body = PublishAsked(card=card, **words).to_bytes()
    path = "/v1/published-figures"
    with httpx.Client(base_url=council.url, verify=False, trust_env=False, timeout=120) as client:  # noqa: S501 - loopback
        return client.post(path, content=body, headers=credentials(council, who, "POST", path, body))


BEFORE = {
    "missing": ("2026-02-01", "2026-02-28"),
    "cme": ("2025-10-01", "2025-12-31"),
    "ehe": ("2024-09-01", "2025-08-31"),
    "exclusions": ("2025-10-01", "2025-12-31"),
    "inclusion": ("2025-10-01", "2025-12-31"),
}
PUBLISHERS = {
    Role.MISSING_MANAGER: {"missing"},
    Role.CME_OFFICER: {"cme", "ehe", "exclusions"},
    Role.EHE_LEAD: {"ehe"},
    Role.CME_LEAD: {"cme", "exclusions"},
    Role.EDUCATION_MANAGER: {"cme", "ehe", "exclusions"},
    Role.SENIOR_MANAGER: set(CARDS),
}


@pytest.mark.parametrize("role", [*PUBLISHERS, Role.ANALYST, Role.MISSING_ADVOCATE])
def test_the_councils_file_says_who_publishes(council: Council, role: Role) -> None:
    eve = laptop(council, role)
    for card in CARDS:
        answer = publishing(council, eve, card, words="Fewer than before.")
        may = card in PUBLISHERS.get(role, set())
        assert answer.status_code == (200 if may else 403), (card, answer.text)
        if may:
            told = FiguresTold.from_bytes(answer.content)
            assert (told.published_by, told.published_words) == ("Eve", "Fewer than before.")
            assert all(one.published == one.count for one in told.figures)
        else:
            assert answer.json()["code"] == "no_publisher"


def test_what_is_published_is_what_was_looked_at_and_once(filled: Council, tmp_path: Path) -> None:
    """Also when an episode comes in between; and a second manager sees that somebody was first."""
    filled.clock.move(days=10)
    eve = laptop(filled, Role.MISSING_MANAGER)
    looked = FiguresTold.from_bytes(asked(filled, eve, "missing", MONTH).content)
    filled.clock.move(hours=1)
    late = "episode_ref,child_ref,started_at,returned_at\nE9,C1,2026-03-20T22:00:00+00:00,2026-03-21T09:00:00+00:00\n"
    assert take(filled, tmp_path, "episodes", late).refused == []
    filled.clock.move(hours=1)
    month = {"first": MONTH[0], "last": MONTH[1], "known_at": looked.known_at}
    told = FiguresTold.from_bytes(publishing(filled, eve, "missing", **month).content)
    by_number = {one.number: one for one in told.figures}
    assert (by_number["1.1"].count, by_number["1.1"].published) == (3, 2)
    assert told.published_known == looked.known_at
    again = publishing(filled, eve, "missing", **month)
    assert (again.status_code, again.json()["code"]) == (409, "published_meanwhile")
    filled.clock.move(hours=1)
    second = publishing(filled, eve, "missing", **{**month, "after": told.published_at, "known_at": told.known_at})
    assert {one.number: one.published for one in FiguresTold.from_bytes(second.content).figures}["1.1"] == 3
    filled.officer("ana", Role.ANALYST.value)
    counts = FiguresTold.from_bytes(asked(filled, Pusher.of(filled, "ana"), "missing", MONTH).content)
    assert {one.published for one in counts.figures} == {None}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"first": "2026-03-01", "last": "2026-03-31"}, "no_such_figures"),  # it is not over
        ({"first": "2026-01-01", "last": "2026-02-28"}, "usual_periods"),
        ({"known_at": "2030-01-01T00:00+00:00"}, "no_such_figures"),
        ({"known_at": "yesterday"}, "no_such_figures"),
        ({"words": "x" * 2001}, "malformed"),
    ],
)
def test_what_is_not_published_and_why(council: Council, said: dict[str, str], code: str) -> None:
    answer = publishing(council, laptop(council, Role.MISSING_MANAGER), "missing", **said)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
