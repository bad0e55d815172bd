"""Which records a row of the published extracts makes: of children, missing episodes, referrals, spells, enquiries,
exclusions.

Days are 2026-03-27, times have an offset, empty is not known.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from casework.canonical import JSON
from casework.forms import Definition
from casework.identifiers import ChildId, RecordId
from casework.plain_table import unguarded
from casework.practice.lives.case_shapes import CASE
from casework.records import field_path
from casework.records.answer_paths import cell_path, parse_path, row_path
from central.database.errors import CentralError
from central.extracts.cell_values import Note, answer_in

Cells = Mapping[str, str]
OFFER = row_path("offers", "offer")


@dataclass(frozen=True, slots=True)
class Part:
    """One record that a row makes: which column answers which question, and what a code is called here.

    `beside` is where the record hangs by a column that another kind of extract is the authority on: such a record is
    begun, or what nobody has said is added, and nothing that was said is changed.
    """

    form_id: str
    columns: Mapping[str, str]
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    beside: bool = False
    more: Callable[[Cells], dict[str, str]] | None = None  # further answers, by path, as text for their question


@dataclass(frozen=True, slots=True)
class Kind:
    """`reference` is the column that names the row's record, which is the last of the parts; `child` its child."""

    name: str
    reference: str
    needed: tuple[str, ...]
    parts: tuple[Part, ...]
    child: str = "child_ref"


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says of one record; `number` is the case system's own, of the record the row is about."""

    form_id: str
    record_id: RecordId
    child_id: ChildId
    answers: Mapping[str, JSON]
    number: str = ""
    beside: bool = False


def _names(cells: Cells) -> dict[str, str]:
    """The last word is the family's name; together they are the name as it stood."""
    first, _, last = unguarded(cells.get("name", "")).strip().rpartition(" ")
    found = {"given_name": first or last, "family_name": last if first else ""}
    return {field_path(name): text for name, text in found.items() if text}


def _offer(cells: Cells) -> dict[str, str]:
    """One offer: when it was made, what was said to it, and when."""
    reply = cells.get("rhi_reply", "") or ("accepted" if cells.get("rhi_accepted_at") else "")
    at, replied = cells.get("rhi_offered_at", ""), cells.get("rhi_accepted_at", "")
    found = {"at": at or replied, "reply": reply, "replied_at": replied if at else ""}
    return {cell_path("offers", "offer", name): text for name, text in found.items() if text}


def _ssd_offer(cells: Cells) -> dict[str, str]:
    """The Standard Safeguarding Dataset says whether, not when."""
    reply = {"Y": "accepted", "N": "declined"}.get(cells.get("miss_missing_rhi_accepted", ""), "")
    return {cell_path("offers", "offer", "reply"): reply} if reply else {}


def _spell(cells: Cells) -> dict[str, str]:
    return {field_path("stage"): cells.get("end_reason", "") or "current"}


def _enquiry(cells: Cells) -> dict[str, str]:
    """One that became home education ends as an enquiry: the spell is a record of its own."""
    stages = {"not_ehe": "not_ehe", "became_ehe": "enquiry", "": "pending"}
    outcome = cells.get("outcome", "")
    if outcome not in stages:
        message = f"“{outcome}” in the column outcome is neither not_ehe nor became_ehe."
        raise CentralError(message)
    return {field_path("stage"): stages[outcome]}


def _exclusion(cells: Cells) -> dict[str, str]:
    """A reason that is none of the form's is kept in the words it came in."""
    said = cells.get("reason", "").strip()
    reason = REASONS.get(said.casefold(), "")
    words = "" if reason else said
    found = {"reason": reason or ("other" if said else ""), "reason_words": words}
    return {field_path(name): text for name, text in found.items() if text}


_CHILD = {"date_of_birth": "date_of_birth", "sex": "sex", "ethnicity": "ethnicity", "sibling_group": "family"}
_SEX = {"sex": {"F": "female", "M": "male"}}
_SEND = {"K": "sen_support", "E": "ehcp", "N": "none", "no": "none", "yes": "kind_not_known"}
REASONS = {
    code.casefold(): reason
    for letters, reason in {
        "PP": "assault_pupil", "PA": "assault_adult", "VP": "threat_pupil", "VA": "threat_adult", "OW": "weapon",
        "BU": "bullying", "RA": "racist_abuse", "LG": "abuse_orientation_gender", "DS": "abuse_disability",
        "SM": "sexual_misconduct", "DA": "drugs_alcohol", "DM": "damage", "TH": "theft", "MT": "online_misuse",
        "PH": "public_health", "DB": "disruption", "OT": "other",
    }.items()
    for code in (letters, reason)
}  # fmt: skip
_LOCALITY = {"North": "north", "South": "south", "Central": "central", "none": "none_or_outside"}

KINDS = {
    kind.name: kind
    for kind in (
        Kind("children", "child_ref", ("child_ref", "name"), (Part("child", _CHILD, _SEX, more=_names),)),
        Kind(
            "episodes",
            "episode_ref",
            ("episode_ref", "child_ref", "started_at", "returned_at"),
            (
                Part(
                    "return_home_interview",
                    {
                        "rhi_decision": "offer_decision",
                        "rhi_no_offer_reason": "no_offer_reason",
                        "rhi_completed": "went_ahead",
                        "rhi_completed_at": "ended_at",
                    },
                    {"went_ahead": {"no": "not_held"}},
                    more=_offer,
                ),
                Part(
                    "missing_episode",
                    {
                        "started_at": "last_seen_at",
                        "returned_at": "found_at",
                        "care_status": "care_status",
                        "other_la": "other_la",
                        "cse_level": "cse_level",
                        "placement_miles": "placement_home_miles",
                        "record_state": "outcome",
                    },
                    {"outcome": {"counted": "real"}},
                ),
            ),
        ),
        Kind(
            "referrals",
            "referral_ref",
            ("referral_ref", "child_ref", "opened_on", "closed_on"),
            (
                Part("child", _CHILD, _SEX, beside=True, more=_names),
                Part(
                    CASE,
                    {
                        "name": "pupil_name",
                        "family_ref": "family",
                        "ethnicity": "ethnicity",
                        "locality": "locality",
                        "phase": "phase",
                        "school_type": "school_type",
                        "year_group": "year_group",
                        "opened_on": "logged_on",
                        "closed_on": "closed_on",
                        "outcome": "outcome",
                        "previous_cme": "previous_cme",
                        "fsm": "fsm",
                        "open_to": "open_to",
                        "presenting_need": "presenting_need",
                        "main_need": "main_need",
                    },
                    {"locality": _LOCALITY},
                ),
            ),
        ),
        Kind(
            "spells",
            "spell_ref",
            ("spell_ref", "child_ref", "started_on", "ended_on"),
            (
                Part("child", _CHILD, _SEX, beside=True, more=_names),
                Part("ehe_case", {"started_on": "ehe_start", "ended_on": "ended_on"}, more=_spell),
            ),
        ),
        Kind(
            "enquiries",
            "enquiry_ref",
            ("enquiry_ref", "child_ref", "opened_on", "closed_on"),
            (
                Part(
                    "ehe_case",
                    {"opened_on": "notified_on", "closed_on": "ended_on", "support": "support"},
                    more=_enquiry,
                ),
            ),
        ),
        Kind(
            "ssd",
            "miss_table_id",
            ("miss_table_id", "miss_person_id", "miss_missing_episode_start_date", "miss_missing_episode_end_date"),
            (
                Part(
                    "return_home_interview",
                    {"miss_missing_rhi_offered": "offer_decision"},
                    {"offer_decision": {"Y": "yes", "N": "no", "NA": "not_applicable"}},
                    more=_ssd_offer,
                ),
                Part(
                    "missing_episode",
                    {
                        "miss_missing_episode_start_date": "last_seen_at",
                        "miss_missing_episode_type": "ssda903_code",
                        "miss_missing_episode_end_date": "found_at",
                    },
                ),
            ),
            child="miss_person_id",
        ),
        Kind(
            "exclusions",
            "exclusion_ref",
            ("exclusion_ref", "child_ref", "kind", "from"),
            (
                Part(
                    "exclusion",
                    {
                        "kind": "kind",
                        "school": "school",
                        "phase": "phase",
                        "from": "from_day",
                        "days": "days",
                        "send": "send",
                        "looked_after": "looked_after",
                        "reinstated": "reinstated",
                        "validated": "validated",
                    },
                    {"send": _SEND},
                    more=_exclusion,
                ),
            ),
        ),
    )
}


def answers_of(part: Part, definition: Definition, cells: Cells, note: Note) -> dict[str, JSON]:
    """By path; a row of offers with its place. Raises CentralError or AnswerError for a cell that is no answer."""
    given = {field_path(name): (column, cells.get(column, "")) for column, name in part.columns.items()}
    given |= {path: (parse_path(path).question, text) for path, text in (part.more(cells) if part.more else {}).items()}
    answers: dict[str, JSON] = {}
    for path, (column, text) in given.items():
        question = definition.at(parse_path(path))
        if text and question is not None:
            codes = part.codes.get(question.id, {})
            answers[path] = answer_in(question, column, {column: text}, codes, note)
    if any(path.startswith(f"{OFFER}/") for path in answers):
        answers[OFFER] = {"position": "a"}
    return answers


def empty_of(part: Part, cells: Cells, columns: Collection[str]) -> dict[str, JSON]:
    """By path, None for what the row has a column for and says nothing of. Of a child several extracts speak, and none
    says it for all of them."""
    if part.form_id == "child":
        return {}
    return {
        field_path(name): None for column, name in part.columns.items() if column in columns and column not in cells
    }


def keyed_id(secret: bytes, what: str, reference: str) -> RecordId:
    """The same for the same reference, and told by nobody who does not have the service's secret."""
    return RecordId(f"{what}-{hmac.new(secret, f'{what} {reference}'.encode(), hashlib.sha256).hexdigest()[:40]}")
