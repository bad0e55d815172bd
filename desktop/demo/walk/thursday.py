"""A Thursday night and what follows, on nine laptops of nine roles: who is told, what is late, what is left undone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from casework.canonical import JSON
from casework.dates_in_words import LONDON, local
from casework.errors import BugError
from desktop.demo import caseload
from desktop.demo.caseload import Council, InventedOfficer
from desktop.demo.story_clock import StoryClock
from desktop.demo.walk.closing import begin, sign_and_lock
from desktop.demo.walk.elsewhere import elsewhere
from desktop.demo.walk.hand import Hand
from desktop.flows.access.unlocking import Gate
from desktop.flows.council.sending import waiting_count
from desktop.flows.due.interviews.interviews_due import start_interview
from desktop.flows.practising import invented_caseload
from desktop.flows.record import editing
from desktop.flows.team.exception_row import Gap

Tell = Callable[[str], None]
THURSDAY, DAYS = 3, 19  # of the week; how long the story is
COORDINATOR = InventedOfficer("moira", "Moira Trent", "missing_coordinator")
NIGHT = InventedOfficer("owen", "Owen Haigh", "out_of_hours")
DIRECTOR = InventedOfficer("ines", "Ines Caldwell", "senior_manager")
MANAGER = InventedOfficer("samira", "Samira Locke", "missing_manager")
CHAIR = InventedOfficer("petra", "Petra Okonjo", "iro")
HUB = InventedOfficer("gwen", "Gwen Ferris", "mash")
WORKER = InventedOfficer("ash", "Ashley Winterbourne", "allocated_worker")
ADVOCATE = InventedOfficer("nia", "Nia Brightwater", "missing_advocate")
HELPER = InventedOfficer("jon", "Jon Castellan", "early_help", "early_help_north")
CAST = (MANAGER, COORDINATOR, NIGHT, DIRECTOR, CHAIR, HUB, WORKER, ADVOCATE, HELPER)
ALLOCATED = (CHAIR, WORKER, ADVOCATE, HELPER)
LATE_WHY = "Wren was in bed with a fever until Wednesday; her carer asked us to come on Thursday."
ASKED = "Ask the boxing club for a place on Thursdays"


@dataclass
class Story:
    """Where it stands: the clock, each laptop by its officer, and the child."""

    hand: Hand
    clock: StoryClock
    thursday: date
    gates: dict[str, Gate] = field(default_factory=dict)
    child: str = ""
    episode: str = ""

    @contextmanager
    def on(self, who: InventedOfficer, day: int, hour: int, minute: int) -> Iterator[Hand]:
        """At that officer’s window, so many days after the Thursday; what came is fetched first, what was done sent."""
        at = datetime.combine(self.thursday + timedelta(days=day), time(hour, minute), LONDON)
        if at < self.clock.at:
            message = "A story does not go back."
            raise BugError(message)
        self.clock.move_to(at)
        with elsewhere(self.hand, self.gates[who.id]) as theirs:
            send(theirs)
            theirs.click("place/today")
            yield theirs
            send(theirs)


def look(gate: Gate, hand: Hand, tell: Tell) -> None:
    """Over a central service of its own, whose clock is the story’s."""
    home = gate.home.parent / "thursday"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    thursday = last_thursday(local(gate.now()).date() - timedelta(days=DAYS))
    clock = StoryClock(home / "clock", datetime.combine(thursday, time(17, 0), LONDON))
    story = Story(hand, clock, thursday)
    with caseload.council(home, clock.program) as service:
        _join(story, gate, service, home, tell)
        for part in (_the_night, _the_alert, _found, _the_interview, _the_group, _left_undone):
            part(story)


def last_thursday(on: date) -> date:
    return on - timedelta(days=(on.weekday() - THURSDAY) % 7)


def _join(story: Story, gate: Gate, service: Council, home: Path, tell: Tell) -> None:
    for who in CAST:
        story.gates[who.id] = Gate(home / who.id, gate.catalogue, story.clock)
        desk = caseload.plant_officer(story.gates[who.id], service, who, tell)
        if who is MANAGER:
            story.child = invented_caseload.fill_one(desk, "wren", allocated_worker=WORKER.name, iro=CHAIR.name)
        desk.vault.close()
        if who is MANAGER:
            with story.on(MANAGER, 0, 17, 30):
                pass
        if who in ALLOCATED:
            service.ask("allocate", who.id, story.child)


def _the_night(story: Story) -> None:
    """Away from 22:40; police and out of hours are told, and the card is open before midnight."""
    with story.on(COORDINATOR, 0, 22, 55) as theirs:
        begin(theirs, story.child, "missing_episode")
        story.episode = theirs.window.where.about
        seen, now = _at(story, 0, 22, 40), theirs.desk.now()
        theirs.date("f/last_seen_at", seen)
        theirs.picture("Thursday 22:55, a child did not come home")
        known: dict[str, JSON] = {
            "last_seen_at": _written(seen),
            "reported_at": _written(now),
            "last_seen_where": "Larkfield House, at the back gate",
            "care_status": "lac",
            "police_ref": "ASH-2711",
            "police_risk": "medium",
        }
        editing.answer(theirs.desk, story.episode, known)
    with story.on(NIGHT, 0, 23, 20) as theirs:
        theirs.wait_for(f"today/missing/{story.child}")
        theirs.picture("Thursday 23:20, out of hours is told")
        _open_notice(theirs)
        theirs.click("place/today")
        theirs.click(f"today/missing/{story.child}")
        theirs.click("child/find_me")
        theirs.wait_for("find_me/save")
        theirs.picture("The card, at night")


def _the_alert(story: Story) -> None:
    """Missing throughout the night and looked after: the Director reads it at 7:10, and the manager sees that."""
    with story.on(NIGHT, 1, 6, 30) as theirs:
        theirs.picture("Friday 6:30, missing throughout the night")
        begin(theirs, story.child, "need_to_know")
        alert = theirs.window.where.about
        said: dict[str, JSON] = {
            "episode_id": story.episode,
            "trigger": "overnight",
            "care_status": "lac",
            "triggered_at": _written(_at(story, 1, 5, 0)),
            "summary": "Wren has been away from Larkfield House since 22:40 and did not answer four texts.",
            "steps_taken": "The plan was followed: skate park, Nan and Tay’s mother. Police have the card.",
            "sent_to": [{"who": "dcs", "name": DIRECTOR.name, "at": _written(theirs.desk.now())}],
        }
        editing.answer(theirs.desk, alert, said)
        _open(theirs, alert)
        _last_section(theirs)
        sign_and_lock(theirs, "The alert to the Director, check and sign")
    with story.on(DIRECTOR, 1, 7, 10) as theirs:
        theirs.picture("Friday 7:10, the Director’s laptop")
        _open_notice(theirs)
        theirs.picture("The Director reads the alert")
    with story.on(MANAGER, 1, 7, 25) as theirs:
        _step(theirs, "director", "done")
        theirs.picture("Friday 7:25, the manager sees that it was read")
        _open_notice(theirs)
        theirs.picture("Who has been told of the alert, and when they read it")
    with story.on(CHAIR, 1, 7, 50) as theirs:
        _open_notice(theirs)
        theirs.picture("Friday 7:50, the reviewing officer reads it")
    with story.on(WORKER, 1, 9, 10) as theirs:
        begin(theirs, story.child, "mash_referral")
        said = {
            "to": "mash",
            "urgent": "same_day",
            "reason": "An adult nobody knows drives her in a grey car, and she has been away all night.",
            "risks": ["cse"],
            "family_told": True,
            "child_told": False,
            "child_not_told_why": "She is still away.",
            "sent_at": _written(theirs.desk.now()),
        }
        editing.answer(theirs.desk, theirs.window.where.about, said)
    with story.on(HUB, 1, 9, 30) as theirs:
        _open_notice(theirs)
        theirs.picture("Friday 9:30, MASH has the referral")
        theirs.click("notice/acknowledge")


def _found(story: Story) -> None:
    with story.on(WORKER, 1, 16, 40) as theirs:
        _open(theirs, story.episode)
        back = _written(_at(story, 1, 16, 5))
        said: dict[str, JSON] = {
            "outcome": "real",
            "found_at": back,
            "la_told_found_at": back,
            "found_where": "At her Nan’s, 4 Orchard Rise",
            "returned_how": "came_back",
            "prevention_interview": "done_shared",
        }
        editing.answer(theirs.desk, story.episode, said)
        theirs.click("place/today")
        theirs.picture("Friday 16:40, she is back")


def _the_interview(story: Story) -> None:
    """Due on Wednesday, held on Thursday: it stands in Team with its reason."""
    with story.on(ADVOCATE, 7, 15, 10) as theirs:
        theirs.picture("The Thursday after, an interview is over its time")
        interview = start_interview(theirs.desk, story.episode)
        answers = {**invented_caseload.interview_said(theirs.desk.now()), "late_why": LATE_WHY}
        editing.answer(theirs.desk, interview, answers)
        _open(theirs, interview)
        _last_section(theirs)
        sign_and_lock(theirs, "Held late, check and sign")
    with story.on(MANAGER, 8, 9, 0) as theirs:
        _team(theirs, Gap.LATE)
        theirs.picture("Team, held late, with its reason")


def _the_group(story: Story) -> None:
    """The weekly group holds her; an action is given to a colleague whose words she has."""
    with story.on(HELPER, 8, 14, 0) as theirs:
        going_well: list[JSON] = [{"what": "Came to the drop-in on Friday", "from": story.clock.at.date().isoformat()}]
        editing.answer(theirs.desk, story.child, {"going_well": going_well})
    with story.on(ADVOCATE, 11, 10, 0) as theirs:
        theirs.click("place/groups")
        theirs.click("groups/agenda/operational")
        theirs.wait_for("meeting/agenda")
        theirs.picture("The group’s agenda holds her")
        theirs.type("meeting/action/what", ASKED)
        theirs.type("meeting/action/who", HELPER.name)
        theirs.date("meeting/action/by", _at(story, 13, 12, 0))
        theirs.picture("An action is given")
        theirs.click("meeting/action/add")
        theirs.click("meeting/done")
        theirs.click("meeting/end")
    with story.on(HELPER, 12, 9, 15) as theirs:
        theirs.picture("The day after, an action came")
        _open_notice(theirs)
        theirs.picture("The action is read")


def _left_undone(story: Story) -> None:
    with story.on(MANAGER, 18, 9, 0) as theirs:
        _team(theirs, Gap.ACTION_OVER)
        theirs.picture("Team, the action that nobody did")
        theirs.click("team/supervision")
        theirs.picture("Taken to supervision")


def send(hand: Hand) -> None:
    hand.click("place/sending")
    hand.click("sending/now")
    hand.wait(lambda: waiting_count(hand.desk) == 0, "the council to have received everything")


def _team(hand: Hand, gap: Gap) -> None:
    hand.click("place/team")
    hand.wait_for("team/table")
    hand.click(f"team/list/{gap}")


def _step(hand: Hand, kind: str, state: str) -> None:
    """A tile of Missing now stands as it should. Raises BugError when it does not come."""
    hand.wait_for(f"step/{kind}/{state}")


def _open_notice(hand: Hand) -> None:
    found = next((name for name in hand.names() if name.startswith("today/notice/")), "")
    hand.click(found)
    hand.wait_for("notice/page")


def _open(hand: Hand, record_id: str) -> None:
    if hand.window.shell is not None:
        hand.window.shell.go("form", record_id)
    hand.wait_for("section/title")


def _last_section(hand: Hand) -> None:
    rail = [name for name in hand.names() if name.startswith("rail/")]
    hand.click(rail[-1])


def _at(story: Story, day: int, hour: int, minute: int) -> datetime:
    return datetime.combine(story.thursday + timedelta(days=day), time(hour, minute), LONDON)


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
