"""The lives of visits and of education’s records (domain B); `section_437` and `school_roll` stand beside a case."""

from __future__ import annotations

from casework.practice.lives.life import ESCALATED, REASON, SIGNED, WHO_DECIDED, Guard, Life, Move

_EHE = frozenset({"ehe_officer", "ehe_lead", "education_manager"})
_CME = frozenset({"cme_officer", "cme_lead", "education_manager"})
_ENFORCES = frozenset({"attendance_lead", "ehe_lead"})
_AGE = Guard(
    "age_settled",
    "The child is outside compulsory school age. Say why there is a case all the same.",
    (True,),
    "out_of_age_why",
)
_COOLED = Guard(
    "cooling_off_settled",
    "The five days of cooling-off have not run. Enter when they began, or why there were none.",
    (True,),
    "cooling_off_from",
)
_PAST_AGE = Guard("past_compulsory_age", "The child is still of compulsory school age.", (True,), "stage")

_SCHOOL = Guard("school", "Name the school.", at="end_school")

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
                ESCALATED,
            ),
            source="S2 §15",
        ),
        Move(("reported",), "closed", (SIGNED,)),
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
        Move(
            ("enquiry",),
            "pending",
            (Guard("notified_on", "Enter when the family or school told us."), _AGE),
            source="S1",
        ),
        Move(("enquiry", "pending"), "not_ehe", (REASON._replace(at="end_reason"),), source="S1"),
        Move(
            ("enquiry", "pending"),
            "cooling_off",
            (Guard("cooling_off_from", "Enter the day the cooling-off began."), _AGE),
            source="D12, S1",
        ),
        Move(("cooling_off",), "returned_school", (_SCHOOL,), source="D12, S1"),
        Move(
            ("pending", "cooling_off"),
            "current",
            (Guard("ehe_start", "Enter when education at home began."), _COOLED),
            source="S1",
        ),
        Move(("current",), "returned_school", (_SCHOOL,), source="S1"),
        Move(
            ("current", "pending"),
            "referred_cme",
            (Guard("cme_referral", "Make the CME referral first.", at="end_cme"),),
            source="S1",
        ),
        Move(
            ("current", "pending"),
            "transferred_la",
            (Guard("other_la", "Name the other council.", at="end_la"),),
            source="S1",
        ),
        Move(
            ("current",),
            "y11_leaver",
            (_PAST_AGE,),
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
            (Guard("suitability", "Record your judgement."), SIGNED),
            _EHE,
            "S1",
        ),
        Move(("judged",), "sent", (Guard("report_sent", "Enter when the report went to the parent."),), _EHE, "G8"),
    ),
)

_CHECKLIST_DONE = Guard(
    "checklist_done", "Complete the school’s checklist: who did each step and when.", (True,), "numbers_rung"
)
_VISITED = Guard("home_visit_made", "A home visit comes before the referral.", (True,), "home_visited")
_OUTCOME = Guard("outcome", "Choose the outcome code.")
_OPENED = Guard("logged_on", "Log the referral before its outcome: enter the day.")
_AFTER_OPENING = Guard(
    "outcome_after_opening", "The outcome is before the case was opened. Check both days.", (True,), "outcome_on"
)
_TOLD_AFTER = Guard(
    "told_after_known",
    "Whoever referred was told before the outcome was known. Check both days.",
    (True,),
    "told_referrer_on",
)
CME = Life(
    states=("checklist", "submitted", "logged", "enquiries", "located", "exhausted", "closed"),
    ends=("closed",),
    moves=(
        Move(
            ("checklist",),
            "submitted",
            (_CHECKLIST_DONE, _VISITED, _AGE),
            source="S2",
        ),
        Move(("submitted",), "logged", (), _CME, "S2"),
        Move(("logged",), "enquiries", (), _CME, "S2"),
        Move(("enquiries",), "located", (_OUTCOME, _OPENED, _AFTER_OPENING), _CME, "S1"),
        Move(
            ("enquiries",),
            "exhausted",
            (
                Guard("enquiries", "Record the enquiries that were made."),
                WHO_DECIDED._replace(at="exhausted_by"),
                _OPENED,
                _AFTER_OPENING,
            ),
            _CME,
            "S2",
        ),
        Move(("located", "exhausted"), "closed", (_OUTCOME, _TOLD_AFTER), _CME, "S1"),
    ),
)

# What arrives is no case: it is written, sent, and then answered by one.
RECEIVED = Life(
    states=("checklist", "received", "answered"),
    ends=("answered",),
    moves=(
        Move(("checklist",), "received", (_CHECKLIST_DONE, _VISITED), source="S2 §8, §14"),
        Move(("received",), "answered", (Guard("case_opened", "Open the case that answers it."),), _CME, "B"),
    ),
)
CASE = Life(
    states=("not_logged", "open", "enquiries", "located", "exhausted", "told", "closed"),
    ends=("closed",),
    moves=(
        Move(("not_logged",), "open", (Guard("logged_on", "Enter the day the case was logged."), _AGE), _CME, "S2"),
        Move(("open",), "enquiries", (Guard("enquiries", "Record the enquiries that were made."),), _CME, "S2"),
        Move(("open", "enquiries"), "located", (_OUTCOME, _OPENED, _AFTER_OPENING), _CME, "S1"),
        Move(
            ("enquiries",),
            "exhausted",
            (_OUTCOME, WHO_DECIDED._replace(at="exhausted_by"), _OPENED, _AFTER_OPENING),
            _CME,
            "S2",
        ),
        Move(
            ("located", "exhausted"),
            "told",
            (Guard("told_referrer_on", "Tell whoever referred the outcome first, and record the day."), _TOLD_AFTER),
            _CME,
            "S2 §15",
        ),
        Move(
            ("told",),
            "closed",
            (
                Guard("closed_on", "Enter the day on which the case was closed."),
                Guard(
                    "closed_after_outcome",
                    "The case was closed before its outcome was known. Check both days.",
                    (True,),
                    "closed_on",
                ),
            ),
            _CME,
            "S1 CME scorecard 7",
        ),
    ),
)  # fmt: skip

ROLL = Life(
    states=("on_roll", "removal_authorised", "deregistration_letter_sent"),
    ends=("deregistration_letter_sent",),
    moves=(
        Move(
            ("on_roll",),
            "removal_authorised",
            (
                Guard("removal_ground", "Say on what ground the name may be removed."),
                Guard("enquired", "Record the checks that were made before the name goes.", (True,), "enquiries"),
                Guard("authorised_on", "Enter the day."),
                Guard("authorised_by", "Write who authorised it."),
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

_LETTER = Guard("s436a_asked_on", "Ask the family informally first (section 436A), and record when.")
_SERVED = Guard("served_on", "Enter the day of service.", at="s437_served_on")
_DECIDED = Guard("steps_decided", "Write who decided each step of enforcement.", (True,), "enforcement")
_IN_ORDER = Guard(
    "steps_in_order",
    "The steps of enforcement are not in the order of their days. Check the days.",
    (True,),
    "enforcement",
)


def _step(name: str, say: str) -> Guard:
    return Guard(f"step_{name}", say, at="enforcement")


SECTION_437 = Life(
    states=(
        "informal_enquiry",
        "notice_served",
        "order_considered",
        "order_proposed",
        "attendance_order",
        "proceedings",
        "court_decided",
        "ended",
    ),
    ends=("ended",),
    moves=(
        Move(("informal_enquiry",), "notice_served", (_LETTER, _SERVED), _ENFORCES, "G10; S1"),
        Move(
            ("notice_served",),
            "order_considered",
            (
                _step("considered", "Record first that a school attendance order was considered, and on which day."),
                Guard(
                    "considered_after_notice",
                    "The notice had not run out on the day on which an order was considered.",
                    (True,),
                    "enforcement",
                ),
                _DECIDED,
                _IN_ORDER,
            ),
            _ENFORCES,
            "G10",
        ),
        Move(
            ("order_considered",),
            "order_proposed",
            (_step("proposed", "Record first that an order was proposed to the family, and on which day."), _IN_ORDER),
            _ENFORCES,
            "Education Act 1996, section 438",
        ),
        Move(
            ("order_proposed",),
            "attendance_order",
            (
                _step("made", "Record first that the order was made, and on which day."),
                Guard(
                    "made_after_choice",
                    "The family has fifteen days, from the day of the proposal, to choose another school.",
                    (True,),
                    "enforcement",
                ),
                _IN_ORDER,
            ),
            _ENFORCES,
            "G10; Education Act 1996, section 438",
        ),
        Move(
            ("attendance_order",),
            "proceedings",
            (_step("proceedings", "Record first on which day court proceedings began."), _IN_ORDER),
            _ENFORCES,
            "S1 EHE 3.3",
        ),
        Move(
            ("proceedings",),
            "court_decided",
            (_step("court_outcome", "Record on which day the court decided."), _IN_ORDER),
            _ENFORCES,
            "S1 EHE 3.3",
        ),
        Move(
            ("notice_served", "order_considered", "order_proposed", "attendance_order", "proceedings", "court_decided"),
            "ended",
            (Guard("stopped_why", "Write why enforcement stops; it is kept.", at="enforcement"), _DECIDED, _IN_ORDER),
            source="G10",
        ),
    ),
)
