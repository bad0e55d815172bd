"""Which screen stands at which place."""

from __future__ import annotations

from collections.abc import Callable

from casework.identifiers import OperationId
from desktop.ui.caseload.cross_page import CrossListScreen
from desktop.ui.caseload.page import CaseloadScreen
from desktop.ui.child.children_list import ChildrenScreen
from desktop.ui.child.find_me_screen import FindMeScreen
from desktop.ui.child.page import ChildScreen
from desktop.ui.collated.page import ThemesScreen
from desktop.ui.commission.page import CommissionScreen
from desktop.ui.documents.check_place import CheckScreen
from desktop.ui.documents.page import DocumentsScreen
from desktop.ui.documents.preview_page import PreviewScreen
from desktop.ui.figures.page import FiguresScreen
from desktop.ui.find.page import FindScreen
from desktop.ui.form.page import FormScreen
from desktop.ui.frame.screen import Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.frame.while_locked import FIRST
from desktop.ui.groups.chair_page import ChairScreen
from desktop.ui.groups.meeting_page import MeetingScreen
from desktop.ui.groups.page import GroupsScreen
from desktop.ui.harbouring.page import HarbouringScreen
from desktop.ui.help.page import HelpScreen
from desktop.ui.history.page import HistoryScreen
from desktop.ui.kit import editors  # noqa: F401 - so that every kind of question has its editor
from desktop.ui.letter.letters_list import LettersScreen
from desktop.ui.letter.page import LetterScreen
from desktop.ui.movement.page import MovementScreen
from desktop.ui.new.page import NewScreen
from desktop.ui.notices.page import NoticeScreen, NoticesScreen, ToldScreen
from desktop.ui.papers.before_page import BeforeScreen
from desktop.ui.papers.page import BlankFormsScreen
from desktop.ui.papers.paper_page import PaperScreen
from desktop.ui.placements.page import PlacementsScreen
from desktop.ui.police.month_page import PoliceMonthScreen
from desktop.ui.police.page import PoliceScreen
from desktop.ui.quarantine.returned import ReturnedScreen
from desktop.ui.quarantine.supervisor_page import ReviewScreen
from desktop.ui.resolve.page import ResolveScreen
from desktop.ui.sending.page import SendingScreen
from desktop.ui.settings.join_page import JoinScreen
from desktop.ui.settings.page import SettingsScreen
from desktop.ui.settings.recovery_sheet import RecoverySheetScreen
from desktop.ui.sign.page import SignScreen
from desktop.ui.team.page import TeamScreen
from desktop.ui.today.page import TodayScreen
from desktop.ui.visits.page import VisitsScreen

SCREENS: dict[str, Callable[[Shell, Where], Screen]] = {
    "today": lambda shell, _where: TodayScreen(shell),
    "find": lambda shell, _where: FindScreen(shell),
    "children": lambda shell, _where: ChildrenScreen(shell),
    "caseload": lambda shell, _where: CaseloadScreen(shell),
    "cross_list": lambda shell, _where: CrossListScreen(shell),
    "movement": lambda shell, _where: MovementScreen(shell),
    "figures": lambda shell, _where: FiguresScreen(shell),
    "police": lambda shell, _where: PoliceScreen(shell),
    "police_month": lambda shell, where: PoliceMonthScreen(shell, where.about, where.part),
    "harbouring": lambda shell, _where: HarbouringScreen(shell),
    "placements": lambda shell, where: PlacementsScreen(shell, where.about),
    "team": lambda shell, _where: TeamScreen(shell),
    "themes": lambda shell, where: ThemesScreen(shell, where.about),
    "chair": lambda shell, where: ChairScreen(shell, where.about),
    "commission": lambda shell, where: CommissionScreen(shell, where.about),
    "groups": lambda shell, _where: GroupsScreen(shell),
    "meeting": lambda shell, where: MeetingScreen(shell, where.about, where.part),
    "child": lambda shell, where: ChildScreen(shell, where.about),
    "find_me": lambda shell, where: FindMeScreen(shell, where.about),
    "new": lambda shell, where: NewScreen(shell, where.about),
    "before": lambda shell, where: BeforeScreen(shell, where.about),
    "blank": lambda shell, where: BlankFormsScreen(shell, where.about),
    "paper": lambda shell, where: PaperScreen(shell, where.about),
    "notices": lambda shell, _where: NoticesScreen(shell),
    "notice": lambda shell, where: NoticeScreen(shell, where.about),
    "visits": lambda shell, _where: VisitsScreen(shell),
    "told": lambda shell, where: ToldScreen(shell, where.about),
    "form": lambda shell, where: FormScreen(shell, where.about, where.part),
    "sign": lambda shell, where: SignScreen(shell, where.about),
    "documents": lambda shell, where: DocumentsScreen(shell, where.about),
    "preview": lambda shell, where: PreviewScreen(shell, where.about, where.part),
    "check": lambda shell, _where: CheckScreen(shell),
    "letter": lambda shell, where: (
        LetterScreen(shell, where.about, where.part) if where.part else LettersScreen(shell, where.about)
    ),
    "sending": lambda shell, _where: SendingScreen(shell),
    "resolve": lambda shell, where: ResolveScreen(shell, where.about, where.part),
    "returned": lambda shell, where: ReturnedScreen(shell, OperationId(where.about)),
    "review": lambda shell, where: ReviewScreen(shell, OperationId(where.about)),
    "settings": lambda shell, _where: SettingsScreen(shell),
    "recovery": lambda shell, where: RecoverySheetScreen(shell, where.about, is_first=where.part == FIRST),
    "join": lambda shell, _where: JoinScreen(shell),
    "history": lambda shell, where: HistoryScreen(shell, where.about, where.part),
    "help": lambda shell, where: HelpScreen(shell, where.about, where.part),
}


def screen_for(shell: Shell, where: Where) -> Screen:
    return SCREENS[where.place](shell, where)
