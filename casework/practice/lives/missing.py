"""The lives of records about missing children (domain B)."""

from __future__ import annotations

from casework.practice.lives.life import ESCALATED, REASON, SIGNED, WHO_DECIDED, Guard, Life, Move

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

_EPISODE_WHY = REASON._replace(at="outcome_why")
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
        Move(("reported", "missing", "found", "follow_up"), "entered_in_error", (_EPISODE_WHY,), source="B; F2"),
        Move(
            ("reported", "missing", "found", "follow_up"),
            "duplicate",
            (
                _EPISODE_WHY,
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

_ESCALATED = ESCALATED._replace(at="escalations")
_ACCEPTED = Guard("latest_reply", "The latest offer has not been accepted.", ("accepted", "wants_later"), "offers")
_DECLINED = Guard("latest_reply", "The latest offer was not declined.", ("declined",), "offers")
_NO_REPLY = Guard("latest_reply", "The latest offer has had a reply.", ("no_reply",), "offers")

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
            (Guard("no_offer_reason", "Write why there is no offer."), WHO_DECIDED._replace(at="no_offer_by")),
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
        Move(("in_progress",), "completed", (SIGNED, _ESCALATED), _INTERVIEWERS, "S1; D14"),
        Move(
            ("completed",),
            "checked",
            (Guard("approved", "A manager signs the check.", (True,)),),
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
                SIGNED,
                Guard("steps_owned", "Give every step someone who does it.", (True,), "steps"),
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
        Move(("agreed", "review_due"), "ended", (REASON, WHO_DECIDED), source="J"),
    ),
)

_NOT_HELD_WHY = REASON._replace(at="not_held_why")
_MANAGER_NAMED = Guard("manager", "Name the manager who decided.", at="not_held_manager")
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
        Move(("triggered",), "not_held", (_NOT_HELD_WHY, _MANAGER_NAMED), source="S1; F2"),
        Move(
            ("held",),
            "actions",
            (Guard("actions", "Write the actions, each with a name and a day."),),
            source="S0; F14",
        ),
        Move(
            ("actions", "not_held"),
            "closed",
            (Guard("actions_settled", "Some actions are still open.", (True,), "actions"),),
            source="S0",
        ),
    ),
)

_CHANGED = Guard("update", "Write what has changed.", at="updates")
_STOOD_DOWN_WHY = REASON._replace(at="stood_down_why")
ALERT = Life(
    states=("triggered", "sent", "read", "updated", "stood_down"),
    ends=("stood_down",),
    moves=(
        Move(
            ("triggered",), "sent", (Guard("sent_to", "Name who was told, the Director among them."),), source="D4, S0"
        ),
        Move(("sent", "updated"), "read", (Guard("read_by", "Record who has read it.", at="sent_to"),), source="S0"),
        Move(
            ("sent", "read", "updated"),
            "updated",
            (_CHANGED,),
            source="S0",
        ),
        Move(("sent", "read", "updated"), "stood_down", (_STOOD_DOWN_WHY,), source="S0"),
        Move(("triggered",), "stood_down", (_STOOD_DOWN_WHY,), source="J: that nobody is told is decided, and why"),
    ),
)

REFERRAL = Life(
    states=("draft", "sent", "acknowledged", "outcome"),
    ends=("outcome",),
    moves=(
        Move(("draft",), "sent", (Guard("sent_at", "Enter when it was sent."), SIGNED), source="S0"),
        Move(("sent",), "acknowledged", (Guard("acknowledged_at", "Enter when it was acknowledged."),), source="J"),
        Move(("acknowledged",), "outcome", (Guard("outcome", "Write the outcome."),), source="S0"),
    ),
)

_NEW_DAY = Guard("new_date_agreed", "Enter the new day, and who agreed it.", at="supervision_on")
ACTION = Life(
    states=("open", "overdue", "done", "dropped"),
    ends=("done", "dropped"),
    moves=(
        Move(("open",), "overdue", (Guard("past_due", "It is not due yet.", (True,), "by_when"),), source="F9"),
        Move(
            ("overdue",),
            "open",
            (_NEW_DAY,),
            source="F9",
        ),
        Move(("open", "overdue"), "done", (Guard("done_on", "Enter the day it was done."),), source="S4 ¶71"),
        Move(("open", "overdue"), "dropped", (REASON._replace(at="dropped_why"),), source="B"),
    ),
)

_GIVEN = (
    Guard("given_to", "Write who the notice was given to."),
    Guard("issued_on", "Enter the day it was given."),
)
_NOTICE_ENDS = (
    Guard("ended_on", "Enter the day it ended."),
    Guard("ended_why", "Write why it ended; it is kept."),
    Guard("ended_by", "Write who decided that."),
)
HARBOURING = Life(
    states=("begun", "stands", "renewed", "withdrawn", "ran_out"),
    ends=("withdrawn", "ran_out"),
    moves=(
        Move(("begun",), "stands", _GIVEN, source="S4 ¶58"),
        Move(
            ("stands", "renewed"),
            "renewed",
            (Guard("renewals", "Record the renewal: on which day, and until when."),),
            source="J",
        ),
        Move(("stands", "renewed"), "withdrawn", _NOTICE_ENDS, source="J; F2"),
        Move(("stands", "renewed"), "ran_out", _NOTICE_ENDS, source="J; F2"),
    ),
)
