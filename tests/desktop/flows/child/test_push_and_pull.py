"""What a child was getting away from and going towards: in order of time, by whose words, as it stands now."""

from __future__ import annotations

from casework.canonical import JSON
from casework.identifiers import OfficerId
from desktop.demo.caseload import PASSPHRASE
from desktop.flows.case_file import case_file
from desktop.flows.child.child_page import child_page
from desktop.flows.child.push_and_pull import NOT_NOTED, PushAndPull
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.flows.signing import signing
from desktop.store.database.remembered import OFFICER, Officer
from tests.desktop.clock import Clock
from tests.desktop.flows.due.test_missing_matters import child


def said(*given: tuple[str, ...]) -> JSON:
    return [{"code": code, "said_by": list(who)} for code, *who in given]


def interviewed(desk: Desk, who: str, day: str, reasons: dict[str, JSON], *, signed: bool = True) -> str:
    """An interview held on this day."""
    offers: JSON = [{"at": f"{day}T10:00:00+00:00", "how": "in_person", "reply": "accepted"}]
    told: dict[str, JSON] = {"started_at": f"{day}T15:00:00+00:00", "offer_decision": "yes", "offers": offers}
    record = editing.new_record(desk, "return_home_interview", who, {**told, **reasons})
    if signed:
        signing.lock_record(desk, record, name="Nadia Brightwater", ink=None)
    return record


def why(desk: Desk, who: str) -> PushAndPull:
    found = child_page(desk, who).why
    assert found is not None
    return found


def lines(found: PushAndPull) -> list[tuple[str, str, str, str]]:
    return [(one.head, one.words, f"{item.on:%m-%d}", found.voices[item.voice]) for one, item in found.items()]


def test_reasons_stand_in_order_of_time_by_whose_words_and_a_draft_does_not_count(desk: Desk) -> None:
    who = child(desk)
    interviewed(
        desk,
        who,
        "2026-03-02",
        {"push_factors": said(("bored", "child_said")), "pull_factors": said(("friends", "adult_said"))},
    )
    first = interviewed(
        desk,
        who,
        "2026-01-20",
        {"push_factors": said(("bored", "worker_view", "child_said"), ("grief", "worker_view"))},
    )
    last = interviewed(desk, who, "2026-03-09", {"push_factors": said(("not_said", "child_said"))})
    interviewed(desk, who, "2026-03-12", {"push_factors": said(("lonely", "child_said"))}, signed=False)
    found = why(desk, who)

    assert lines(found) == [
        ("Getting away from", "Being bored", "01-20", "Wren said"),
        ("Getting away from", "Being bored", "01-20", "worker’s view"),
        ("Getting away from", "Being bored", "03-02", "Wren said"),
        ("Getting away from", "Missing someone who died or left", "01-20", "worker’s view"),
        ("Going towards", "Friends", "03-02", "an adult said"),
    ]
    assert (found.reasons[0].count("child_said"), found.reasons[0].count("worker_view")) == (2, 1)
    assert (found.interviews[0][0], found.interviews[-1][0]) == (first, last), "one that gave no reason has its place"


def test_what_says_nothing_of_whose_words_it_is_goes_to_nobody(desk: Desk) -> None:
    who = child(desk)
    interviewed(desk, who, "2026-03-02", {"push_factors": said(("bored",))})
    (only,) = why(desk, who).reasons

    assert (only.count("child_said"), only.count(NOT_NOTED)) == (0, 1)


def test_a_correction_stands_in_the_place_of_what_it_corrects(desk: Desk, clock: Clock) -> None:
    who = child(desk)
    record = interviewed(desk, who, "2026-03-02", {"push_factors": said(("bored", "child_said"))})
    clock.passes(hours=1)
    new = said(("lonely", "child_said"))
    signing.amend(
        desk, record, question="push_factors", value=new, reason="Wrong line", name="Nadia", passphrase=PASSPHRASE
    )

    assert [words for _head, words, _on, _who in lines(why(desk, who))] == ["Being lonely"]


def test_where_interviews_are_not_kept_nothing_is_said_of_them(desk: Desk) -> None:
    """An empty picture would read as a child who gave no reason."""
    who = child(desk)
    desk.vault.settings.put(OFFICER, Officer(OfficerId("e"), "Eve", "ehe_officer", "Ashmere Council"))
    desk.joined_anew()

    assert not case_file(desk, who).holds("return_home_interview")
    assert child_page(desk, who).why is None
