"""Who and when are said once for what one person said in one minute."""

from __future__ import annotations

from desktop.flows.decisions.answer_history import TYPED, history
from desktop.flows.decisions.said_at_once import SaidAtOnce, said_at_once
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from tests.desktop.flows.colleague import PATH, Colleague, Shared, arrives, share


def groups(shared: Shared) -> list[SaidAtOnce]:
    return said_at_once(history(shared.desk, shared.record_id).steps)


def texts(shared: Shared) -> list[list[str]]:
    """Of those by colleagues, the latest first."""
    own = shared.desk.officer.id
    return [[step.text for step in one.steps] for one in groups(shared) if one.latest.officer != own]


def test_a_minute_of_one_person_is_one_and_another_minute_another(desk: Desk) -> None:
    shared, dele = share(desk), Colleague()
    looks, health, when = "f/looks", "f/allergies_conditions", PATH
    arrives(desk, dele.says(shared.view, looks, "Brown hair", at="2026-03-26T16:48:05+00:00"))
    arrives(desk, dele.says(shared.view, health, "Asthma", at="2026-03-26T16:48:59+00:00"))
    arrives(desk, dele.says(shared.view, when, "By 20:00.", at="2026-03-26T16:49:00+00:00"))

    assert texts(shared) == [["By 20:00."], ["Asthma", "Brown hair"]]
    assert [one.first for one in groups(shared)] == [0, 1, 2]


def test_another_person_between_parts_them(desk: Desk) -> None:
    """All three in one minute: what came between stays between."""
    shared, dele, noor = share(desk), Colleague(), Colleague("o3", "d3")
    said = (("f/looks", "Brown hair", dele), ("f/allergies_conditions", "Asthma", noor), (PATH, "By 20:00.", dele))
    for number, (path, words, who) in enumerate(said):
        arrives(desk, who.says(shared.view, path, words, hlc=f"{1774543680000 + number:012x}0000"))

    assert texts(shared) == [["By 20:00."], ["Asthma"], ["Brown hair"]]


def test_what_differs_within_a_minute_is_said_by_each(desk: Desk) -> None:
    """Here typed and not sent beside what was said already."""
    shared = share(desk)
    editing.save(desk, shared.record_id, "f/looks", "Brown hair")
    (one,) = groups(shared)

    assert one.how == ""
    assert [step.how for step in one.steps] == [TYPED, ""]
