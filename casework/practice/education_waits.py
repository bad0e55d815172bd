"""How long education waits for an answer or an act before somebody asks; most numbers are the council's own choice."""

from __future__ import annotations

from datetime import date, timedelta

from casework.practice.calendar import add_months, add_working_days
from casework.practice.council import Council
from casework.practice.deadlines import Deadline


def enquiry_answered(told: date, council: Council) -> Deadline:
    """B: an enquiry about home education becomes something, or ends."""
    return _days(told, "enquiry_days", "Enquiry to be settled", council)


def pending_decided(told: date, council: Council) -> Deadline:
    """B: a pending case becomes home education, or does not."""
    return _days(told, "pending_days", "Pending case to be settled", council)


def child_seen_again(seen: date, council: Council) -> Deadline:
    """C: a child educated at home whom no professional sees goes to the overview group (S3)."""
    due = add_months(seen, council.number("child_unseen_months"))
    return _deadline("child_unseen_months", "Child to be seen", due, council)


def s436a_answered(asked: date, council: Council) -> Deadline:
    """C: an informal enquiry (section 436A) is answered, or followed up."""
    return _days(asked, "s436a_reply_days", "Answer to the informal enquiry", council)


def school_chosen(proposed: date, council: Council) -> Deadline:
    """D12: after an attendance order was proposed, the family has these days to choose a school; the day after."""
    last = proposed + timedelta(days=council.number("order_choice_days") - 1)
    return _deadline("order_choice_days", "Family’s choice of school", last + timedelta(days=1), council)


def enforcement_goes_on(step: date, council: Council) -> Deadline:
    """D12: no step of enforcement is left without a next one, or a reason to stop."""
    return _days(step, "order_step_days", "Next step of enforcement", council)


def receipt_sent(submitted: date, council: Council) -> Deadline:
    """D10: the school has a letter that its referral has come."""
    return _working(submitted, "receipt_working_days", "Receipt to the school", council)


def referrer_told(found: date, council: Council) -> Deadline:
    """D10: whoever referred a child is told the outcome."""
    return _working(found, "receipt_working_days", "Outcome to the referrer", council)


def team_asked(came: date, council: Council) -> Deadline:
    """S2 §5: whoever was expected and did not come is looked for at once, on the day it is heard."""
    return _deadline("team_looks_working_days", "Early Help’s team asked", came, council)


def team_answered(asked: date, council: Council) -> Deadline:
    """S2 §5: the locality's team has looked, so that the CME officer can take over."""
    return _working(asked, "team_looks_working_days", "Answer of Early Help’s team", council)


def tracked_again(last: date, council: Council) -> Deadline:
    """S2 §8, §15: tracking goes on after the name has left the roll, so no such child is left without a day."""
    return _days(last, "track_days", "Next step of tracking", council)


def council_answered(asked: date, council: Council) -> Deadline:
    """B: another council that may have the child answers (S2 §15), or is asked again."""
    return _working(asked, "council_reply_working_days", "Answer of the other council", council)


def removal_letter_sent(authorised: date, council: Council) -> Deadline:
    """D10: no name leaves the roll before the school has the letter."""
    return _working(authorised, "removal_letter_working_days", "De-registration letter", council)


def safe_well_tried(asked: date, council: Council) -> Deadline:
    """C: a safe-and-well visit that was asked for is tried."""
    return _working(asked, "safe_well_working_days", "First attempt", council)


def case_looked_at(last_act: date, council: Council) -> Deadline:
    """B: tracking goes on until the child is placed (S2 §15), so no open case is left without a day."""
    return _days(last_act, "quiet_case_days", "Next look", council)


def _days(since: date, threshold: str, what: str, council: Council) -> Deadline:
    return _deadline(threshold, what, since + timedelta(days=council.number(threshold)), council)


def _working(since: date, threshold: str, what: str, council: Council) -> Deadline:
    return _deadline(threshold, what, add_working_days(since, council.number(threshold), council), council)


def _deadline(threshold: str, what: str, due: date, council: Council) -> Deadline:
    return Deadline(council.thresholds[threshold].rule, what, due, council.source(threshold))
