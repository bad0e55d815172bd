"""The words a definition may use for things outside its own questions."""

from __future__ import annotations

from casework.forms.definition import QuestionType

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

# What is known from outside the form when it is filled in, and of what type.
FACTS = {
    "now": QuestionType.DATETIME,
    "today": QuestionType.DATE,
    "returned_at": QuestionType.DATETIME,
    "last_seen_at": QuestionType.DATETIME,
    "reported_at": QuestionType.DATETIME,
    "placement_miles": QuestionType.NUMBER,
    "plan_reach_miles": QuestionType.NUMBER,
    "child_age": QuestionType.NUMBER,
    "year_group": QuestionType.NUMBER,
    "plan_version": QuestionType.NUMBER,
    "plan_agreed": QuestionType.YES_NO,
    "episodes_before": QuestionType.NUMBER,
    "closing": QuestionType.YES_NO,
    "care_status": QuestionType.TEXT,
    "trafficking_flag": QuestionType.YES_NO,
    "cross_boundary": QuestionType.YES_NO,
    "previous_progress": QuestionType.YES_NO,
}

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
