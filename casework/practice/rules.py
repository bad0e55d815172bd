"""The rules of practice in words: number, source, the default, and the other reading where sources conflict.

docs/practice.md is generated from these; a test holds each against what the code does.
"""

from __future__ import annotations

from typing import NamedTuple


class Rule(NamedTuple):
    """One rule of domain D, as the program follows it."""

    number: str
    what: str
    default: str
    source: str
    conflict: str = ""
    done_by: str = ""


class OfstedFinding(NamedTuple):
    """One of Ofsted's findings, and what here answers it."""

    number: str
    found: str
    answered_by: str
    source: str


class Absent(NamedTuple):
    """Something of the domain that is not here, and why."""

    what: str
    why: str


RULES = (
    Rule(
        "D1",
        "A return home interview within 72 hours, and within three working days, of the return.",
        "Both clocks run side by side. Day of return is day nought; due at the end of the third working day. "
        "Work to 72 hours, report three working days. A return without its time is counted in days only.",
        "S1 flowchart; S4 ¶38 “in most cases”; G1; S1 5.3",
        "72 hours or three working days; neither source defines day nought.",
        "deadlines.rhi_clocks",
    ),
    Rule(
        "D2",
        "Whoever hears that a child is found tells the missing team at once.",
        "The time we were told is stored beside the time found; more than 24 hours apart is counted as late.",
        "S1; the number is J",
        done_by="deadlines.told_late",
    ),
    Rule(
        "D3",
        "A strategy meeting after more than 24 hours, or repeated episodes.",
        "Alert on the earliest of: more than 24 true hours (exactly 24 is not more); three starts within 28 days; "
        "three within 30. Three within 90 days puts the child on the watch-list. Both ends of a window count.",
        "S0; S1 flowchart; G4; S4",
        "Four weeks (S0), 30 days (S1 flowchart), 90 days (S4), a calendar month (scorecard): each is shown.",
        "triggers.triggers",
    ),
    Rule(
        "D4",
        "Need to know, the Director included, when a child on a protection plan or looked after is missing overnight.",
        "Overnight is missing throughout 00:00 to 05:00 in London.",
        "S0",
        "“Overnight” is undefined; a comment in S1 speaks of more than two days. Both are shown.",
        "triggers.overnight",
    ),
    Rule(
        "D5",
        "A Find Me Plan is made after the interview, and reviewed after each repeat.",
        "Due five working days after the return (J), and at least every three months (J).",
        "S0",
        "The sources give no deadline.",
        "deadlines.plan_review",
    ),
    Rule(
        "D6",
        "An advocate does the interview when the child is placed up to 40 miles from Rotherham.",
        "Further away: video, the social worker, or a key worker the child asks for. Forty miles exactly is within.",
        "S1",
        "This distance is from Rotherham; the scorecard's is from home. Both are stored.",
        "triggers.who_interviews",
    ),
    Rule(
        "D7",
        "A closed or unknown child is screened by MASH; an open case alerts its worker.",
        "The decision is recorded on the episode, with who decided when neither was done.",
        "S1 flowchart",
        "“If appropriate” is left to the person who decides.",
        "triggers.alert_goes_to",
    ),
    Rule(
        "D8",
        "The groups that meet: operational weekly, strategic six-weekly, performance every two months, "
        "CME quarterly, EHE at 31 August.",
        "The scorecards are drawn for these dates.",
        "S0; S1",
        "The EHE overview group was half-termly, then virtual.",
        "scorecards (elsewhere)",
    ),
    Rule(
        "D9",
        "A school tells the council at ten continuous school days absent; the register follows at twenty unauthorised.",
        "Counted by the school years of the council's file, less bank holidays and the closed days of single schools, "
        "the first day absent included; a stretch the calendar does not cover at either end says it is not certain. "
        "Only unauthorised absence counts; evidence of the child elsewhere lets the register come earlier, or keeps "
        "the child off it, by the reading in the council's file (evidence_elsewhere).",
        "S2",
        "“School days” (S2 §7) or “days” (S2 letter). S2 cites 2006 Regulations; 2024 ones apply from "
        "19 August 2024 (G14).",
        "education_deadlines.absence",
    ),
    Rule(
        "D10",
        "A child stays on the roll until removal is authorised and the letter is sent.",
        "File within 15 school days of leaving; parent contacts the school within two weeks, the "
        "school tells Admissions "
        "within four; movement return on the last Friday of the month on which schools are open.",
        "S2",
        "S2 §2 lets a name go at the last attendance once another council confirms enrolment.",
        "education_deadlines.school_file, place_letter, movement_return; lives: school_roll",
    ),
    Rule(
        "D11",
        "Compulsory school age.",
        "From 31 August, 31 December or 31 March on or after the fifth birthday, to the last Friday of "
        "June in the school "
        "year of the sixteenth.",
        "G18; S2",
        "S2 says “from the start of the term”.",
        "education_deadlines.compulsory_from, compulsory_until",
    ),
    Rule(
        "D12",
        "Education at home: cooling-off, college, re-application, section 437, yearly contact.",
        "Five days' cooling-off (school days by default, all three readings shown); college after six months; re-apply "
        "after twelve; a section 437 notice gives at least 15 days beginning with service, after an informal enquiry; "
        "contact at least yearly. The 2026 Act's home consideration is switched off until commenced.",
        "S1; G9; G10; G11",
        "The kind of the five days is unstated.",
        "education_deadlines.cooling_off, s437_earliest_end, next_ehe_contact",
    ),
    Rule(
        "D13",
        "Who gets the interview.",
        "The allocated worker always, and the child is told; others by the child's yes; danger "
        "overrides with a reason, a "
        "manager, and whether the child was told or why not.",
        "S0; S1 flowchart; G16",
        "S0 shares with the worker without condition; S1 “with child's permission”. The council's file decides "
        "(rhi_to_worker), and every copy says which.",
        "consent.copies_for",
    ),
    Rule(
        "D14",
        "An urgent concern goes to the worker, a manager or MASH at once; section 47 is considered.",
        "The same day, before the form is finished (J): danger without an escalation blocks signing and closing.",
        "S1",
        "“Immediately” has no number.",
        "deadlines.urgent_concern; form checks on immediate_danger and s47",
    ),
)

OFSTED = (
    OfstedFinding(
        "F1", "Checks not on file or shared", "The prevention result is a tracked item, chased until shared.", "S4 ¶27"
    ),
    OfstedFinding("F2", "Nobody knew who waived checks", "Every skip needs its reason and who decided.", "S4 ¶28"),
    OfstedFinding("F3", "“Buried in the system”", "Typed records with one way of naming them.", "S4 ¶39, ¶69"),
    OfstedFinding("F4", "Two checks blurred", "Separate forms, each stating its purpose.", "S4 ¶46"),
    OfstedFinding(
        "F5", "Frequent runaways offered less", "A new offer each time; the rate by repeat on Team.", "S4 ¶43, ¶45"
    ),
    OfstedFinding("F6", "Interviewer not independent", "Independence recorded, explained, and counted.", "S4 ¶47"),
    OfstedFinding(
        "F7",
        "Stern, lecturing tone",
        "Child wording, prompts on demand, every child question can be skipped.",
        "S4 ¶30–32, ¶44",
    ),
    OfstedFinding(
        "F8",
        "Plans generic, stale, unfound, unowned",
        "Owner for each step, what changed, review by itself, any child.",
        "S4 ¶63–64",
    ),
    OfstedFinding(
        "F9", "Managers could not see gaps", "The manager's page Team, and `homeward exceptions`.", "S4 ¶69, ¶71"
    ),
    OfstedFinding(
        "F10", "IRO or CP chair untold", "A notice by rule, read on their own laptop; else on Team.", "S4 ¶24, ¶75"
    ),
    OfstedFinding(
        "F11",
        "Cross-boundary confusion",
        "Responsible and host council on the episode and the move; each council owed until told; plan to new carers.",
        "S4 ¶77–79",
    ),
    OfstedFinding(
        "F12",
        "Sibling duplicates, unreliable counts",
        "One child an episode; doubles found; list reconciled with police.",
        "S4 ¶91",
    ),
    OfstedFinding(
        "F13",
        "Views not collated",
        "Coded reasons with whose words they are; Themes, `homeward themes`.",
        "S4 ¶95, ¶114",
    ),
    OfstedFinding(
        "F14", "Description without action", "What, who and when needed; vague actions pointed out.", "S4 ¶71"
    ),
    OfstedFinding(
        "F15", "Trafficked children overlooked", "An indicator in the interview and a flag on the child.", "S4 ¶85–87"
    ),
    OfstedFinding(
        "F16",
        "Blaming words",
        "A prompt on such words in the worker's own writing; the child's are exempt.",
        "S4 ¶104–106; J",
    ),
)

ABSENT = (
    Absent(
        "An agenda told by the service for the overview group of home education, or to a Director who chairs (D8)",
        "Not done. That group's lead and manager hold every child; a Director opens none and has the manager's paper.",
    ),
    Absent(
        "Words withheld inside a form from the co-ordinator and the IRO (A)",
        "What somebody said is signed whole and travels whole, so a role gets a form or does not. Both get only the "
        "forms that hold facts; the few written answers in those are there to be read.",
    ),
    Absent(
        "Dates of the groups in D8", "They are meetings, not deadlines of a record; the scorecards carry their periods."
    ),
    Absent(
        "The kind of “days” in S2's letter (D9)",
        "School days are counted; the letter's plain days would always come sooner.",
    ),
    Absent(
        "A state typed by hand (B)",
        "States are read from answers and signatures, so no two people can set different ones.",
    ),
    Absent(
        "Forms for school, police, carer and parent to fill in (A)",
        "They have no login; they receive copies that are logged.",
    ),
    Absent(
        "The scorecard roles of the analyst (A)", "An analyst opens no record; counts come from the central service."
    ),
    Absent("NAS among presenting needs (B)", "Kept as a code; the source does not say what it means."),
    Absent(
        "Original layouts of Rotherham's own forms",
        "No source contains them, but for the CME form and checklist, which are followed.",
    ),
)
