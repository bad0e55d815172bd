"""The states and transitions of every record, as data (domain B). `who` empty means anyone who may open the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Guard(NamedTuple):
    """A fact that must be known (or be one of `is_`), and what to say while it is not."""

    fact: str
    say: str
    is_: tuple[object, ...] | None = None


class Move(NamedTuple):
    """One allowed step, from any of `before`."""

    before: tuple[str, ...]
    after: str
    guards: tuple[Guard, ...] = ()
    who: frozenset[str] = frozenset()
    source: str = "B"


@dataclass(frozen=True, slots=True)
class Life:
    """Every state of one kind of record; `ends` are ordinary outcomes, never faults."""

    states: tuple[str, ...]
    moves: tuple[Move, ...]
    ends: tuple[str, ...] = ()

    @property
    def first(self) -> str:
        """The state a new record is in."""
        return self.states[0]


_MANAGER = frozenset({"missing_manager"})
_MISSING_TEAM = frozenset(
    {
        "missing_advocate",
        "missing_manager",
        "missing_coordinator",
        "out_of_hours",
        "allocated_worker",
    }
)
_INTERVIEWERS = frozenset({"missing_advocate", "missing_manager", "allocated_worker", "commissioned_interviewer"})
_EHE = frozenset({"ehe_officer"})
_CME = frozenset({"cme_officer"})
_ENFORCES = frozenset({"attendance_lead"})
_REASON = Guard("reason", "Write the reason; it is kept.")
_WHO_DECIDED = Guard("decided_by", "Write who decided this.")

EPISODE = Life(
    states=("reported", "missing", "found", "follow_up", "closed", "entered_in_error", "duplicate"),
    ends=("closed", "entered_in_error", "duplicate"),
    moves=(
        Move(
            ("reported",),
            "missing",
            (Guard("last_seen_at", "Enter when the child was last seen, or that it is not known."),),
        ),
        Move(
            ("reported", "missing"),
            "found",
            (Guard("found_at", "Enter when the child was found, or that it is not known."),),
        ),
        Move(("found",), "follow_up", (), _MISSING_TEAM),
        Move(
            ("follow_up",),
            "closed",
            (
                Guard(
                    "interview_settled",
                    "The interview is not settled: complete it, or record that it was declined or did not apply.",
                ),
            ),
            _MISSING_TEAM,
            "S4 ¶45",
        ),
        Move(("reported", "missing", "found", "follow_up"), "entered_in_error", (_REASON,), source="B; F2"),
        Move(
            ("reported", "missing", "found", "follow_up"),
            "duplicate",
            (
                _REASON,
                Guard("duplicate_of", "Say which episode this one is the same as."),
            ),
            source="B; F12",
        ),
    ),
)

PREVENTION = Life(
    states=("not_received", "received", "shared"),
    ends=("shared",),
    moves=(
        Move(("not_received",), "received", (Guard("result", "Write what police told us."),), source="S4 ¶27; F1"),
        Move(("received",), "shared", (Guard("shared_with", "Write who has been told."),), source="S4 ¶27; F1"),
    ),
)

_ACCEPTED = Guard("latest_reply", "The latest offer has not been accepted.", ("accepted", "wants_later"))
_DECLINED = Guard("latest_reply", "The latest offer was not declined.", ("declined",))
_NO_REPLY = Guard("latest_reply", "The latest offer has had a reply.", ("no_reply",))
_SIGNED = Guard("signed", "Sign the record first.")
_ESCALATED = Guard("danger_settled", "The child may be in danger: record who was told before you close this.", (True,))

INTERVIEW = Life(
    states=(
        "to_offer",
        "offered",
        "accepted",
        "arranged",
        "in_progress",
        "completed",
        "checked",
        "shared",
        "closed",
        "not_appropriate",
        "no_reply",
        "declined",
        "refused",
        "overtaken",
    ),
    ends=("closed", "not_appropriate", "declined", "refused", "no_reply", "overtaken"),
    moves=(
        Move(("to_offer",), "offered", (Guard("offers", "Record the offer: when, how and the reply."),), _INTERVIEWERS),
        Move(
            ("to_offer",),
            "not_appropriate",
            (Guard("no_offer_reason", "Write why there is no offer."), _WHO_DECIDED),
            _INTERVIEWERS,
            "S1; F2",
        ),
        Move(
            ("offered", "no_reply", "declined"),
            "offered",
            (Guard("offers", "Record the new offer."),),
            _INTERVIEWERS,
            "S4 ¶45: a no today is not a no for ever",
        ),
        Move(("offered", "no_reply"), "accepted", (_ACCEPTED,), _INTERVIEWERS),
        Move(("offered",), "no_reply", (_NO_REPLY,), _INTERVIEWERS),
        Move(
            ("offered", "no_reply"),
            "declined",
            (_DECLINED, Guard("decline_reason", "Write why not, or that it was not said.")),
            _INTERVIEWERS,
        ),
        Move(("accepted",), "arranged", (Guard("arranged_for", "Enter when you will meet."),), _INTERVIEWERS),
        Move(
            ("accepted", "arranged"),
            "in_progress",
            (Guard("started_at", "Enter when the meeting began."),),
            _INTERVIEWERS,
        ),
        Move(
            ("accepted", "arranged", "in_progress"),
            "refused",
            (Guard("decline_reason", "Write why not, or that it was not said."),),
            _INTERVIEWERS,
            "S4 ¶36",
        ),
        Move(("in_progress",), "completed", (_SIGNED, _ESCALATED), _INTERVIEWERS, "S1; D14"),
        Move(
            ("completed",),
            "checked",
            (Guard("manager_check", "A manager records the quality check.", ("approved", "not_needed")),),
            _MANAGER,
            "S0",
        ),
        Move(
            ("completed",),
            "in_progress",
            (
                Guard("manager_check", "Only a check that returned it sends it back.", ("returned",)),
                _REASON,
            ),
            _MANAGER,
            "S0",
        ),
        Move(
            ("completed",),
            "shared",
            (Guard("check_not_needed", "This interview needs a manager’s check first.", (True,)),),
            _INTERVIEWERS,
            "S0",
        ),
        Move(("checked",), "shared", (), _INTERVIEWERS, "S0; D13"),
        Move(
            ("shared", "declined", "refused", "no_reply", "not_appropriate", "overtaken"),
            "closed",
            (_ESCALATED,),
            _INTERVIEWERS,
        ),
        Move(
            ("to_offer", "offered", "accepted", "arranged", "in_progress", "no_reply"),
            "overtaken",
            (Guard("next_episode", "Name the episode that came before you could meet."),),
            _INTERVIEWERS,
            "S4 ¶45",
        ),
    ),
)

PLAN = Life(
    states=("draft", "agreed", "review_due", "superseded", "ended"),
    ends=("superseded", "ended"),
    moves=(
        Move(
            ("draft",),
            "agreed",
            (
                _SIGNED,
                Guard("manager_signed", "A manager signs the plan too."),
                Guard("steps_owned", "Give every step someone who does it.", (True,)),
            ),
            source="S0; S4 ¶63",
        ),
        Move(
            ("agreed",),
            "review_due",
            (Guard("review_reason", "Say why it is due: an episode, a move, a date."),),
            source="S0; D5",
        ),
        Move(
            ("agreed", "review_due"),
            "superseded",
            (Guard("next_version", "A newer version must be agreed first."),),
            source="S4 ¶64",
        ),
        Move(("agreed", "review_due"), "ended", (_REASON, _WHO_DECIDED), source="J"),
    ),
)

VISIT = Life(
    states=("requested", "assigned", "attempted", "seen", "not_seen", "escalated", "reported", "closed"),
    ends=("closed",),
    moves=(
        Move(("requested",), "assigned", (Guard("assigned_to", "Name who will visit."),)),
        Move(("assigned", "attempted"), "attempted", (Guard("attempts", "Record the attempt."),)),
        Move(("attempted",), "seen", (Guard("children_seen", "Record which children were seen."),)),
        Move(("attempted",), "not_seen", (Guard("door_check", "Record what you saw at the door."),), source="S2 §15"),
        Move(("not_seen",), "attempted", (Guard("attempts", "Record the new attempt."),)),
        Move(("seen", "not_seen"), "escalated", (Guard("escalations", "Record who was told."),), source="S3"),
        Move(
            ("seen", "not_seen", "escalated"),
            "reported",
            (
                Guard("told_requester_at", "Tell whoever asked for the visit, and record when."),
                _ESCALATED,
            ),
            source="S2 §15",
        ),
        Move(("reported",), "closed", (_SIGNED,)),
    ),
)

EHE_CASE = Life(
    states=(
        "enquiry",
        "pending",
        "not_ehe",
        "cooling_off",
        "current",
        "returned_school",
        "referred_cme",
        "transferred_la",
        "y11_leaver",
    ),
    ends=("not_ehe", "returned_school", "referred_cme", "transferred_la", "y11_leaver"),
    moves=(
        Move(("enquiry",), "pending", (Guard("notified_on", "Enter when the family or school told us."),), source="S1"),
        Move(("enquiry", "pending"), "not_ehe", (_REASON,), source="S1"),
        Move(
            ("enquiry", "pending"),
            "cooling_off",
            (Guard("cooling_off_from", "Enter the day the cooling-off began."),),
            source="D12, S1",
        ),
        Move(("cooling_off",), "returned_school", (Guard("school", "Name the school."),), source="D12, S1"),
        Move(
            ("pending", "cooling_off"),
            "current",
            (Guard("ehe_start", "Enter when education at home began."),),
            source="S1",
        ),
        Move(("current",), "returned_school", (Guard("school", "Name the school."),), source="S1"),
        Move(
            ("current", "pending"),
            "referred_cme",
            (Guard("cme_referral", "Make the CME referral first."),),
            source="S1",
        ),
        Move(("current", "pending"), "transferred_la", (Guard("other_la", "Name the other council."),), source="S1"),
        Move(
            ("current",),
            "y11_leaver",
            (Guard("past_compulsory_age", "The child is still of compulsory school age.", (True,)),),
            source="S1; D11",
        ),
    ),
)

EHE_VISIT = Life(
    states=("offered", "accepted", "prefers_other_way", "declined", "no_reply", "done", "judged", "sent"),
    ends=("sent",),
    moves=(
        Move(("offered",), "accepted", (), _EHE, "S1"),
        Move(("offered",), "prefers_other_way", (), _EHE, "S1: the visit is voluntary"),
        Move(("offered",), "declined", (), _EHE, "S1: declining is not itself unsuitable"),
        Move(("offered",), "no_reply", (), _EHE, "S1"),
        Move(("no_reply", "declined", "prefers_other_way"), "offered", (), _EHE, "S1"),
        Move(("accepted",), "done", (Guard("visit_at", "Enter when the visit took place."),), _EHE, "G8"),
        Move(
            ("prefers_other_way",),
            "done",
            (Guard("report_received", "Enter what the family sent, or when you talked."),),
            _EHE,
            "G8–G10",
        ),
        Move(
            ("done", "declined", "no_reply"),
            "judged",
            (Guard("suitability", "Record your judgement."), _SIGNED),
            _EHE,
            "S1",
        ),
        Move(("judged",), "sent", (Guard("report_sent", "Enter when the report went to the parent."),), _EHE, "G8"),
    ),
)

_OUTCOME = Guard("outcome", "Choose the outcome code.")
CME = Life(
    states=("checklist", "submitted", "logged", "enquiries", "located", "exhausted", "closed"),
    ends=("closed",),
    moves=(
        Move(
            ("checklist",),
            "submitted",
            (
                Guard("checklist_done", "Complete the school’s checklist: who did each step and when.", (True,)),
                Guard("home_visited", "A home visit comes before the referral.", (True,)),
            ),
            source="S2",
        ),
        Move(("submitted",), "logged", (), _CME, "S2"),
        Move(("logged",), "enquiries", (), _CME, "S2"),
        Move(("enquiries",), "located", (_OUTCOME,), _CME, "S1"),
        Move(
            ("enquiries",),
            "exhausted",
            (Guard("enquiries", "Record the enquiries that were made."), _WHO_DECIDED),
            _CME,
            "S2",
        ),
        Move(("located", "exhausted"), "closed", (_OUTCOME,), _CME, "S1"),
    ),
)

ROLL = Life(
    states=("on_roll", "removal_authorised", "deregistration_letter_sent"),
    ends=("deregistration_letter_sent",),
    moves=(
        Move(
            ("on_roll",),
            "removal_authorised",
            (
                Guard("removal_ground", "Say on what ground the name may be removed."),
                Guard("authorised_on", "Enter the day."),
            ),
            _CME,
            "D10, S2",
        ),
        Move(
            ("removal_authorised",),
            "deregistration_letter_sent",
            (Guard("letter_sent_on", "Enter the day the letter was sent."),),
            _CME,
            "D10, S2",
        ),
    ),
)

STRATEGY = Life(
    states=("triggered", "held", "not_held", "actions", "closed"),
    ends=("closed",),
    moves=(
        Move(
            ("triggered",),
            "held",
            (
                Guard("held_at", "Enter when the meeting was held."),
                Guard("missing_worker_invited", "Invite the missing worker."),
            ),
            source="S1 flowchart",
        ),
        Move(("triggered",), "not_held", (_REASON, Guard("manager", "Name the manager who decided.")), source="S1; F2"),
        Move(
            ("held",),
            "actions",
            (Guard("actions", "Write the actions, each with a name and a day."),),
            source="S0; F14",
        ),
        Move(
            ("actions", "not_held"),
            "closed",
            (Guard("actions_settled", "Some actions are still open.", (True,)),),
            source="S0",
        ),
    ),
)

ALERT = Life(
    states=("triggered", "sent", "read", "updated", "stood_down"),
    ends=("stood_down",),
    moves=(
        Move(
            ("triggered",), "sent", (Guard("sent_to", "Name who was told, the Director among them."),), source="D4, S0"
        ),
        Move(("sent", "updated"), "read", (Guard("read_by", "Record who has read it."),), source="S0"),
        Move(("sent", "read", "updated"), "updated", (Guard("update", "Write what has changed."),), source="S0"),
        Move(("sent", "read", "updated"), "stood_down", (_REASON,), source="S0"),
    ),
)

REFERRAL = Life(
    states=("draft", "sent", "acknowledged", "outcome"),
    ends=("outcome",),
    moves=(
        Move(("draft",), "sent", (Guard("sent_at", "Enter when it was sent."), _SIGNED), source="S0"),
        Move(("sent",), "acknowledged", (Guard("acknowledged_at", "Enter when it was acknowledged."),), source="J"),
        Move(("acknowledged",), "outcome", (Guard("outcome", "Write the outcome."),), source="S0"),
    ),
)

ACTION = Life(
    states=("open", "overdue", "done", "dropped"),
    ends=("done", "dropped"),
    moves=(
        Move(("open",), "overdue", (Guard("past_due", "It is not due yet.", (True,)),), source="F9"),
        Move(("overdue",), "open", (Guard("new_date_agreed", "Enter the new day, and who agreed it."),), source="F9"),
        Move(("open", "overdue"), "done", (Guard("done_on", "Enter the day it was done."),), source="S4 ¶71"),
        Move(("open", "overdue"), "dropped", (_REASON,), source="B"),
    ),
)

_LETTER = Guard("s436a_asked_on", "Ask the family informally first (section 436A), and record when.")
SECTION_437 = Life(
    states=("informal_enquiry", "notice_served", "attendance_order", "ended"),
    ends=("ended",),
    moves=(
        Move(
            ("informal_enquiry",),
            "notice_served",
            (_LETTER, Guard("served_on", "Enter the day of service.")),
            _ENFORCES,
            "G10; S1",
        ),
        Move(
            ("notice_served",),
            "attendance_order",
            (
                Guard("notice_run_out", "The notice has not run its fifteen days.", (True,)),
                Guard("expedient", "Record why a school attendance order is expedient."),
            ),
            _ENFORCES,
            "G10",
        ),
        Move(("informal_enquiry", "notice_served", "attendance_order"), "ended", (_REASON,), source="G10"),
    ),
)

LIVES: Mapping[str, Life] = {
    "missing_episode": EPISODE,
    "prevention_interview": PREVENTION,
    "return_home_interview": INTERVIEW,
    "find_me_plan": PLAN,
    "safe_well_visit": VISIT,
    "ehe_case": EHE_CASE,
    "ehe_visit": EHE_VISIT,
    "section_437": SECTION_437,
    "cme_referral": CME,
    "school_roll": ROLL,
    "strategy_meeting": STRATEGY,
    "need_to_know": ALERT,
    "mash_referral": REFERRAL,
    "action": ACTION,
}
