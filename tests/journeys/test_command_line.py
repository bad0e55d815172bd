"""The command line: its exit statuses, its sentences, and the README that lists it."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from casework.identifiers import DeviceId
from central.people import revoking
from desktop.cli import VERBS
from desktop.compose import build_gate
from desktop.documents.rendering import render
from desktop.documents.sealing import seal_pdf
from desktop.paths import fonts
from tests.central.running import running
from tests.desktop.documents.conformance import text_of
from tests.desktop.documents.council import Council as Signing
from tests.desktop.documents.papers import paper
from tests.desktop.doors import set_up_quickly
from tests.forked_verbs import program
from tests.journeys.conftest import PASSPHRASE, Laptop

CASES = Path(__file__).parents[1] / "desktop" / "store" / "attachments" / "cases"
BOM = (Path(__file__).parents[1] / "desktop" / "cases" / "pp-bom.txt").read_bytes()
README = Path(__file__).parents[2] / "README.md"


@pytest.fixture
def empty(tmp_path: Path) -> Laptop:
    return Laptop(tmp_path / "home")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Laptop:
    """A store whose laptop has not joined."""
    laptop = Laptop(tmp_path_factory.mktemp("made") / "home")
    laptop.ok("setup", "--name", "Nadia")
    return laptop


def test_usage_is_two(empty: Laptop) -> None:
    assert empty.run("no-such-verb").code == 2


def test_no_store_is_one_and_says_what_to_do(empty: Laptop) -> None:
    done = empty.run("records")

    assert (done.code, done.err) == (1, "There is no store here yet. Make one with: homeward setup\n")


def test_a_weak_passphrase_makes_no_store(empty: Laptop) -> None:
    done = empty.run("setup", "--name", "Nadia", passphrase="password")

    assert done.code == 1
    assert "guessed" in done.err
    assert empty.run("records").err.startswith("There is no store here yet.")


def test_what_is_written_before_the_laptop_has_joined_is_kept_and_not_sent(made: Laptop, tmp_path: Path) -> None:
    record = made.new("child", {"given_name": "Wren"})
    done = made.run("sync")

    assert done.code == 1
    assert "has not joined a council yet" in done.err
    assert [found["record"] for found in made.ok("records")] == [record]


@pytest.mark.parametrize("content", ["", "[1]", '{"given_name": 1.5}', '{"a": 1, "a": 2}', "\x00\xff"])
def test_a_malformed_file_is_refused_in_words(made: Laptop, tmp_path: Path, content: str) -> None:
    file = tmp_path / "broken.json"
    file.write_text(content)
    done = made.run("new", "child", "--answers", file)

    assert done.code == 1
    assert done.err.count("\n") == 1
    assert "Traceback" not in done.err


def test_verify_refuses_a_foreign_file_in_words(empty: Laptop, tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    file.write_bytes(b"%PDF-1.4 not much of one")
    done = empty.run("verify", file)

    assert done.code == 1
    assert done.err.startswith("This PDF")


def test_verify_opens_a_protected_copy_with_the_password_in_a_file(empty: Laptop, tmp_path: Path) -> None:
    """The password is on no line; where nobody can type it, it says how to give it."""
    council, file, ca, secret = Signing(), tmp_path / "a.pdf", tmp_path / "ca.pem", tmp_path / "secret"
    ca.write_text(council.root_pem)
    secret.write_text("otter lantern gravel mosaic thirteen\n")
    by, password = council.officer("Nadia Brightwater"), secret.read_text().strip()
    unsigned, at = render(paper(), fonts()), datetime.now(UTC)
    file.write_bytes(seal_pdf(unsigned, by, reason="Signed", place="Ashmere", at=at, password=password))
    words = ("verify", file, "--ca", ca)

    assert empty.ok(*words, "--password-file", secret)["good"]
    assert "--password-file FILE" in empty.run(*words).err
    secret.write_text("another one")
    wrong = empty.run(*words, "--password-file", secret)
    assert (wrong.code, "That is not the password of this PDF." in wrong.err) == (1, True)


def test_verify_says_of_a_folder_a_line_for_each_pdf(empty: Laptop, tmp_path: Path) -> None:
    """As long as one is not good the status says so."""
    council, folder, ca = Signing(), tmp_path / "sent", tmp_path / "ca.pem"
    (folder / "more").mkdir(parents=True)
    ca.write_text(council.root_pem)
    unsigned, identity = render(paper(), fonts()), council.officer("Nadia Brightwater")
    good = seal_pdf(unsigned, identity, reason="Signed", place="Ashmere", at=datetime.now(UTC))
    (folder / "a.pdf").write_bytes(good)
    (folder / "notes.txt").write_text("words")
    whole = empty.run("verify", folder, "--ca", ca, as_json=False)
    (folder / "more" / "b.PDF").write_bytes(good[:-20] + b"x" + good[-19:])
    (folder / "more" / "c.pdf").write_bytes(b"%PDF-1.4 not much of one")
    told, part = empty.run("verify", folder, "--ca", ca), empty.run("verify", folder, "--ca", ca, as_json=False)

    assert (whole.code, part.code, told.code) == (0, 1, 1)
    assert whole.out.startswith("a.pdf: Good. Nadia Brightwater signed this on ")
    starts = ["a.pdf: Good. ", "more/b.PDF: Not good. ", "more/c.pdf: Not good. "]
    assert [line.startswith(start) for line, start in zip(part.out.splitlines(), starts, strict=True)] == [True] * 3
    found = json.loads(told.out)
    assert (found["good"], [one["good"] for one in found["files"]]) == (False, [True, False, False])


@pytest.mark.parametrize(
    "words",
    [
        ("verify", "FOLDER/none.pdf"),
        ("verify", "FOLDER"),
        ("verify", "FOLDER/text", "--ca", "FOLDER/none.pem"),
        ("verify", "FOLDER/text", "--ca", "FOLDER/text"),
        ("restore", "FOLDER"),
        ("forms", "check", "--folder", "FOLDER/none"),
    ],
)
def test_a_file_that_is_not_there_or_not_of_its_kind_is_one_sentence(
    empty: Laptop, tmp_path: Path, words: tuple[str, ...]
) -> None:
    (tmp_path / "text").write_text("only words")
    done = empty.run(*[word.replace("FOLDER", str(tmp_path)) for word in words])

    assert done.code == 1
    assert "Traceback" not in done.err
    assert "fault of its own" not in done.err


@pytest.mark.parametrize("to", [".", "/", ""])
def test_a_place_without_a_file_name_is_one_sentence(nadia: Laptop, to: str) -> None:
    for line in (["blank-form", "child", "--to", to], ["due", "--csv", to]):
        done = nadia.run(*line)
        assert done.code == 1, done.err
        assert done.err.count("\n") == 1
        assert "Name the file" in done.err or "directory" in done.err


def test_a_day_that_nobody_can_mean_is_one_sentence(nadia: Laptop) -> None:
    for text in ("0001-01-01", "9999-12-31", "2026-02-30"):
        done = nadia.run("agenda", "--on", text)
        assert (done.code, done.err) == (1, f"“{text}” is not a date. Write it as 2026-12-31.\n")


def test_a_passphrase_file_with_a_byte_order_mark_is_what_would_be_typed(empty: Laptop) -> None:
    """`pp-bom.txt`: the mark was taken for a letter, and no typing opened the store."""
    typed = BOM.decode("utf-8-sig").rstrip("\r\n")
    assert empty.run("setup", "--name", "Nadia", passphrase=BOM.decode()).code == 0
    opened = empty.run("records", passphrase=typed)

    assert (opened.code, opened.json) == (0, [])


def test_a_sync_that_failed_ends_with_one_and_a_child_is_found_however_typed(tmp_path: Path) -> None:
    """It ended with 0 whatever had happened, so that no task on a timer could notice."""
    laptop = Laptop(tmp_path / "laptop" / "home")
    set_up_quickly(build_gate(laptop.home), "Nadia Brightwater", PASSPHRASE).vault.close()
    with running(tmp_path / "central") as council:
        council.clock.at = datetime.now(UTC)
        council.officer("nadia")
        device = str(laptop.ok("enrol", council.url, council.code("nadia"))["device"])
        child = laptop.new("child", {"given_name": "Łukasz", "family_name": "O’Connor"})
        found = laptop.ok("find", "lukasz", "OConnor")
        joined = laptop.run("sync")
        with council.service.database.writing() as connection:
            revoking.revoke(connection, DeviceId(device), "drain", council.clock())
        withdrawn = laptop.run("sync")
    stopped = laptop.run("sync")

    assert [(one["record_id"], one["child_name"]) for one in found] == [(child, "Łukasz O’Connor")]
    assert (joined.code, withdrawn.code, stopped.code) == (0, 1, 1)
    assert "withdrawn" in withdrawn.json["problem"]
    assert "not running" in stopped.json["problem"]


def test_the_readme_names_verbs_that_exist_and_every_main_one() -> None:
    text = README.read_text(encoding="utf-8")

    for verb in ("setup", "enrol", "new", "answer", "sign", "export", "verify", "sync"):
        assert verb in VERBS
        assert f"homeward {verb}" in text


def test_a_draft_is_saved_as_one_and_nobody_can_take_it_for_signed(nadia: Laptop, tmp_path: Path) -> None:
    child = nadia.new("child", {"given_name": "Otto", "family_name": "Pennyfeather"})
    plan = nadia.new("find_me_plan", {"looks": "Green coat"}, child)
    refused = nadia.run("export", plan, "--to", tmp_path / "plan.pdf")
    assert (refused.code, refused.err) == (1, "Sign the record first: a PDF is made of what was signed.\n")

    nadia.ok("export", plan, "--draft", "--to", tmp_path / "draft.pdf")
    assert "Draft, not signed" in text_of(tmp_path / "draft.pdf")
    assert "carries no signature" in nadia.run("verify", tmp_path / "draft.pdf").err


def test_who_is_missing_is_listed_in_words_as_values_and_as_rows(nadia: Laptop) -> None:
    child = nadia.new("child", {"given_name": "Otto", "family_name": "Pennyfeather", "care_status": "lac"})
    since = (datetime.now(UTC) - timedelta(hours=30)).isoformat(timespec="seconds")
    where = {"last_seen_where": "Canal Street", "police_ref": "AP-26-118362"}
    nadia.new("missing_episode", {"last_seen_at": since, "outcome": "real", **where}, child)
    (found,) = [one for one in nadia.ok("missing-now") if one["child"] == child]
    rows = list(csv.DictReader(nadia.run("missing-now", "--csv", "-", as_json=False).out.splitlines()))
    (row,) = [row for row in rows if row["Child"] == "Otto Pennyfeather"]

    assert (found["police_reference"], found["last_seen"]) == ("AP-26-118362", "Canal Street")
    assert found["minutes"] // 60 == 30
    assert found["next"] == "Tell police"
    assert (row["Police reference"], row["Next step"]) == ("AP-26-118362", "Tell police")
    assert "Otto Pennyfeather. Missing 30 h" in nadia.run("missing-now", as_json=False).out


def test_files_are_attached_and_what_is_left_behind_is_said(nadia: Laptop) -> None:
    child = nadia.new("child", {"given_name": "Otto", "family_name": "Pennyfeather"})
    visit = nadia.new("return_home_interview", {}, child)
    moving = nadia.ok("attach", visit, "child_made", CASES / "three-frames.gif")
    late = nadia.run("attach", visit, "child_made", CASES / "utf16-note.txt")
    shown = nadia.ok("show", visit)

    assert "Only the first is kept" in moving["notice"]
    assert (late.code, "UTF-16" in late.err) == (1, True)
    assert [row["file"]["name"] for row in shown["answers"]["child_made"]] == ["three-frames.gif"]


def test_what_is_due_is_listed_and_saved_as_a_table(nadia: Laptop, tmp_path: Path) -> None:
    """By day, in words, as JSON and for a spreadsheet, in which a name is never a formula."""
    child = nadia.new("child", {"given_name": "=Wren", "family_name": "Hollowby"})
    episode = {"last_seen_at": "2026-03-24T22:20:00+00:00", "reported_at": "2026-03-24T23:00:00+00:00"}
    nadia.new("missing_episode", {**episode, "care_status": "lac", "found_at": "2026-03-26T09:00:00+00:00"}, child)
    table = tmp_path / "due.csv"
    listed = nadia.ok("due", "--strand", "missing", "--until", "2199-12-31")
    saved = nadia.ok("due", "--until", "2199-12-31", "--csv", table)
    wrong = nadia.run("due", "--until", "soon")
    rows = table.read_text(encoding="utf-8-sig").splitlines()

    assert set(listed) == {"today", "until", "overdue", "coming"}
    assert saved["rows"] == len(rows) - 1 == len(listed["overdue"]) + len(listed["coming"])
    assert all(",=Wren" not in row for row in rows)
    assert (wrong.code, "is not a date" in wrong.err) == (1, True)


def test_a_council_file_whose_school_calendar_runs_out_is_warned_of(empty: Laptop, tmp_path: Path) -> None:
    """It is sound all the same; a threshold of nought is not."""
    source = (Path(__file__).parents[2] / "resources" / "councils" / "rotherham.toml").read_text(encoding="utf-8")
    ended, nought = tmp_path / "ended.toml", tmp_path / "nought.toml"
    year = '[[calendar.school_year]]\nname = "2026 to 2027"'
    ended.write_text(source[: source.index(year)] + source[source.index("[contacts]") :], encoding="utf-8")
    was = "ehe_contact_months = { value = 12"
    nought.write_text(source.replace(was, was.replace("12", "0")), encoding="utf-8")
    warned, refused = empty.run("forms", "check", "--council", ended), empty.run("forms", "check", "--council", nought)

    assert (warned.code, "holds only 0 school days" in warned.json["warnings"][0]) == (0, True)
    assert (refused.code, "should be 1 or more" in refused.json["mistakes"][0]) == (1, True)


def test_the_caseload_is_a_table_by_word_and_by_file(nadia: Laptop, tmp_path: Path) -> None:
    child = nadia.new("child", {"given_name": "Wren", "family_name": "Hollowby"})
    nadia.new("missing_episode", {"last_seen_at": "2026-03-24T22:20:00+00:00"}, child)
    table = tmp_path / "cases.csv"
    listed = nadia.ok("caseload", "--words", "hollowby")
    saved = nadia.ok("caseload", "--strand", "missing", "--csv", table)

    assert ("missing", child, "Missing now") in [(row["table"], row["child"], row["stage"]) for row in listed]
    assert saved["rows"] >= 1
    assert table.read_text(encoding="utf-8-sig").startswith("Child,School,Stage,School days absent,")


def test_where_nobody_is_there_to_type_a_sentence_says_what_to_give(nadia: Laptop) -> None:
    """A line of a scheduled task ended in a fault of the program's own."""
    done = program("desktop").run("--home", nadia.home, "records")

    assert done.returncode == 1
    assert (
        done.stderr.rpartition(": Nobody")[2] == " is there to type it. Give it on the line: --passphrase-file FILE.\n"
    )
