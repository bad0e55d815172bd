"""The catalogue: every form by id and version, and a council's own changes without touching code."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from casework.errors import DefinitionError, FormError
from casework.forms import findings
from casework.practice.deadlines import rhi_clocks
from casework.practice.triggers import Episode, triggers
from desktop.forms.catalogue import Catalogue
from desktop.forms.forms_check import language_notes, mistakes
from tests.casework.forms.real import COUNCIL, FORMS, catalogue
from tests.casework.practice.council import at, day

ROTHERHAM = COUNCIL.read_text(encoding="utf-8")
# A second council: other numbers, lists, a school closure, and one form changed.
ASHMERE = (
    ROTHERHAM.replace('council = "rotherham"', 'council = "ashmere"')
    .replace("Rotherham Metropolitan Borough Council", "Ashmere Council")
    .replace('rhi_hours = { value = 72, unit = "hours"', 'rhi_hours = { value = 48, unit = "hours"')
    .replace("rhi_working_days = { value = 3", "rhi_working_days = { value = 2")
    .replace("four_weeks_days = { value = 28", "four_weeks_days = { value = 21")
    .replace("closures = []", "closures = [2026-06-16]")
    .replace('rhi_to_worker = "always"', 'rhi_to_worker = "with_consent"')
    + """
[lists.PUSH]
add = [{ code = "noise", label = "Noise at night" }]
retire = ["bored"]
reword = { rules_or_curfew = "House rules" }

[[change]]
form = "return_home_interview"
question = "place"
label = "Where did you and {child} meet?"
required = true

[[add]]
form = "return_home_interview"
section = "what_would_help"
[add.question]
id = "favourite_place"
label = "Where do you like to be?"
type = "text"
source = "Ashmere practice group"
"""
)


def ashmere(folder: Path, text: str = ASHMERE) -> Catalogue:
    file = folder / "ashmere.toml"
    file.write_text(text, encoding="utf-8")
    return Catalogue.load(FORMS, file)


def test_the_newest_version_is_given_unless_one_is_named(tmp_path: Path) -> None:
    """Old versions stand beside new ones for ever."""
    shutil.copytree(FORMS, tmp_path / "forms")
    text = (FORMS / "note.1.toml").read_text(encoding="utf-8").replace("version = 1", "version = 2")
    (tmp_path / "forms" / "note.2.toml").write_text(text, encoding="utf-8")
    loaded = Catalogue.load(tmp_path / "forms", COUNCIL)

    assert loaded.form("note").version == 2
    assert loaded.form("note", 1).version == 1
    assert loaded.versions("note") == (1, 2)
    assert loaded.display(loaded.form("child"), "care_status", "lac") == "Looked after child (LAC)"


def test_a_form_that_is_not_here_is_a_plain_sentence() -> None:
    """An unknown form and an unknown version."""
    with pytest.raises(FormError, match="There is no form called moon here"):
        catalogue().form("moon")
    with pytest.raises(FormError, match="Version 9 of note is not on this laptop yet"):
        catalogue().form("note", 9)


def test_another_council_changes_thresholds(tmp_path: Path) -> None:
    """48 hours, two working days, a local closure, three weeks: no code knows the difference."""
    council = ashmere(tmp_path).council
    clocks = rhi_clocks(at("2026-06-15T10:00"), at("2026-06-15T10:00"), council)

    assert clocks.h72.due == at("2026-06-17T10:00")
    assert clocks.working.due == day("2026-06-18")
    episodes = [
        Episode(text, at(f"{text}T12:00"), at(f"{text}T13:00")) for text in ("2026-06-01", "2026-06-15", "2026-06-22")
    ]
    met = {trigger.id for trigger in triggers(episodes, at("2026-07-01T12:00"), council) if trigger.met}
    assert "3_in_21_days" not in met
    assert "3_in_30_days" in met
    assert council.readings["rhi_to_worker"] == "with_consent"


def test_another_council_changes_lists(tmp_path: Path) -> None:
    """Added, reworded and retired; a retired code stays readable on old records."""
    push = ashmere(tmp_path).form("return_home_interview").question("push_factors")

    assert push.option("noise") is not None
    assert push.option("bored") is not None
    assert [option.code for option in push.options if option.retired] == ["bored"]
    reworded = push.option("rules_or_curfew")
    assert reworded is not None
    assert reworded.label == "House rules"


def test_another_council_changes_one_form(tmp_path: Path) -> None:
    """A question reworded and needed, and one added; other forms as they were."""
    theirs, ours = ashmere(tmp_path), catalogue()
    interview = theirs.form("return_home_interview")

    assert interview.question("place").label == "Where did you and {child} meet?"
    assert "place" in {finding.question_id for finding in findings(interview, {}) if finding.blocks_signing}
    assert "place" not in {f.question_id for f in findings(ours.form("return_home_interview"), {}) if f.blocks_signing}
    assert interview.section_of["favourite_place"].id == "what_would_help"
    assert interview.question("favourite_place").voice == "child"
    assert theirs.form("child").sections == ours.form("child").sections


@pytest.mark.parametrize(
    ("was", "becomes", "where", "says"),
    [
        ("rhi_hours =", "rhi_huors =", "rhi_huors =", "did you mean 'rhi_hours'?"),
        ("value = 48, unit", 'value = "many", unit', "rhi_hours =", "should be a whole number"),
        ('retire = ["bored"]', 'retire = ["boerd"]', "[lists.PUSH]", "did you mean 'bored'?"),
        ("[lists.PUSH]", "[lists.PUSHES]", "[lists.PUSHES]", "did you mean 'PUSH'?"),
        ('question = "place"', 'question = "palce"', "[[change]]", "did you mean 'place'?"),
        (
            'question = "place"',
            'question = "place"\ntype = "text"',
            'type = "text"\nlabel',
            "no setting is called 'type'",
        ),
        ("required = true", 'show_when = { question = "place", answered = true }', "[[change]]", "in a circle"),
        ('section = "what_would_help"', 'section = "help"', "[[add]]", "no section 'help'"),
        ('id = "favourite_place"', 'id = "place"', "[[", "two questions are called 'place'"),
        ('form = "return_home_interview"\nquestion', 'form = "interview"\nquestion', "[[change]]", "no form is called"),
        ("closures = [2026-06-16]", 'closures = ["16 June"]', "closures", "a date such as"),
        ('rhi_to_worker = "with_consent"', 'rhi_to_worker = "never"', "rhi_to_worker", "cannot stand for"),
    ],
)
def test_a_mistake_in_a_councils_file_names_its_line(
    tmp_path: Path, was: str, becomes: str, where: str, says: str
) -> None:
    """Also one that only shows when the change meets the form."""
    assert was in ASHMERE
    text = ASHMERE.replace(was, becomes, 1)

    with pytest.raises(DefinitionError) as caught:
        ashmere(tmp_path, text)

    assert says in str(caught.value)
    assert caught.value.file == "ashmere.toml"
    assert text.split("\n")[caught.value.line - 1].startswith(where.split("\n", maxsplit=1)[0])


def test_one_version_in_two_files_is_refused(tmp_path: Path) -> None:
    """Nobody can say which is meant."""
    shutil.copytree(FORMS, tmp_path / "forms")
    shutil.copy(FORMS / "note.1.toml", tmp_path / "forms" / "zz.toml")

    with pytest.raises(DefinitionError, match=r"zz\.toml, line 2: note\.1\.toml already holds version 1"):
        Catalogue.load(tmp_path / "forms", COUNCIL)


def test_checking_explains_the_mistakes_of_every_file(tmp_path: Path) -> None:
    """All the files that have one, not only the first."""
    folder = tmp_path / "forms"
    shutil.copytree(FORMS, folder)
    assert mistakes(folder, COUNCIL) == ()

    for name in ("note.1.toml", "action.1.toml"):
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace('type = "text"', 'type = "txet"', 1), encoding="utf-8")
    found = mistakes(folder, COUNCIL)
    assert [error.file for error in found] == ["action.1.toml", "note.1.toml"]

    shutil.copytree(FORMS, folder, dirs_exist_ok=True)
    broken = tmp_path / "ashmere.toml"
    broken.write_text(ASHMERE.replace('question = "place"', 'question = "palce"'), encoding="utf-8")
    assert [error.file for error in mistakes(folder, broken)] == ["ashmere.toml"]


def test_the_check_names_what_has_no_translation_in_a_language_that_is_on(tmp_path: Path) -> None:
    """A council that asks in other words: English stands alone there until somebody translates them."""
    change = '[[change]]\nform = "return_home_interview"\nquestion = "before"\nlabel = "What was that day like?"\n'
    own = tmp_path / "wispmere.toml"
    own.write_text(f'{COUNCIL.read_text(encoding="utf-8")}\n[languages]\non = ["pl"]\n\n{change}', encoding="utf-8")

    assert mistakes(FORMS, own) == ()
    assert language_notes(FORMS, COUNCIL, every=True) == ()
    (missing, unsaid) = language_notes(FORMS, own, every=False)
    assert missing.startswith("Polish: “What was that day like?” (return_home_interview.before) has no translation")
    assert unsaid.startswith("Polish: no form says “What was going on before you left?” any more")
