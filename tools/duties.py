"""Each duty about missing children: its source, what a person does it with, and the test that shows it. For the page
docs/practice.md alone."""

from __future__ import annotations

from typing import NamedTuple

_TOGETHER = "tests/together/test_notices.py"
_CHECKING = "tests/together/test_checking.py"
_TEAM = "tests/desktop/flows/team/test_exceptions.py"
_GROUPS = "tests/desktop/flows/groups/test_minutes.py"
_POLICE = "tests/together/test_police_lists.py"
_NOTICES = "tests/desktop/flows/harbouring/test_harbouring_listed.py"
_MOVES = "tests/desktop/flows/placements/test_recording_move.py"
_NOW = "tests/desktop/flows/due/test_missing_now.py"


class Duty(NamedTuple):
    """`by` is a verb or a screen; `test` is file::name."""

    what: str
    source: str
    by: str
    test: str


DUTIES = (
    Duty(
        "Tell a looked-after child's reviewing officer, or the conference chair, and know that they read it",
        "S4 ¶24, ¶75",
        "made by rule; `homeward notices --about`, “Who has been told”",
        f"{_TOGETHER}::test_the_reviewing_officer_reads_it_and_the_manager_sees_when",
    ),
    Duty(
        "Tell the Director and senior managers of a child missing overnight, and know when they read it",
        "S0",
        "made by rule; the inbox on Today, `homeward notice`",
        f"{_TOGETHER}::test_the_director_reads_the_alert_on_a_laptop_that_holds_no_child",
    ),
    Duty(
        "Have MASH screen a child who is closed or not known",
        "S1 flowchart; D7",
        "made by rule; `homeward acknowledge` takes the child on",
        f"{_TOGETHER}::test_mash_is_asked_before_it_holds_the_child_and_takes_it_on",
    ),
    Duty(
        "Hand over between the day and the night",
        "S4 ¶64",
        "made by rule; the inbox on Today",
        f"{_TOGETHER}::test_the_night_hands_over_to_the_day_and_the_day_to_the_night",
    ),
    Duty(
        "Tell nobody what is not theirs",
        "S0; S1",
        "the service, at every address",
        f"{_TOGETHER}::test_without_the_form_not_a_word_of_a_notice",
    ),
    Duty(
        "Check commissioned interviews, and plans, by a manager who did not write them",
        "S0",
        "the signed record's page, `homeward check`",
        f"{_CHECKING}::test_returned_asks_the_author_and_approved_stands_on_both_laptops",
    ),
    Duty(
        "See interviews that are late, open and held, with offers and reason",
        "S4 ¶38, ¶69",
        "Team, `homeward exceptions`",
        f"{_TEAM}::test_an_interview_is_late_while_open_and_stays_when_it_was_held_late",
    ),
    Duty(
        "See prevention results that were not received, or waived by nobody",
        "S4 ¶27, ¶28",
        "Team, `homeward exceptions`",
        f"{_TEAM}::test_what_nobody_was_told_sent_or_decided_stands_there",
    ),
    Duty(
        "Take overdue actions to supervision",
        "S4 ¶69, ¶71",
        "Team, `homeward to-supervision`",
        f"{_TEAM}::test_an_action_is_taken_to_supervision",
    ),
    Duty(
        "Offer those who go missing again as much as the others, and know the rate",
        "S4 ¶43, ¶45",
        "Team, `homeward exceptions`",
        f"{_TEAM}::test_the_rates_of_offers_and_of_independence_stand_under_the_list",
    ),
    Duty(
        "Know who is missing now, and the next step for each",
        "S0; S1",
        "Today, `homeward missing-now`",
        f"{_NOW}::test_the_next_step_opens_where_it_is_recorded",
    ),
    Duty(
        "Compare with the police's list, month by month, child by child, until a manager signs it off",
        "S4 ¶91",
        "Team, Police list; `homeward take-police-list`, `police-list`, `match-police`, `sign-off-list`",
        f"{_POLICE}::test_a_month_is_taken_in_decided_shared_and_signed_off",
    ),
    Duty(
        "Ask police for the result after a return, and ask again until it has come",
        "S4 ¶27",
        "Team, Police list; `homeward ask-police`, `results-owed`",
        "tests/desktop/flows/police/test_prevention_asked.py::test_it_is_asked_for_asked_again_and_gone_when_it_has_come",
    ),
    Duty(
        "Give a commissioned interviewer one episode, until a day",
        "S0; S1",
        "the episode's page, Ask another agency; `homeward commission`; `homeward-central allocate … --episode`",
        "tests/together/test_commissions_asked.py::test_an_episode_is_given_and_ended_in_the_window",
    ),
    Duty(
        "Cross missing, missing education, home education, exclusion, CSE and CCE, child by child",
        "S0; S1",
        "Children, Cross-list; `homeward cross-list`",
        "tests/together/test_cross_list.py::test_a_worker_sees_each_list_and_what_each_flag_opens",
    ),
    Duty(
        "Collate what children say, by reason and by whose words, and the places and people that several name",
        "S4 ¶95, ¶114; S0",
        "Team, Themes, or from a meeting of the Strategic group; `homeward themes`, `--pdf`, `--meeting`",
        "tests/desktop/ui/collated/test_page.py::test_a_bar_lists_its_interviews_and_a_line_opens_one",
    ),
    Duty(
        "Tell a role that holds no interviews which are still to be had, and of when that is",
        "S1 flowchart; A",
        "Today, as the council told it",
        "tests/together/test_interviews_told.py::test_the_day_of_a_role_without_interviews_is_as_the_managers",
    ),
    Duty(
        "Tell who holds the episode alone whether a meeting was decided, the alert read, a plan agreed and checked",
        "S1 flowchart; S4 ¶24, ¶64; A",
        "Missing now and the child's page, as the council told it; `homeward told`",
        "tests/together/test_status_told.py::test_missing_now_is_as_on_the_managers_laptop_and_each_field_is_granted",
    ),
    Duty(
        "Know who can hold the interview of a child who is placed far away",
        "S1; D6",
        "Today, beside the interview that is due",
        "tests/desktop/flows/due/test_today.py::test_who_could_hold_it_where_an_advocate_does_not_travel",
    ),
    Duty(
        "Hold the weekly operational group, the six-weekly strategic group and the vulnerability panel",
        "S0; D8",
        "the agenda by rule: Groups, `homeward agenda`, `put-on`, `attends`, `end-meeting`",
        f"{_GROUPS}::test_an_agenda_is_made_by_rule_and_writes_nothing",
    ),
    Duty(
        "Let an advocate chair the operational group though other children are not theirs",
        "S0; D8; A",
        "Groups, “Who chairs”, and the meeting; `homeward chair`, `agenda`",
        "tests/together/test_agenda_told.py"
        "::test_the_chair_sees_every_child_carries_on_without_a_network_and_writes_the_minutes",
    ),
    Duty(
        "Carry each of the group's actions until it is done, with an owner and a day",
        "S0; S4 ¶69, ¶71",
        "Groups, Team; `homeward give-action`, `agenda`, `exceptions`",
        f"{_GROUPS}::test_an_action_is_given_carried_and_found_overdue",
    ),
    Duty(
        "Let the child's worker know what a group decided",
        "S0",
        "made by rule when the child was spoken of; `homeward minute --done`",
        "tests/together/test_groups.py::test_a_worker_hears_of_their_own_child_and_of_no_other",
    ),
    Duty(
        "Give agenda and minutes to each who was there, and to nobody what is not theirs",
        "S0; A",
        "Groups, “Agenda and minutes”; `homeward minutes --pdf --copy`",
        f"{_GROUPS}::test_each_reader_gets_their_own_copy",
    ),
    Duty(
        "Tell no role what only a record of another role's bears out",
        "S0; S4 ¶69",
        "every screen and verb; what is not kept on a laptop is said to be so",
        "tests/together/test_every_role_is_told_the_truth.py::test_no_role_is_told_what_the_whole_does_not_bear_out",
    ),
    Duty(
        "Know which adults were given a harbouring notice, until when, and decide before it ends",
        "S4 ¶58–60",
        "Children and Team, Harbouring notices; `homeward harbouring`, `renew-harbouring`, `end-harbouring`; "
        "the Find Me card for police",
        f"{_NOTICES}::test_it_is_listed_stands_on_the_day_and_waits_until_somebody_decides",
    ),
    Duty(
        "Tell the other council when a looked-after child is placed in its area, and know that it was told",
        "S4 ¶77, ¶78",
        "Placements and moves; `homeward move`, `tell-council`, `placements`",
        f"{_MOVES}::test_the_record_follows_those_around_the_child_are_told_and_the_council_is_owed",
    ),
    Duty(
        "Give new carers the plan, and review it, after a move",
        "S4 ¶79; F11",
        "Today, Team; the plan's page",
        f"{_MOVES}::test_a_move_makes_the_plan_due_names_who_keeps_the_old_one_and_asks_for_the_carers_copy",
    ),
    Duty(
        "Know who holds a copy of the plan, and tell them when it is replaced",
        "S4 ¶64, ¶77",
        "the PDF page, `homeward copies`, `recall`",
        "tests/desktop/flows/signing/test_copy_log.py::"
        "test_a_new_version_names_who_holds_the_old_one_until_they_were_told",
    ),
)
