"""The report on themes as a paper of a meeting of the Strategic group (S0)."""

from __future__ import annotations

from pathlib import Path

from desktop.flows.collated.themes import Themes
from desktop.flows.collated.themes_report import print_themes, report_title
from desktop.flows.desk import Desk
from desktop.flows.groups.minutes import note_paper

AMONG_PAPERS = "It stands among the papers of the meeting."
NO_PLACE = "This meeting’s agenda was made before meetings had papers: hand it in yourself."


def print_for_group(desk: Desk, file: Path, found: Themes, meeting_id: str) -> str:
    """The report as it is always made; of a meeting, named in its minutes. Says what was saved; raises what
    `print_themes` raises, and NotThisRole."""
    said = print_themes(desk, file, found)
    if not meeting_id:
        return said
    return f"{said} {AMONG_PAPERS if note_paper(desk, meeting_id, report_title(found)) else NO_PLACE}"
