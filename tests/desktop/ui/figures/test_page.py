"""Figures in the real window over a real service: numbers, pictures, what is behind them, offline, and what leaves."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from casework.errors import KnownError
from casework.wire.figure_messages import FiguresTold
from desktop.cli import parse_arguments
from desktop.flows.council import sending
from desktop.flows.desk import Desk
from desktop.flows.figures.scorecard_pdf import print_scorecard
from desktop.flows.figures.scorecards import scorecard
from desktop.ui.figures.bar_pictures import BarPicture
from desktop.ui.kit.basics.drop_down import DropDown
from desktop.ui.kit.basics.table import Table
from desktop.ui.kit.fields.narrative import WordsBox
from desktop.verbs import scorecard_verbs
from tests.central.extracts.test_import_records import FILES, take
from tests.central.figures.test_publishing import publish_now
from tests.central.running import Council, running
from tests.desktop.documents.conformance import conformance, first_lines_in, words_in
from tests.desktop.ui.conftest import Driven
from tests.desktop.ui.joined_window import joined_window

NAMES = ("Stone", "Ada Mary", "Omar", "Hill School")


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
    """It is April there: the March that the extracts are of is over."""
    with running(tmp_path / "central") as found:
        for what in FILES:
            assert take(found, tmp_path, what).refused == []
        found.clock.move(days=10)
        yield found


@pytest.fixture
def role() -> str:
    return "missing_manager"


@pytest.fixture
def manager(council: Council, tmp_path: Path, qtbot: QtBot, role: str) -> Iterator[Driven]:
    council.officer("dana", role)
    with joined_window(council, tmp_path / "home", qtbot, "dana", synced) as found:
        yield found


def synced(desk: Desk) -> None:
    assert sending.sync(desk).problem is None


def at_figures(driven: Driven) -> None:
    driven.click("place/figures")
    came(driven)


def words(driven: Driven, name: str = "") -> str:
    found = driven.window.findChildren(QLabel, name) if name else driven.window.findChildren(QLabel)
    return "\n".join(one.text() for one in found if one.isVisible())


def rows(driven: Driven, name: str) -> list[list[str]]:
    table = driven.find(name)
    assert isinstance(table, Table)
    cells = [[table.item(row, place) for place in range(table.columnCount())] for row in range(table.rowCount())]
    return [[cell.text() if cell else "" for cell in line] for line in cells]


def choose(driven: Driven, name: str, code: str) -> None:
    box = driven.find(name)
    assert isinstance(box, DropDown)
    box.put(code)
    box.activated.emit(box.currentIndex())
    came(driven)


def headline(driven: Driven, said: str) -> None:
    assert driven.window.where.place == "figures"
    assert words(driven, "figures/headline/1.1") == said, words(driven, "figures/heard")


def came(driven: Driven) -> None:
    """The council has answered, and the answer is laid out."""
    driven.qtbot.waitUntil(lambda: "Asking" not in words(driven, "figures/heard"), timeout=20_000)
    driven.settle()


def told(driven: Driven, card: str = "missing") -> FiguresTold:
    period = {"missing": ("2026-03-01", "2026-03-31"), "cme": ("2026-01-01", "2026-03-31")}[card]
    first, last = (date.fromisoformat(one) for one in period)
    return scorecard(driven.shell.desk, card, first, last).told


def test_every_number_is_the_services_and_opens_to_its_records(manager: Driven) -> None:
    at_figures(manager)
    picture(manager, "figures.png")
    assert "March 2026" in manager.window.frame.screen_shown.subtitle()
    every = rows(manager, "figures/every")
    service = told(manager)
    assert [(row[0], row[2]) for row in every] == [(one.number, str(one.count)) for one in service.figures]
    table = manager.find("figures/every")
    assert isinstance(table, Table)
    for place, one in enumerate(service.figures):
        table.cellActivated.emit(place, 0)
        manager.settle()
        assert words(manager, "figures/behind/of").startswith(f"{one.count}")
        behind = rows(manager, "figures/behind") if one.count else []
        assert len(behind) == one.count
    table.cellActivated.emit([row[0] for row in every].index("1.1"), 0)
    manager.settle()
    listed = rows(manager, "figures/behind")
    assert [(line[1], line[2]) for line in listed] == [("Episode", "E1"), ("Episode", "E2")]
    assert listed[0][0].startswith("Ada Mary Stone")
    opened = manager.find("figures/behind")
    assert isinstance(opened, Table)
    opened.cellActivated.emit(0, 0)
    manager.settle()
    assert manager.window.where.place == "form"


def test_pictures_are_walked_by_keys_and_shown_as_tables(manager: Driven) -> None:
    at_figures(manager)
    days = manager.find("figures/picture/2/drawn")
    assert isinstance(days, BarPicture)
    assert [spot.words for spot in days.spots][:2] == ["Same day: 0, 0%", "1 day: 1, 50%"]
    days.setFocus()
    for _step in range(2):
        QTest.keyClick(days, Qt.Key.Key_Down)
    QTest.keyClick(days, Qt.Key.Key_Return)
    manager.settle()
    assert "Figure 4.2" in words(manager, "figures/behind/of")
    manager.click("figures/picture/2/switch")
    listed = rows(manager, "figures/picture/2/table")
    assert [line[1] for line in listed] == [str(one.count) for one in told(manager).figures if one.number[:2] == "4."][
        :7
    ]
    assert QApplication.focusWidget() is manager.find("figures/picture/2/table")


def test_another_period_and_what_was_known_then(manager: Driven, council: Council, tmp_path: Path) -> None:
    at_figures(manager)
    late = "episode_ref,child_ref,started_at,returned_at\nE9,C1,2026-03-20T22:00:00+00:00,2026-03-21T09:00:00+00:00\n"
    assert take(council, tmp_path, "episodes", late).refused == []
    choose(manager, "figures/known", "then")
    headline(manager, "2")
    choose(manager, "figures/known", "now")
    headline(manager, "3")
    choose(manager, "figures/period", "2026-02-01/2026-02-28")
    assert words(manager, "figures/heard") == "From the council, today, 15:32."
    headline(manager, "0")


def test_without_a_network_the_last_answer_is_shown_with_its_moment(manager: Driven, council: Council) -> None:
    at_figures(manager)
    council.stop()
    manager.go("today")
    at_figures(manager)
    headline(manager, "2")
    assert "today, 15:32" in words(manager, "figures/heard")
    assert "cannot be asked now" in words(manager, "figures/heard")
    choose(manager, "figures/period", "2026-01-01/2026-01-31")
    assert "have not been on this laptop before" in words(manager, "figures/heard")
    assert not manager.shows("figures/every")
    council.start()


def test_what_is_saved_holds_no_small_number_and_nobody(
    manager: Driven, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_figures(manager)
    files = {"save": tmp_path / "out.csv", "pdf": tmp_path / "out.pdf"}
    for act, file in files.items():
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked, file=file: (str(file), ""))
        manager.click(f"figures/{act}")
        manager.settle()
    table = list(csv.DictReader(files["save"].read_text("utf-8-sig").splitlines()))
    inside = {one.number: one.count for one in told(manager).figures}
    assert {row["number"] for row in table} == set(inside)
    for row in table:
        assert row["count"] == "hidden" or int(row["count"]) == 0 or int(row["count"]) > 4
    drawn = {line[0]: line[2] for line in first_lines_in(files["pdf"]) if len(line) > 2 and line[0] in inside}
    assert drawn == {row["number"]: row["count"] for row in table}
    shown = {row[0]: row[2] for row in rows(manager, "figures/every")}
    assert {number: count for number, count in drawn.items() if count != "hidden"}.items() <= shown.items()
    data = files["pdf"].read_bytes()
    assert "A draft: nobody has published these figures yet." in words_in(data)
    assert "Missing children, March 2026" in words_in(data)
    assert conformance(files["pdf"]) == ["PASS 3a", "PASS ua1"]
    for name in NAMES:
        assert name not in files["save"].read_text("utf-8-sig")
        assert name not in words_in(data)


@pytest.mark.parametrize("role", ["analyst"])
def test_the_analyst_has_counts_and_never_a_small_one_or_a_name(manager: Driven, council: Council) -> None:
    at_figures(manager)
    assert "Nobody has published these figures yet" in words(manager, "figures/heard")
    assert not manager.shows("figures/every")
    publish_now(council, "missing", "2026-03-01", "2026-03-31")
    manager.go("today")
    at_figures(manager)
    every = rows(manager, "figures/every")
    assert every
    assert all(row[2] == "hidden" or int(row[2]) == 0 or int(row[2]) > 4 for row in every)
    assert any(row[2] == "hidden" for row in every)
    assert not manager.shows("figures/behind")
    assert not [name for name in NAMES if name in words(manager)]
    assert "hidden" in words(manager, "figures/heard")


@pytest.mark.parametrize("role", ["early_help"])
def test_others_have_no_such_place(manager: Driven) -> None:
    assert not manager.shows("place/figures")
    manager.go("figures")
    assert "for managers" in words(manager, "figures/heard")


def test_a_field_worker_sees_what_is_in_her_own_store(driven: Driven) -> None:
    """Without a network; two records of it the council has never seen."""
    driven.click("place/figures")
    came(driven)
    choose(driven, "figures/period", "2026-03-01/2026-03-31")
    headline(driven, "1")
    assert "Your own work" in words(driven, "figures/heard")
    assert "not yet with the council" in words(driven, "figures/heard")
    assert rows(driven, "figures/behind") == [["Wren Hollowby, 14", "Episode", ""]]
    assert not driven.shows("figures/known")


def test_the_verb_tells_the_same_and_saves_the_same(manager: Driven, tmp_path: Path) -> None:
    desk = manager.shell.desk
    whole_line = ["scorecard", "missing", "--from", "2026-03-01", "--to", "2026-03-31"]
    found, words_told = scorecard_verbs.tell_scorecard(parse_arguments(whole_line), desk)
    assert isinstance(found, dict)
    figures = found["figures"]
    assert isinstance(figures, list)
    assert [one["count"] for one in figures if isinstance(one, dict)] == [one.count for one in told(manager).figures]
    assert "From the council" in words_told
    page, table = tmp_path / "verb.pdf", tmp_path / "verb.csv"
    for flag, file in (("--pdf", page), ("--csv", table)):
        assert "Saved as" in scorecard_verbs.tell_scorecard(parse_arguments([*whole_line, flag, str(file)]), desk)[1]
    assert "hidden" in table.read_text("utf-8-sig")
    assert "Every figure" in words_in(page.read_bytes())


@pytest.mark.parametrize("role", ["cme_officer"])
def test_the_report_to_the_board_is_saved_from_the_page_and_by_the_verb(
    manager: Driven, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S2 §16: signed, of the year that is over, and with no small number though this role reads them."""
    at_figures(manager)
    page, table, desk = tmp_path / "board.pdf", tmp_path / "board.csv", manager.shell.desk
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: (str(page), ""))
    manager.click("figures/board")
    manager.settle()
    manager.window.grab().save(str(tmp_path / "board.png"))
    text = words_in(page.read_bytes())
    assert "Annual report to the board, 2025/26" in text
    assert "New referrals, children" in text
    assert not [name for name in NAMES if name in text]
    assert conformance(page) == ["PASS 3a", "PASS ua1"]

    assert "Saved as" in scorecard_verbs.tell_board(parse_arguments(["board-report", "--csv", str(table)]), desk)[1]
    rows = list(csv.DictReader(table.read_text("utf-8-sig").splitlines()))
    counts = [row[head] for row in rows for head in list(row)[3:8] if row[head].isdecimal()]
    assert "hidden" in {row["January to March"] for row in rows}
    assert not {"1", "2", "3", "4"} & set(counts)
    with pytest.raises(KnownError, match="The year 2026/27 is not over yet"):
        scorecard_verbs.tell_board(parse_arguments(["board-report", "--year", "2026"]), desk)


def test_a_month_is_published_from_the_page_with_words_and_stays(
    manager: Driven, council: Council, tmp_path: Path
) -> None:
    at_figures(manager)
    box = manager.find("figures/words")
    assert isinstance(box, WordsBox)
    box.put("Two episodes, and both children were seen.")
    manager.click("figures/publish")
    came(manager)
    heard = words(manager, "figures/heard")
    assert "Published 6 April 2026 by Dana" in heard
    assert "otherwise" not in heard
    assert words(manager, "figures/said") == "Two episodes, and both children were seen."
    picture(manager, "figures-published.png")
    page = tmp_path / "published.pdf"
    print_scorecard(manager.shell.desk, page, told(manager))
    text = words_in(page.read_bytes())
    assert "Published 6 April 2026 by Dana. As known on 6 April 2026" in text
    assert "What Dana says about them Two episodes, and both children were seen." in text
    assert conformance(page) == ["PASS 3a", "PASS ua1"]

    late = "episode_ref,child_ref,started_at,returned_at\nE9,C1,2026-03-20T22:00:00+00:00,2026-03-21T09:00:00+00:00\n"
    assert take(council, tmp_path, "episodes", late).refused == []
    manager.go("today")
    at_figures(manager)
    headline(manager, "3")
    assert {row[0]: (row[2], row[4]) for row in rows(manager, "figures/every")}["1.1"] == ("3", "2")
    assert "figures now otherwise" in words(manager, "figures/heard")

    council.stop()
    manager.go("today")
    at_figures(manager)
    assert words(manager, "figures/said")
    assert not manager.shows("figures/publish")
    council.start()


def test_the_year_to_date_is_read_and_does_not_leave(
    manager: Driven, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S1 App. 2 has it beside the months; less them, it would tell what they hide."""
    at_figures(manager)
    assert manager.shows("figures/publish")
    choose(manager, "figures/period", "2025-04-01/2026-03-31")
    headline(manager, "2")
    assert not manager.shows("figures/publish")
    file = tmp_path / "year.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(file), ""))
    manager.click("figures/save")
    manager.settle()
    assert not file.exists()
    assert "overlap" in words(manager)


def test_a_month_is_published_by_the_verb_and_one_that_goes_on_is_not(
    manager: Driven, council: Council, tmp_path: Path
) -> None:
    desk = manager.shell.desk
    line = ["scorecard", "missing", "--from", "2026-03-01", "--to", "2026-03-31", "--publish", "--words", "As it was."]
    found, said = scorecard_verbs.tell_scorecard(parse_arguments(line), desk)
    assert isinstance(found, dict)
    published = found["published"]
    assert isinstance(published, dict)
    assert (published["by"], published["words"]) == ("Dana", "As it was.")
    assert "Published 6 April 2026 by Dana" in said
    late = "episode_ref,child_ref,started_at,returned_at\nE9,C1,2026-03-20T22:00:00+00:00,2026-03-21T09:00:00+00:00\n"
    assert take(council, tmp_path, "episodes", late).refused == []
    whole = [*line[:6], "--as-at", str(found["as_at"])]
    then, _said = scorecard_verbs.tell_scorecard(parse_arguments(whole), desk)
    assert isinstance(then, dict)
    assert then["figures"] == found["figures"]  # whatever comes in afterwards
    with pytest.raises(KnownError, match="its offset"):
        scorecard_verbs.tell_scorecard(parse_arguments([*line[:6], "--as-at", "2026-04-01"]), desk)
    april = ["scorecard", "missing", "--from", "2026-04-01", "--to", "2026-04-30", "--publish"]
    with pytest.raises(KnownError, match="April 2026 is not published: it is not over yet"):
        scorecard_verbs.tell_scorecard(parse_arguments(april), desk)
    with pytest.raises(KnownError, match="Nobody has published"):
        scorecard_verbs.tell_scorecard(parse_arguments(["scorecard", "ehe", "--publish"]), desk)


@pytest.mark.parametrize("role", ["cme_officer"])
def test_nobody_publishes_what_the_council_gives_to_others(manager: Driven) -> None:
    """A card of their own strand they do; of the others they see the counts alone."""
    at_figures(manager)
    choose(manager, "figures/card", "missing")
    assert not manager.shows("figures/publish")
    choose(manager, "figures/card", "cme")
    assert manager.shows("figures/publish")


def picture(driven: Driven, name: str) -> None:
    if folder := os.environ.get("PICTURES"):
        driven.window.resize(1280, 900)
        driven.settle()
        driven.window.grab().save(str(Path(folder) / name))
