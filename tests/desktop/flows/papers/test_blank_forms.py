"""`homeward blank-form`: a form to fill in with a pen, which anybody can read; a child is named on it only if asked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from casework.errors import KnownError
from casework.forms import Question, QuestionType, worded
from casework.practice.council import load_council
from casework.practice.languages.beside_english import NOT_CHECKED
from desktop.cli import parse_arguments
from desktop.compose import build_catalogue
from desktop.flows.desk import Desk
from desktop.flows.papers.blank_forms import blanks_offered
from desktop.flows.record import editing
from desktop.paths import resources
from desktop.store.database.remembered import OFFICER, Officer
from desktop.verbs.deeds import DEEDS
from tests.desktop.documents.conformance import conformance, pages_of, text_of
from tests.desktop.documents.lettering.test_four_readers import languages
from tests.desktop.flows.team.test_exceptions import becomes
from tests.desktop.forms.test_catalogue import ashmere

INTERVIEW = "return_home_interview"


def run(desk: Desk, *words: str) -> Any:
    args = parse_arguments(words)
    return DEEDS[args.verb](args, desk)


def printed(desk: Desk, to: Path, form: str, *more: str) -> str:
    run(desk, "blank-form", form, "--to", str(to), *more)
    return text_of(to)


@pytest.fixture
def wren(desk: Desk) -> str:
    facts = {"given_name": "Wren", "family_name": "Hollowby", "date_of_birth": "2011-06-09"}
    return editing.new_record(desk, "child", "", facts)


def _is_worked_out(question: Question) -> bool:
    return question.read_only or bool(question.links_to) or question.type is QuestionType.COMPUTED


def test_it_holds_every_question_its_answers_and_their_conditions(desk: Desk, tmp_path: Path) -> None:
    """Whatever the interview asks of a person, in the order of the form; conditions in words."""
    text = printed(desk, tmp_path / "i.pdf", INTERVIEW)
    form = desk.catalogue.form(INTERVIEW)
    flat = text.replace(" ", "")

    for section in form.sections:
        assert f"{section.number}{section.title}".replace(" ", "") in flat
    for question in form.questions():
        if not (_is_worked_out(question) or question.puts_in_english):
            label = worded(question.label)
            short = label[:18].replace(" ", "")
            assert short[:1].upper() + short[1:] in flat or question.id == "also_covers", label
    assert "Unless 2.1 is “No” or “Does not apply”:" in text
    assert "A row at home" in text
    assert "Beside each tick: C what the child said" in text
    assert "Nobody was free to do it" in text
    assert "Missing episode" not in text
    assert "The allocated worker gets it to write the Find Me Plan, and the child is told so." in text


def test_it_goes_back_to_the_worker_and_names_no_child(desk: Desk, wren: str, tmp_path: Path) -> None:
    text = printed(desk, tmp_path / "i.pdf", INTERVIEW)

    assert "return to" in text
    for line in ("Nadia Brightwater, Missing advocate", "Missing team, EVOLVE", "Ashmere Council", "Riverside House"):
        assert line in text
    assert "Child’s name:" in text
    assert "Wren" not in text
    assert wren not in text
    assert "Page 1 of " in text
    assert text.count("Confidential once it is filled in") == pages_of(tmp_path / "i.pdf")


def test_begun_from_a_child_it_bears_the_name_and_the_audit_says_so(desk: Desk, wren: str, tmp_path: Path) -> None:
    said = run(desk, "blank-form", "safe_well_visit", "--child", wren, "--to", str(tmp_path / "v.pdf"))[1]
    text = text_of(tmp_path / "v.pdf")

    assert said == "Saved as v.pdf. Wren Hollowby stands on it: keep it covered."
    assert "Wren Hollowby" in text
    assert "Born 9 June 2011" in text
    assert wren.encode() not in (tmp_path / "v.pdf").read_bytes()
    assert f'"copy":"blank form","record":"{wren}"' in desk.vault.audit.entries()[-1].facts


def test_each_print_has_a_mark_of_its_own_on_every_page(desk: Desk, tmp_path: Path) -> None:
    """Two children's pages that fell on the floor are sorted by it."""
    marks = set()
    for name in ("a.pdf", "b.pdf"):
        text = printed(desk, tmp_path / name, "need_to_know")
        found = {word.split(".")[0] for word in text.split("Sheet ")[1:]}
        assert len(found) == 1
        marks |= found

    assert len(marks) == 2


def test_large_type_is_larger_and_both_pass_verapdf(desk: Desk, tmp_path: Path) -> None:
    small, large = tmp_path / "small.pdf", tmp_path / "large.pdf"
    printed(desk, small, INTERVIEW)
    printed(desk, large, INTERVIEW, "--large-type")

    assert pages_of(large) > pages_of(small) * 1.3
    assert conformance(large) == ["PASS 3a", "PASS ua1"]


def test_each_role_is_offered_what_it_writes(desk: Desk) -> None:
    becomes(desk, "cme_officer")
    offered = {form.form_id for form in blanks_offered(desk)}

    assert {"child", "cme_referral", "safe_well_visit"} <= offered
    assert not offered & {"notice", "letter", "meeting", INTERVIEW}
    with pytest.raises(KnownError, match="no blank form called notice"):
        run(desk, "blank-form", "notice")


def test_a_councils_own_question_stands_in_it(desk: Desk, tmp_path: Path) -> None:
    desk.catalogue = ashmere(tmp_path)
    text = printed(desk, tmp_path / "i.pdf", INTERVIEW)

    assert "Where do you like to be?" in text
    assert "Where did you and the child meet?" in text
    assert "Noise at night" in text
    assert "Being bored" not in text


def test_in_arabic_beside_english_it_says_that_nobody_checked_it(desk: Desk, tmp_path: Path) -> None:
    """Question, answers and the draft’s sentence in both; a worker’s question stays in English; in large type too."""
    to = tmp_path / "i.pdf"
    with pytest.raises(KnownError, match=r"has not switched “ar” on\. Switched on: none"):
        run(desk, "blank-form", INTERVIEW, "--language", "ar")
    text = (resources() / "councils" / "rotherham.toml").read_text(encoding="utf-8")
    council = load_council(f'{text}\n[languages]\non = ["ar"]\n', file="ashmere.toml")
    desk.catalogue = build_catalogue().under(council, ())
    with pytest.raises(KnownError, match="no questions for the family in another language"):
        run(desk, "blank-form", "need_to_know", "--language", "ar")
    made = run(desk, "blank-form", INTERVIEW, "--to", str(to), "--language", "ar", "--large-type")
    read = re.sub("[\u202a-\u202e]", "", text_of(to))

    assert NOT_CHECKED in made[1]
    assert NOT_CHECKED in read
    assert "هذه الترجمة مسودة لم يراجعها مترجم مؤهل بعد" in read
    assert "What was going on before you left?" in read
    assert "ماذا كان يحدث قبل أن تذهب؟" in read
    assert "شجار في البيت" in read
    assert "The same in English" not in read
    assert conformance(to) == ["PASS 3a", "PASS ua1"]
    with to.open("rb") as stream:
        assert languages(PdfFileReader(stream).root["/StructTreeRoot"]).count("ar") > 100


def test_before_joining_every_form_can_be_printed(desk: Desk, tmp_path: Path) -> None:
    """They tell nothing of anybody."""
    desk.vault.settings.put(OFFICER, Officer())
    desk.joined_anew()
    offered = [form.form_id for form in blanks_offered(desk)]
    for form in offered:
        run(desk, "blank-form", form, "--to", str(tmp_path / f"{form}.pdf"))

    assert len(list(tmp_path.glob("*.pdf"))) == len(offered) >= 16


def test_a_form_that_is_none_is_named_with_those_there_are(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match=r"no blank form called interview\. There are: .*return_home_interview"):
        run(desk, "blank-form", "interview", "--to", str(tmp_path / "i.pdf"))
    (tmp_path / "i.pdf").write_bytes(b"mine")
    with pytest.raises(KnownError, match="There is a file called"):
        run(desk, "blank-form", INTERVIEW, "--to", str(tmp_path / "i.pdf"))
    assert (tmp_path / "i.pdf").read_bytes() == b"mine"
