"""The words a definition may use for things outside its own questions."""

from __future__ import annotations

STRANDS = ("core", "missing", "education")
VOICES = ("child", "worker")
THIS_RECORD = "THIS_RECORD"  # options that are the lines a record has in its own groups, as group/row
NONE_CODES = {"not_known": "Not known", "not_said": "Chose not to say", "not_asked": "Not asked"}
SAID_BY = {"child_said": "{child} said", "adult_said": "an adult said", "worker_view": "worker’s view"}
CHECK_KINDS = ("missing", "contradiction", "warning", "wording")

# Who can be given a copy, as its title names them.
RECIPIENTS = {
    "allocated_worker": "the allocated worker",
    "police": "police",
    "parent": "a parent",
    "carer_or_placement": "the carer or placement",
    "school": "the school",
    "health": "health",
    "youth_offending": "the youth offending team",
    "early_help": "Early Help",
    "iro": "the independent reviewing officer",
    "cp_chair": "the child protection chair",
    "other": "someone else",
    "child": "{child}",
    "requester": "whoever asked for the visit",
}
AUDIENCES = frozenset({*RECIPIENTS, "manager"})

COMPUTED = {
    "rhi_72h": "72 hours after the return",
    "rhi_working_days": "the end of the third working day",
    "child_age": "age on the day",
    "hours_missing": "hours between last seen and found",
    "plan_review_due": "five working days after the return",
    "cme_day_count": "continuous school days absent",
    "compulsory_age": "the dates between which education is compulsory",
}

PREFILL_FROM = frozenset(
    {
        "child",
        "episode",
        "officer",
        "clock",
        "council",
        "interview",
        "plan",
        "case",
        "request",
        "previous",
        "visit",
    }
)

# Words a condition uses; every other key beside them is a mistake.
SUBJECT_KEYS = ("question", "column", "fact")
