"""Every text about missing children over the demonstration: no rule letters, no year left out, what is over apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

import pytest

from casework.dates_in_words import LONDON, MONTHS, local, near_day
from casework.practice.groups.group_table import GroupKind
from desktop.flows.child.child_page import child_page
from desktop.flows.children import children
from desktop.flows.desk import Desk
from desktop.flows.due import due_list, missing_listed
from desktop.flows.due.missing_now import missing_now
from desktop.flows.due.today import today
from desktop.flows.groups import agenda
from desktop.flows.harbouring import harbouring_listed
from desktop.flows.placements import placements_listed
from desktop.flows.practising import invented_caseload
from desktop.flows.team import exception_row, exceptions
from tests.desktop.flows.due.test_missing_now import become

CODES = re.compile(r"\b(?:[A-F]\d{1,2}|G\d{1,2}|S[0-4]|J)\b|\brule [A-F]\b")
WITHOUT_YEAR = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)})\b(?!.{{0,60}}\b20\d\d)")


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """As the missing manager has it: who sees most of it."""
    from desktop.compose import now  # noqa: PLC0415 - the caseload counts its days from the real today

    desk.now = now
    invented_caseload.fill(desk, lambda _sentence: None)
    become(desk, "missing_manager")
    return desk


def texts(desk: Desk) -> Iterator[str]:
    """Of Today, Team, Missing now, each child's page, the groups, the lists."""
    now, day = desk.now(), local(desk.now()).date()
    found = today(desk)
    for matter in found.matters:
        yield from (matter.title, matter.line, matter.because, matter.waited)
    for pending in (*found.drafts, *found.decisions):
        yield f"{pending.title}. {pending.line}"
    yield missing_listed.told(missing_now(desk), desk)
    yield exception_row.told(exceptions.team(desk).rows, day)
    yield due_list.told(due_list.due_list(desk))
    yield harbouring_listed.told(harbouring_listed.harbouring_notices(desk), day)
    for kind in GroupKind:
        yield agenda.told(agenda.agenda(desk, kind), now)
    for child in children(desk):
        page = child_page(desk, child.child_id)
        yield from (f"{fact.name}: {fact.value}. {fact.source}" for fact in page.facts)
        yield from (f"{test.what}. {test.dates}. {test.source}" for test in page.tests)
        yield from (f"{entry.title}. {entry.line}. {entry.state}" for entry in page.entries)
        yield from (f"{matter.title}. {matter.line}. {matter.because}" for matter in page.matters)
        if page.placements is not None:
            yield placements_listed.told(page.placements, day)


def test_no_text_speaks_in_letters_or_leaves_a_year_out_or_mixes_over_with_to_come(filled: Desk) -> None:
    """Read now, and in the first days of the year after, when nearly everything is of the year before."""
    lines = [line for text in texts(filled) for line in text.splitlines()]
    assert len(lines) > 500
    assert [line for line in lines if CODES.search(line)] == []

    year = filled.now().year + 1
    filled.now = lambda: datetime(year, 1, 5, 10, 0, tzinfo=LONDON)
    later = [line for text in texts(filled) for line in text.splitlines()]
    assert [line for line in later if any(map(_is_of_another_year, WITHOUT_YEAR.finditer(line)))] == []
    first = date(year, 1, 5)
    over = [row for row in exceptions.team(filled).rows if row.due and row.due < first]
    assert over
    for row in over:
        said = exception_row.told([row], first)
        assert f". due {near_day(row.due or first, first)}" not in said, "what is over is not said to be to come"
    for matter in today(filled).matters:
        if matter.due < first:
            assert not re.search(r"(?<!was )due (today|[A-Z][a-z]{2} \d)", matter.line, re.IGNORECASE), matter.line


def _is_of_another_year(found: re.Match[str]) -> bool:
    """In January a day of spring may be to come; one of summer or autumn is of the year before."""
    return MONTHS.index(found[2]) > 2
