"""The procedures of education, paragraph by paragraph: where each is done here, and the test that shows it.

docs/practice.md prints these; an empty `done` is printed as “not done”, and a test holds every file that is named.
"""

from __future__ import annotations

from typing import NamedTuple


class Paragraph(NamedTuple):
    """`test` is a file under tests/."""

    where: str
    says: str
    done: str = ""
    test: str = ""


_CASELOAD, _CASES = "Caseload; `homeward caseload`", "desktop/flows/caseload/test_case_table.py"
_DUE, _DUE_TEST = "Today; `homeward due`", "desktop/flows/due/test_education_matters.py"
_LETTER, _LETTER_TEST = "Letters; `homeward letter`", "desktop/flows/letters/test_sending_letter.py"
_ASKED = "Ask for a visit; `homeward ask-visit`, `accept-visit`, `begin-visit`, `visits`"
_ASKED_TEST = "together/test_visits_asked.py"
_MOVED = "Caseload, Schools’ returns; `homeward take-return`, `movement`, `arrived`, `refer-leaver`"
_MOVED_TEST = "together/test_movement_returns.py"
_OWED_TEST = "desktop/flows/schools/test_leavers_followed.py"
_FIGURES = "central/figures/test_published.py"
_LISTS = "central/figures/test_out_of_sight.py"
_FORM, _FORM_TEST = "The form; `homeward new`, `homeward answer`", "casework/forms/test_other_forms.py"
_LIVES, _LIVES_TEST = (
    "Refused by its life, in the form and by `homeward answer`",
    "casework/practice/test_forbidden_states.py",
)
PROCEDURE = (
    Paragraph("S2 §2", "Compulsory school age, from its first day to its last", _LIVES, _LIVES_TEST),
    Paragraph(
        "S2 §2",
        "Moved to another council that confirms residence and a roll: off the roll from the last day",
        "Both readings are shown in the roll section of the case",
        "casework/forms/test_domain.py",
    ),
    Paragraph("S2 §3", "Groups at more risk", "Flags and needs, in the case", _FORM_TEST),
    Paragraph("S2 §4", "All information held goes with a referral", _FORM, _FORM_TEST),
    Paragraph(
        "S2 §5",
        "Admissions refer a child who does not arrive",
        "Who refers, and why, in the referral and its case",
        _LIVES_TEST,
    ),
    Paragraph(
        "S2 §5",
        "The locality’s team is asked first, then the CME officer",
        "Refused by the life, due on Today, its stage in Caseload; `homeward answer`, `due`, `caseload`",
        _CASES,
    ),
    Paragraph(
        "S2 §5",
        "A move between the council’s schools: on the first roll until the first day at the second",
        "Said in the roll section of the case",
        _FORM_TEST,
    ),
    Paragraph("S2 §6", "Which council a family applies to, and its right of appeal: the admissions’ own system"),
    Paragraph(
        "S2 §6", "A place is offered by letter; two weeks for the family, four for the school", _LETTER, _LETTER_TEST
    ),
    Paragraph(
        "S2 §6",
        "The start day, on which the name goes on the roll",
        "Admission meeting, start day and roll in the case; Today; `homeward due`",
        _CASES,
    ),
    Paragraph("S2 §7", "Four grounds on which a school refers", "Why the child is referred, as codes", _LIVES_TEST),
    Paragraph("S2 §7", "The school’s own attempts come first", _LIVES, _LIVES_TEST),
    Paragraph("S2 §7", "On the register after 20 school days, or earlier with evidence", _CASELOAD, _CASES),
    Paragraph(
        "S2 §7",
        "Off the roll only when the service authorises it",
        "The roll decision, signed by who may authorise it; `homeward new roll_decision`, `homeward sign`",
        "desktop/flows/signing/test_roll_decided.py",
    ),
    Paragraph("S2 §8", "The school’s checks, with last day and contacts", _FORM, _FORM_TEST),
    Paragraph("S2 §8", "A letter confirms that the referral has come", _LETTER, _LETTER_TEST),
    Paragraph("S2 §8", "The pupil’s file within fifteen school days", _DUE, _DUE_TEST),
    Paragraph(
        "S2 §8",
        "Tracked after the name has left the roll",
        "Steps of the case, a clock for the next; stays in Caseload; `homeward answer`, `caseload`",
        _CASES,
    ),
    Paragraph(
        "S2 §9",
        "School to school transfers and the lost pupil database",
        "Steps of the case, with who and on which day; `homeward answer`",
        "desktop/flows/schools/test_files_between.py",
    ),
    Paragraph(
        "S2 §9, §17",
        "Counts of transfers by school: asked, uploaded, found, how long; the lost pupil database",
        "Caseload, Schools’ returns; `homeward transfers`",
        "desktop/flows/schools/test_files_between.py",
    ),
    Paragraph("S2 §10", "The monthly movement return: joiners, leavers, destination", _MOVED, _MOVED_TEST),
    Paragraph("S2 §10", "A school that has not returned is asked", _DUE, _OWED_TEST),
    Paragraph("S2 §10", "A leaver without a destination is no leaver, and is referred", _MOVED, _MOVED_TEST),
    Paragraph("S2 §10", "Each leaver is followed until arrived safe or referred", _MOVED, _MOVED_TEST),
    Paragraph("S2 §10", "Emigration is checked at the school abroad", "Arrived safe asks what shows it", _MOVED_TEST),
    Paragraph("S2 §11", "The pathway of Appendix A: its picture could not be read"),
    Paragraph(
        "S2 §12, §14", "Anybody may refer", "Who refers, in the referral; a checklist from schools only", _LIVES_TEST
    ),
    Paragraph("S2 §12", "The procedure itself is published, and every partner is told of it"),
    Paragraph(
        "S2 §13",
        "What is shared is what is needed",
        "A letter holds only what its reader may have",
        "desktop/flows/letters/test_writing_letter.py",
    ),
    Paragraph(
        "S2 §12, §15",
        "What arrived stays as it came; the case is opened from it, one a child",
        "Open the case, on the referral; `homeward open-case`; due and in Caseload until then",
        "desktop/flows/schools/test_case_opened.py",
    ),
    Paragraph("S2 §15", "Logged on the register", _CASELOAD, _CASES),
    Paragraph("S2 §15", "Databases and agencies checked", "Enquiries of the case", _FORM_TEST),
    Paragraph("S2 §15", "Other councils asked where the family may be", _LETTER, _LETTER_TEST),
    Paragraph("S2 §15", "A safe-and-well visit asked for", "Its own record; back to the asker on its day", _ASKED_TEST),
    Paragraph("S2 §15", "The request reaches the locality’s team, and is told back", _ASKED, _ASKED_TEST),
    Paragraph("S2 §15", "The referrer is told the outcome", _LETTER, _LETTER_TEST),
    Paragraph("S2 §15", "Tracked until placed or taken over by another council", "A case gone quiet is due", _DUE_TEST),
    Paragraph("S2 §15 NB", "A worry for safety goes on at once", "The referral cannot be signed before", _FORM_TEST),
    Paragraph("S2 §16", "A quarterly scorecard", "`homeward-central scorecard`", _FIGURES),
    Paragraph(
        "S1 App. 2",
        "A month’s figures published by somebody in their name, with what they say about them",
        "Figures; `homeward scorecard --publish`",
        "desktop/ui/figures/test_page.py",
    ),
    Paragraph(
        "S2 §16",
        "An annual report to the board: the year by its quarters, small numbers hidden",
        "Figures, Report to the board; `homeward board-report`; `homeward-central report board`",
        "central/commands/test_figure_verbs.py",
    ),
    Paragraph("S2 §17", "Matching across the council’s own databases (Capita ONE, Liquidlogic)"),
    Paragraph("S2 §18", "The law it rests on", "The foot of each letter that rests on it", _LETTER_TEST),
    Paragraph(
        "S2 §19",
        "Five deletions of which a school tells the council",
        "The deletion, as codes, in the roll section",
        _LIVES_TEST,
    ),
    Paragraph(
        "S2 §19",
        "In custody: talked about with the youth offending service",
        "The roll decision cannot be signed before",
        "desktop/flows/signing/test_roll_decided.py",
    ),
    Paragraph("S2 §19", "The child is tracked before the name goes", _LIVES, _LIVES_TEST),
    Paragraph(
        "S1 EHE 1.1",
        "A choice of the family’s, not a worry",
        "Words of the forms and letters",
        "desktop/ui/test_words.py",
    ),
    Paragraph(
        "S1 EHE 1.2", "Families who do it well are supported, and not judged", "The letter of information", _LETTER_TEST
    ),
    Paragraph("S1 EHE 1.4 to 1.6, 2.3", "What was debated and published nationally: nothing for a program to do"),
    Paragraph("S1 EHE 1.3, 2.1", "Who is not receiving a suitable education (section 436A)", _LETTER, _LETTER_TEST),
    Paragraph("S1 EHE 1.7", "Visits, samples of work, progress, advice", _FORM, "casework/forms/test_other_forms.py"),
    Paragraph(
        "S1 EHE 1.7, 1.8",
        "What a visit leads on to: another visit, a setting, Early Help, enforcement",
        "What happens next, beside the signed report; `homeward next`",
        "desktop/flows/due/test_report_leads_on.py",
    ),
    Paragraph(
        "S1 EHE 1.9",
        "An education so poor that it is neglect goes on at once",
        "The report cannot be signed before it goes to MASH",
        _FORM_TEST,
    ),
    Paragraph("S1 EHE 1.8 to 1.10, 2.4.1", "Who the officers are, their forums, the policy’s own renewal"),
    Paragraph(
        "S1 EHE 2.2",
        "Informal enquiry and formal enforcement are told apart",
        "The steps of the case, and who may take each",
        "together/test_enforcing.py",
    ),
    Paragraph("S1 EHE 1.8, 3.3", "From informal enquiry to notice, seamless", _LETTER, _LETTER_TEST),
    Paragraph(
        "S1 EHE 3.3",
        "After the notice: an order considered, proposed and made, court proceedings and their outcome",
        "Steps of the case, one at a time; its stage in Caseload; `homeward answer`, `due`, `caseload`",
        _CASES,
    ),
    Paragraph(
        "S1 EHE 2.4.2",
        "The overview and accountability group: children not seen, wishes opposed, notices run out",
        "Groups; `homeward agenda --kind ehe_overview`, `attends`, `minute`, `minutes`",
        "desktop/flows/groups/test_minutes.py",
    ),
    Paragraph("S1 EHE 2.4.3", "The summary at 31 August", "`homeward-central scorecard`", _FIGURES),
    Paragraph(
        "S1 EHE 2.5.1",
        "Advice on options to families who ask",
        "The letter of information on home education",
        _LETTER_TEST,
    ),
    Paragraph(
        "S1 EHE 2.5.1",
        "Involvement that does not become home education, with its kind of support",
        "The case; `homeward-central scorecard ehe`, figures 7 to 7i",
        _FIGURES,
    ),
    Paragraph("S1 EHE 2.5.2", "College after six months", _DUE, _DUE_TEST),
    Paragraph("S1 EHE 2.5.2", "A new application after twelve months", _DUE, _DUE_TEST),
    Paragraph(
        "S1 EHE 2.5.3", "Visits declined, evidence not sent", "Equal answers of the report; section 436A", _FORM_TEST
    ),
    Paragraph(
        "S1 EHE 2.5.4",
        "Families need not tell the council; most do, and welcome contact",
        "A case begins from whoever said so: the family, a school, another; Caseload",
        _CASES,
    ),
    Paragraph(
        "S1 EHE 2.5.5",
        "A school tells the council of a withdrawal, and advice comes before it is final",
        "Cooling-off, due on Today; `homeward due`",
        _DUE_TEST,
    ),
    Paragraph("S1 EHE 2.5.5", "Five days of cooling-off", _LIVES, _LIVES_TEST),
    Paragraph(
        "S1 EHE 2.5.6",
        "Flexi-schooling agreements: which school, which days, from when, looked at again",
        "Agreements of the case; Today; `homeward due`",
        _DUE_TEST,
    ),
    Paragraph(
        "S1 EHE 2.5.7",
        "Localities, ethnicity where a family gives it, phases, boys and girls, Year 11 leavers",
        "`homeward-central scorecard ehe`",
        _FIGURES,
    ),
    Paragraph(
        "S1 EHE 3.1",
        "Whether there are officers enough to act quickly",
        "Team: how much stands against each name; `homeward exceptions`",
        "desktop/flows/team/test_exceptions.py",
    ),
    Paragraph("S1 EHE 3.4 to 3.6", "The national association, legal advice, the policy’s review every two years"),
    Paragraph(
        "S1 EHE 3.7",
        "Reports to the leadership team and the board",
        "Figures, Report to the board; `homeward board-report`",
        "central/commands/test_figure_verbs.py",
    ),
    Paragraph("S1 EHE 3.2", "From Year 9 on: examinations and what comes after", "Questions of the report", _FORM_TEST),
    Paragraph(
        "S1 CME",
        "Open until the child is found or every enquiry is exhausted",
        "Refused by its life, in the form and by `homeward answer`",
        _LIVES_TEST,
    ),
    Paragraph(
        "S1 CME",
        "A family need not say its ethnicity, and localities are counted",
        "`homeward-central scorecard cme`",
        _FIGURES,
    ),
    Paragraph("S1 CME", "What an unsettled roll costs a school after the October census: the schools’ own budgets"),
    Paragraph(
        "S1 CME",
        "New and returning children, families, outcomes, the quarter",
        "`homeward-central scorecard`",
        _FIGURES,
    ),
    Paragraph(
        "S1 CME",
        "One predominant need, school type, year group, free school meals, open to whom: of records of either form",
        "The case, opened from its referral: `homeward open-case`, `homeward scorecard cme`",
        "desktop/flows/figures/test_own_counts.py",
    ),
    Paragraph("S1 App. 4", "Exclusions by phase, for a time and for good", "`homeward-central scorecard`", _LISTS),
    Paragraph("S0 2.1", "Missing, CME, home education and exclusions crossed child by child", "Figures", _LISTS),
    Paragraph(
        "S1 EHE 3.3",
        "A school is proposed to the family before an order is made, and each goes by letter",
        "The letter takes the step in the case; `homeward letter`",
        "desktop/flows/letters/test_sending_letter.py",
    ),
    Paragraph(
        "S1 EHE 3.3",
        "Who may serve a notice and take the steps after it",
        "Refused in the case, by `homeward answer` and by the service",
        "together/test_enforcing.py",
    ),
    Paragraph(
        "S1 CME",
        "A child who goes missing from education again",
        "A new referral; the case opened from it names the last: `homeward open-case`",
        "desktop/flows/schools/test_case_opened.py",
    ),
)
