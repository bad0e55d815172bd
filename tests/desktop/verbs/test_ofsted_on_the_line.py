"""Each of Ofsted's sixteen findings, as somebody who types meets its answer: by the verbs alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casework.canonical import JSON
from casework.errors import KnownError
from casework.identifiers import OfficerId
from desktop.cli import parse_arguments
from desktop.demo.caseload import PASSPHRASE
from desktop.flows.desk import Desk
from desktop.flows.practising.invented_caseload import interview_said
from desktop.store.database.remembered import OFFICER, Officer
from desktop.verbs.deeds import DEEDS
from tests.desktop.documents.conformance import text_of
from tests.desktop.flows.conftest import clock, desk, reopen

__all__ = ["clock", "desk", "reopen"]
Type = Callable[..., Any]
BACK: dict[str, JSON] = {
    "outcome": "real",
    "last_seen_at": "2026-03-10T20:00:00+00:00",
    "found_at": "2026-03-11T09:00:00+00:00",
    "care_status": "lac",
}


@pytest.fixture
def line(desk: Desk, tmp_path: Path) -> Type:
    """What a machine is answered; answers are typed into a file, as `homeward answer` takes them."""
    secret = tmp_path / "phrase"
    secret.write_text(PASSPHRASE, encoding="utf-8")

    def typed(*words: object, said: dict[str, JSON] | None = None, told: bool = False) -> Any:
        answers = tmp_path / "answers.json"
        answers.write_text(json.dumps(said or {}), encoding="utf-8")
        files = [str(answers) if word == "SAID" else str(word) for word in words]
        args = parse_arguments(("--passphrase-file", str(secret), *files))
        return DEEDS[args.verb](args, desk)[1 if told else 0]

    return typed


@pytest.fixture
def child(line: Type) -> str:
    known: dict[str, JSON] = {"given_name": "Wren", "family_name": "Hollowby", "care_status": "lac"}
    return begun(line, "child", {**known, "allocated_worker": "Imogen Sallow"})


def begun(line: Type, form: str, said: dict[str, JSON], child: str = "") -> str:
    whose = ("--child", child) if child else ()
    return str(line("new", form, *whose, "--answers", "SAID", said=said)["record"])


def findings(line: Type, record: str) -> list[str]:
    return [one["text"] for one in line("show", record)["findings"]]


def becomes(desk: Desk, role: str, name: str = "Tom Applegarth") -> None:
    officer = Officer(OfficerId(name.casefold().split()[0]), name, role, "Ashmere Council")
    desk.vault.settings.put(OFFICER, officer)
    desk.joined_anew()


def lists(line: Type) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in line("exceptions"):
        found.setdefault(row["list"], []).append(row)
    return found


def test_f1_a_result_that_police_did_not_share_is_owed_asked_for_and_chased(line: Type, child: str) -> None:
    episode = begun(line, "missing_episode", BACK, child)
    assert [one["episode"] for one in line("results-owed")] == [episode]
    line("ask-police", episode, "--whom", "Sgt Amin")

    assert "Sgt Amin" in line("results-owed", told=True)
    assert "Ask police for the result" in " ".join(
        findings(line, begun(line, "missing_episode", {**BACK, "prevention_interview": "not_known"}, child))
    )


def test_f2_nobody_skips_a_check_unnamed(line: Type, child: str) -> None:
    episode = begun(line, "missing_episode", {**BACK, "prevention_interview": "not_done"}, child)
    blocking = [one["question"] for one in line("show", episode)["findings"] if one["blocks_signing"]]

    assert {"prevention_waived_by", "prevention_waived_why"} <= set(blocking)


def test_f3_a_record_is_found_by_the_name_everybody_calls_it(line: Type, child: str) -> None:
    episode = begun(line, "missing_episode", {**BACK, "last_seen_where": "Brackenford skate park"}, child)
    interview = begun(line, "return_home_interview", {"episode_id": episode}, child)

    assert "Missing episode, 11 March 2026" in line("show", interview, told=True)
    assert episode in json.dumps(line("find", "skate park"))


def test_f4_the_two_checks_say_what_each_is_for(line: Type, tmp_path: Path) -> None:
    def pages(form: str) -> str:
        paper = tmp_path / f"{form}.pdf"
        line("blank-form", form, "--to", paper)
        return text_of(paper)

    visit = " ".join(pages("safe_well_visit").split())

    assert "A talk with a child who has been missing" in " ".join(pages("return_home_interview").split())
    assert "never takes the place" in visit


def test_f5_those_who_go_missing_again_are_offered_as_much(line: Type, child: str, desk: Desk) -> None:
    for day in ("2026-03-01", "2026-03-05"):
        times: dict[str, JSON] = {"last_seen_at": f"{day}T20:00:00+00:00", "found_at": f"{day}T23:00:00+00:00"}
        episode = begun(line, "missing_episode", {**BACK, **times}, child)
        if day.endswith("01"):
            said: dict[str, JSON] = {"episode_id": episode, "offer_decision": "yes", "independent": True}
            begun(line, "return_home_interview", said, child)
    becomes(desk, "missing_manager")

    assert "Offered: first 1 of 1, second 0 of 1" in line("exceptions", told=True)


def test_f6_independence_is_asked_explained_and_counted(line: Type, child: str, desk: Desk) -> None:
    episode = begun(line, "missing_episode", BACK, child)
    said: dict[str, JSON] = {"episode_id": episode, "interviewer_type": "allocated_worker", "independent": True}
    interview = begun(line, "return_home_interview", {**said, "offer_decision": "yes"}, child)
    told = " ".join(findings(line, interview))
    line("answer", interview, "SAID", said={"independent": False})
    becomes(desk, "missing_manager")

    assert "Check whether this interview is independent" in told
    assert "Independent: 0 of 1" in line("exceptions", told=True)


def test_f7_the_childs_pages_are_theirs_to_skip(line: Type, tmp_path: Path) -> None:
    paper = tmp_path / "blank.pdf"
    line("blank-form", "return_home_interview", "--to", paper, "--large-type")
    said = " ".join(text_of(paper).split())

    assert "“Chose not to say” is an answer too" in said
    assert "What was going on before you left?" in said
    assert "Why did you" not in said


def test_f8_a_plan_has_an_owner_for_each_step_and_a_day(line: Type, child: str) -> None:
    step: JSON = [{"after": "At once", "what": "Ring Nan"}]
    plan = begun(line, "find_me_plan", {"steps": step, "next_review": "2026-09-30"}, child)
    blocking = {one["question"] for one in line("show", plan)["findings"] if one["blocks_signing"]}

    assert {"steps", "next_review"} <= blocking


def test_f9_what_is_overdue_reaches_supervision(line: Type, child: str, desk: Desk) -> None:
    action = begun(line, "action", {"what": "Ring Nan", "who": "Sam", "by_when": "2026-03-20", "status": "open"}, child)
    becomes(desk, "missing_manager")
    assert [one["late_days"] for one in lists(line)["action_over"]] == [7]
    line("to-supervision", action)

    assert "supervision" in lists(line)["action_over"][0]["reason"]


def test_f10_who_reviews_a_looked_after_child_is_told_by_rule_or_stands_in_the_list(
    line: Type, child: str, desk: Desk
) -> None:
    episode = begun(line, "missing_episode", {**BACK, "found_at": None}, child)
    told = line("notices", "--about", episode, told=True)
    becomes(desk, "missing_manager")

    assert "Reviewing officer or conference chair" in told
    assert [one["record"] for one in lists(line)["chair_untold"]] == [episode]


def test_f11_another_council_is_told_of_a_move_and_new_carers_get_the_plan(line: Type, child: str) -> None:
    line("move", child, "--to", "Harbour Lodge", "--on", "2026-03-20", "--host", "Calder Vale")
    owed = line("placements", child, told=True)

    assert "Calder Vale" in owed
    assert "has not been told" in owed


def test_f12_one_reference_twice_is_pointed_out_until_somebody_decides(line: Type, child: str) -> None:
    one, two = (begun(line, "missing_episode", {**BACK, "police_ref": "SYP1"}, child) for _ in range(2))
    assert one in json.dumps(line("doubles"))
    line("same-as", one, two, "--two")

    assert line("doubles") == []


def test_f13_what_children_said_is_counted_by_whose_words(line: Type, child: str, desk: Desk) -> None:
    episode = begun(line, "missing_episode", BACK, child)
    said = {
        **interview_said(desk.now()),
        "episode_id": episode,
        "prevention_interview": "done_shared",
        "care_status": "lac",
    }
    line("sign", begun(line, "return_home_interview", said, child))
    becomes(desk, "missing_manager")
    counted = json.dumps(line("themes", "--from", "2026-03-01", "--to", "2026-03-31"))

    assert "domestic_abuse" in counted


def test_f14_an_action_without_who_and_when_is_no_action(line: Type, child: str) -> None:
    vague = begun(line, "action", {"what": "Continue to monitor", "who": "All", "by_when": "2026-04-03"}, child)
    kinds = {one["kind"] for one in line("show", vague)["findings"]}
    with pytest.raises(KnownError):
        line("give-action", "nothing", "--what", "Review", "--who", "", "--by", "2026-04-03")

    assert "warning" in kinds


def test_f15_possible_trafficking_leads_on(line: Type, child: str) -> None:
    referral = begun(line, "mash_referral", {"to": "mash", "risks": ["trafficking"]}, child)

    assert "National Referral Mechanism" in " ".join(findings(line, referral))


def test_f16_a_word_of_blame_is_pointed_out_and_a_childs_is_not(line: Type, child: str) -> None:
    episode = begun(line, "missing_episode", BACK, child)
    own = begun(line, "return_home_interview", {"episode_id": episode, "analysis": "Wren is streetwise."}, child)
    theirs = begun(line, "return_home_interview", {"episode_id": episode, "before": "They said streetwise."}, child)

    assert "streetwise" in " ".join(findings(line, own))
    assert "streetwise" not in " ".join(findings(line, theirs))
