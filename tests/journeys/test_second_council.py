"""A council that is not the example: its numbers, lists and questions reach each laptop, and stay without a network."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from importlib import resources
from pathlib import Path

import pytest

from casework.forms.versions import STEP
from central.__main__ import main
from central.facts.numbers_of_practice import council_now, example
from desktop.compose import build_catalogue
from desktop.flows.access.joining_a_council import join
from desktop.flows.access.preferences import Preferences, keep
from desktop.flows.access.unlocking import Gate
from desktop.flows.council import sending
from desktop.flows.desk import Desk
from desktop.flows.record import editing, finding
from desktop.flows.signing import signing
from desktop.flows.signing.exporting import export
from tests.casework.forms.test_other_forms import HOME
from tests.casework.forms.test_return_home_interview import COMPLETE
from tests.central.running import Council, running
from tests.desktop.documents.conformance import text_of
from tests.desktop.doors import set_up_quickly

PASSPHRASE = "otter lantern gravel mosaic thirteen"
QUESTION = "wisp_mentor"
ADDED = f"""
[[add]]
form = "return_home_interview"
section = "your_words"
[add.question]
id = "{QUESTION}"
type = "text"
label = "Which of our mentors was told?"
source = "Wispmere mentoring scheme, page 3"

[lists.SETTING]
add = [{{ code = "ferry", label = "The ferry terminal" }}]
"""


def own_file(more: str = ADDED, hours: int = 48) -> str:
    """Of Wispmere, which has nothing to do with the example but its shape."""
    text = example().replace('council = "rotherham"', 'council = "wispmere"')
    text = text.replace("Rotherham Metropolitan Borough Council", "Wispmere Council")
    return text.replace("rhi_hours = { value = 72", f"rhi_hours = {{ value = {hours}") + more


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
    with running(tmp_path / "central") as found:
        found.officer("nadia")
        found.officer("dele")
        yield found


def publish(council: Council, text: str, tmp_path: Path) -> int:
    file = tmp_path / "wispmere.toml"
    file.write_text(text, encoding="utf-8")
    return main(["--home", str(council.home.folder), "council", "publish", str(file)])


def laptop(council: Council, home: Path, officer: str) -> Desk:
    desk = set_up_quickly(Gate(home, build_catalogue(), council.clock), officer.title(), PASSPHRASE)
    keep(desk, Preferences("light", 100, 10, sends_itself=False))
    join(desk, council.url, council.code(officer))
    return desk


def interview(desk: Desk, **more: str) -> str:
    child = editing.new_record(desk, "child", known={"given_name": "Wren", "family_name": "Hollowby"})
    record = editing.new_record(desk, "return_home_interview", child)
    known = {name: value for name, value in COMPLETE.items() if name != "episode_id"}
    editing.answer(desk, record, {**known, **more})
    return record


def test_an_added_question_is_answered_offline_received_and_printed(council: Council, tmp_path: Path) -> None:
    assert publish(council, own_file(), tmp_path) == 0
    with closing(laptop(council, tmp_path / "one", "nadia").vault) as vault:
        gate = Gate(tmp_path / "one", build_catalogue(), council.clock)
        desk = gate.desk(vault)
        sending.sync(desk)
    council.stop()
    desk = gate.unlock(gate.only().folder, PASSPHRASE)
    with closing(desk.vault):
        record = interview(desk, **{QUESTION: "Ōtsuka Rée, by telephone"})
        signing.lock_record(desk, record, name="Nadia", ink=None)
        export(desk, record, "full", tmp_path / "interview.pdf")
        council.restart()
        report = sending.sync(desk)

        assert (report.problem, report.quarantined, report.held) == (None, 0, 0)
        assert desk.catalogue.council.name == "Wispmere Council"
        assert desk.catalogue.council.number("rhi_hours") == 48
        assert [hit.record_id for hit in finding.find(desk, "otsuka telephone")] == [record]
    assert "Which of our mentors was told?" in text_of(tmp_path / "interview.pdf")
    assert "Ōtsuka Rée, by telephone" in text_of(tmp_path / "interview.pdf")
    with council.service.database.reading() as connection:
        assert council_now(connection).number("rhi_hours") == 48


CHECKED = """
[languages]
on = ["pl"]

[languages.checked.pl]
by = "Anna Kowal, Wispmere Translation Service"
on = 2026-03-20
version = 1

[languages.words.pl]
"How are you now?" = "Jak się teraz masz?"
"""


def test_a_language_that_the_council_had_checked_reaches_a_laptop_and_the_childs_copy(
    council: Council, tmp_path: Path
) -> None:
    """Its own words come before those that came with Homeward; nothing is called a draft any more."""
    assert publish(council, own_file(more=CHECKED), tmp_path) == 0
    desk = laptop(council, tmp_path / "one", "nadia")
    with closing(desk.vault):
        sending.sync(desk)
        record = interview(desk, language="Polish", how_now="mixed", before="Poszłam do babci.")
        signing.lock_record(desk, record, name="Nadia", ink=None)
        export(desk, record, "child", tmp_path / "copy.pdf")
        said = " ".join(text_of(tmp_path / "copy.pdf").split())

    assert "Jak się teraz masz?" in said
    assert "Co się działo, zanim Cię nie było?" in said
    assert "checked by Anna Kowal, Wispmere Translation Service on 20 March 2026" in said
    assert "not yet checked" not in said


def test_the_parents_own_report_stands_in_their_language_too(council: Council, tmp_path: Path) -> None:
    council.officer("helen", "ehe_officer")
    assert publish(council, own_file(more=CHECKED), tmp_path) == 0
    desk = laptop(council, tmp_path / "one", "helen")
    with closing(desk.vault):
        sending.sync(desk)
        child = editing.new_record(desk, "child", known={"given_name": "Otto", "family_name": "Pennyfeather"})
        visit = editing.new_record(desk, "ehe_visit", child)
        answers = {name: value for name, value in HOME.items() if name != "samples"}
        editing.answer(desk, visit, {**answers, "language": "Polish"})
        signing.lock_record(desk, visit, name="Helen", ink=None)
        export(desk, visit, "parent", tmp_path / "copy.pdf")
        said = " ".join(text_of(tmp_path / "copy.pdf").split())

    polish = desk.catalogue.languages.beside("Polish")
    assert polish is not None
    label = desk.catalogue.form("ehe_visit").question("suitability").label
    assert label in said
    assert polish.says(label) in said


def test_what_was_written_before_the_laptop_heard_of_it_is_taken_in(council: Council, tmp_path: Path) -> None:
    """And what was written under a file that was replaced opens as it was asked."""
    assert publish(council, own_file(more=""), tmp_path) == 0
    desk = laptop(council, tmp_path / "one", "nadia")
    with closing(desk.vault):
        before = interview(desk)
        assert publish(council, own_file(), tmp_path) == 0
        first = sending.sync(desk)
        asked = interview(desk, **{QUESTION: "Nobody yet"})
        assert publish(council, own_file(more="", hours=24), tmp_path) == 0
        second = sending.sync(desk)
        after = interview(desk)
        third = sending.sync(desk)
        versions = [desk.vault.view(record).form_version for record in (before, asked, after)]

        assert [(report.problem, report.quarantined) for report in (first, second, third)] == [(None, 0)] * 3
        own = versions[0]
        assert versions == [own, 2 * STEP + own, 3 * STEP + own]
        assert QUESTION in editing.open_record(desk, asked).definition.by_id
        assert QUESTION not in editing.open_record(desk, after).definition.by_id
        assert desk.catalogue.council.number("rhi_hours") == 24


def test_a_mistake_in_the_file_is_told_with_its_line_and_nothing_is_published(
    council: Council, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = own_file().replace('section = "your_words"', 'section = "your_word"')
    status = publish(council, wrong, tmp_path)
    said = capsys.readouterr().err

    assert status == 1
    assert said.startswith("wispmere.toml, line ")
    assert "'your_word'" in said
    with council.service.database.reading() as connection:
        assert council_now(connection).name == "Rotherham Metropolitan Borough Council"


def test_the_same_file_again_is_no_new_one(
    council: Council, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(council, own_file(), tmp_path)
    capsys.readouterr()
    publish(council, own_file(), tmp_path)

    assert "new: no" in capsys.readouterr().out
    main(["--home", str(council.home.folder), "council", "show"])
    assert "number: 1" in capsys.readouterr().out
    (tmp_path / "next.toml").write_text(own_file(hours=36), encoding="utf-8")
    main(["--home", str(council.home.folder), "council", "diff", str(tmp_path / "next.toml")])
    assert "+rhi_hours = { value = 36" in capsys.readouterr().out


WORDED = """
[letters.receipt_to_school]
version = 4
subject = "Wispmere has your referral of {child}"

[[letters.receipt_to_school.block]]
text = "It came on {sent}."
"""


def test_a_councils_own_wording_of_a_letter_reaches_its_laptops(council: Council, tmp_path: Path) -> None:
    publish(council, own_file(WORDED), tmp_path)
    council.officer("bryony", role="cme_officer")
    desk = laptop(council, tmp_path / "laptop", "bryony")
    with closing(desk.vault):
        sending.sync(desk)
        letter = desk.catalogue.letters.letter("receipt_to_school")

    assert letter.wording == "Receipt of a referral, version 4, this council’s own"
    assert letter.subject == "Wispmere has your referral of {child}"


@pytest.mark.parametrize(("before", "after"), [("{sent}", "{outcome}"), ("version = 4", "reader = 'police'")])
def test_a_wording_that_names_what_the_letter_has_no_place_for_is_not_published(
    council: Council, tmp_path: Path, capsys: pytest.CaptureFixture[str], before: str, after: str
) -> None:
    status = publish(council, own_file(WORDED.replace(before, after)), tmp_path)

    assert status == 1
    assert capsys.readouterr().err.startswith("wispmere.toml, line ")


def test_a_form_that_the_file_no_longer_fits_is_begun_as_before(
    council: Council, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An update brings a form without the section that the council's question stands in: the service goes on."""
    note = resources.files("resources").joinpath("forms", "note.2.toml").read_text(encoding="utf-8")
    ours = ADDED.split("[lists.", maxsplit=1)[0].replace("return_home_interview", "note").replace("your_words", "notes")
    assert publish(council, own_file(more=ours), tmp_path) == 0
    (tmp_path / "note.toml").write_text(
        note.replace('id = "notes"', 'id = "said"').replace("version = 2\n", "version = 3\n"), encoding="utf-8"
    )
    status = main(["--home", str(council.home.folder), "form", "publish", str(tmp_path / "note.toml")])
    newest = council.service.definitions.newest("note")

    assert status == 0
    assert "no longer fits a form: council.toml, line" in capsys.readouterr().err
    assert newest is not None
    assert newest.version == 1002


OWN_FIGURE = f"""
[[figure]]
card = "missing"
number = "W1"
title = "Of interviews offered, a mentor was told"
among = "5.1"
form = "return_home_interview"
question = "{QUESTION}"
source = "Wispmere mentoring scheme, page 3"
"""
MARCH = ("scorecard", "missing", "--from", "2026-03-01", "--to", "2026-03-31")


def told(council: Council, capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, dict[str, object]]:
    capsys.readouterr()
    assert main(["--home", str(council.home.folder), *MARCH, *more, "--json"]) == 0
    return {one["number"]: one for one in json.loads(capsys.readouterr().out)["figures"]}


def test_an_added_question_is_counted_in_a_figure_of_the_councils_own(
    council: Council, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Beside the published figures, of them, as known at any moment; and outside it is hidden as they are."""
    assert publish(council, own_file(ADDED + OWN_FIGURE), tmp_path) == 0
    desk = laptop(council, tmp_path / "one", "nadia")
    with closing(desk.vault):
        sending.sync(desk)
        episodes = [asked_about(desk, mentor) for mentor in ("Ōtsuka Rée", "", "Sam")]
        assert sending.sync(desk).quarantined == 0
        council.clock.move(hours=1)
        then = council.clock().isoformat()
        before = told(council, capsys)
        editing.answer(desk, interview_about(desk, episodes[1]), {QUESTION: "Late, but told"})
        assert sending.sync(desk).problem is None
        council.clock.move(hours=1)

    assert (before["W1"]["count"], before["W1"]["denominator"], before["5.1"]["count"]) == (2, 3, 3)
    assert before["W1"]["references"] == sorted([episodes[0], episodes[2]])
    assert before["W1"]["source"] == "Wispmere mentoring scheme, page 3"
    assert told(council, capsys)["W1"]["count"] == 3
    assert told(council, capsys, "--as-at", then)["W1"] == before["W1"]
    outside = told(council, capsys, "--outside")
    assert (outside["W1"]["count"], outside["W1"]["hidden"]) == (None, True)


def asked_about(desk: Desk, mentor: str) -> str:
    child = editing.new_record(desk, "child", known={"given_name": "Wren"})
    times = {"last_seen_at": "2026-03-24T22:20:00+00:00", "found_at": "2026-03-25T21:40:00+00:00"}
    episode = editing.new_record(desk, "missing_episode", child, times)
    known = {"episode_id": episode, "offer_decision": "yes", **({QUESTION: mentor} if mentor else {})}
    editing.new_record(desk, "return_home_interview", child, known)
    return episode


def interview_about(desk: Desk, episode: str) -> str:
    held = desk.vault.summaries(form_id="return_home_interview")
    return next(one.record_id for one in held if one.answers.get("episode_id") == episode)


@pytest.mark.parametrize(
    ("was", "wrong", "said"),
    [
        ('card = "missing"', 'card = "mising"', "no scorecard 'mising'"),
        ('number = "W1"', 'number = "5.1"', "is there already"),
        ('among = "5.1"', 'among = "1.2"', "no figure of records"),
        ('question = "wisp_mentor"', 'question = "wisp_mentr"', "(did you mean 'wisp_mentor'?)"),
        ('form = "return_home_interview"\nquestion', 'form = "ehe_case"\nquestion', "not what this scorecard counts"),
    ],
)
def test_a_figure_that_cannot_be_counted_is_not_published(  # noqa: PLR0917 - a row of the table
    council: Council, tmp_path: Path, capsys: pytest.CaptureFixture[str], was: str, wrong: str, said: str
) -> None:
    assert was in OWN_FIGURE
    assert publish(council, own_file(ADDED + OWN_FIGURE.replace(was, wrong)), tmp_path) == 1
    assert said in capsys.readouterr().err
