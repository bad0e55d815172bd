"""What each verb of the line does, and how its result is printed; loaded once the line is known to be good."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

from desktop.flows.access.unlocking import Gate
from desktop.verbs import (
    caseload_verbs,
    council_verbs,
    group_verbs,
    help_verbs,
    letter_verbs,
    movement_verbs,
    notice_verbs,
    paper_verbs,
    police_verbs,
    record_verbs,
    scorecard_verbs,
    store_verbs,
    team_verbs,
    visit_verbs,
    whereabouts_verbs,
)
from desktop.verbs.result import Result

Deed = Callable[[argparse.Namespace, Any], Result]  # the second is a Desk, or the Gate when no desk is needed
DEEDS: Mapping[str, Deed] = {
    "setup": store_verbs.set_up,
    "practice": store_verbs.practise,
    "passphrase": store_verbs.change_passphrase,
    "rekey": store_verbs.rekey,
    "recovery-code": store_verbs.recovery_code,
    "recover": store_verbs.recover,
    "enrol": store_verbs.enrol,
    "proxy": store_verbs.choose_way,
    "records": caseload_verbs.list_records,
    "find": caseload_verbs.find,
    "missing-now": caseload_verbs.list_missing,
    "harbouring": whereabouts_verbs.list_harbouring,
    "renew-harbouring": whereabouts_verbs.renew_harbouring,
    "end-harbouring": whereabouts_verbs.end_harbouring,
    "placements": whereabouts_verbs.list_placements,
    "move": whereabouts_verbs.move,
    "tell-council": whereabouts_verbs.tell_council,
    "find-me": whereabouts_verbs.find_me_card,
    "told": caseload_verbs.list_told,
    "notices": notice_verbs.list_notices,
    "notice": notice_verbs.open_notice,
    "acknowledge": notice_verbs.acknowledge,
    "ask-again": notice_verbs.ask_again,
    "visits": visit_verbs.list_visits,
    "ask-visit": visit_verbs.ask_visit,
    "open-case": movement_verbs.open_case,
    "accept-visit": visit_verbs.accept_visit,
    "begin-visit": visit_verbs.begin_visit,
    "withdraw-visit": visit_verbs.withdraw_visit,
    "movement": movement_verbs.list_movement,
    "board-report": scorecard_verbs.tell_board,
    "transfers": movement_verbs.list_transfers,
    "take-return": movement_verbs.take_return,
    "arrived": movement_verbs.note_arrived,
    "refer-leaver": movement_verbs.refer_leaver,
    "take-police-list": police_verbs.take_list,
    "police-list": police_verbs.list_police,
    "match-police": police_verbs.match_line,
    "not-with-police": police_verbs.match_ours,
    "results-owed": police_verbs.list_results,
    "ask-police": police_verbs.ask_for_result,
    "sign-off-list": police_verbs.sign_off_list,
    "scorecard": scorecard_verbs.tell_scorecard,
    "exceptions": team_verbs.list_exceptions,
    "agenda": group_verbs.show_agenda,
    "chair": group_verbs.show_chairs,
    "meetings": group_verbs.list_meetings,
    "minutes": group_verbs.show_minutes,
    "minute": group_verbs.decide_item,
    "put-on": group_verbs.put_on,
    "give-action": group_verbs.give_action,
    "attends": group_verbs.note_member,
    "end-meeting": group_verbs.end_meeting,
    "commission": team_verbs.commission,
    "themes": team_verbs.tell_themes,
    "to-supervision": team_verbs.take_to_supervision,
    "doubles": caseload_verbs.list_doubles,
    "same-as": caseload_verbs.decide_double,
    "due": caseload_verbs.list_due,
    "caseload": caseload_verbs.list_cases,
    "cross-list": caseload_verbs.list_crossed,
    "show": record_verbs.show,
    "new": record_verbs.begin,
    "how": help_verbs.tell_how,
    "blank-form": paper_verbs.blank_form,
    "scan": paper_verbs.scan,
    "before-you-go": paper_verbs.before_you_go,
    "answer": record_verbs.answer,
    "attach": record_verbs.attach,
    "history": record_verbs.tell_history,
    "decisions": record_verbs.list_decisions,
    "decide": record_verbs.decide,
    "sign": record_verbs.sign,
    "check": record_verbs.check,
    "export": record_verbs.export,
    "countersign": record_verbs.countersign,
    "copies": record_verbs.list_copies,
    "recall": record_verbs.recall,
    "next": record_verbs.next_step,
    "letter": letter_verbs.letter,
    "letters": letter_verbs.list_letters,
    "verify": record_verbs.verify,
    "strengthen": record_verbs.strengthen,
    "sync": council_verbs.sync,
    "update": council_verbs.update,
    "quarantine": council_verbs.list_quarantine,
    "review": council_verbs.review,
    "returned": council_verbs.list_returned,
    "deal": council_verbs.deal,
    "written-before": council_verbs.settle_written_before,
    "destroyed": council_verbs.list_destroyed,
    "backup": store_verbs.back_up,
    "restore": store_verbs.restore,
    "rescue": store_verbs.rescue,
    "audit": store_verbs.check_audit,
    "forms": record_verbs.check_forms,
}


def run(args: argparse.Namespace, gate: Gate) -> int:
    """The exit status: 1 where the deed was done and what it looked at is not good."""
    deed = DEEDS[args.verb]
    if not args.needs_desk:
        return _print(args, deed(args, gate))
    with store_verbs.opened_desk(args, gate) as desk:
        return _print(args, deed(args, desk))


def _print(args: argparse.Namespace, result: Result) -> int:
    value, sentence = result
    text = json.dumps(value, ensure_ascii=False, indent=2) if "json" in args else sentence
    sys.stdout.write(text + "\n")
    return 0 if not isinstance(value, dict) or value.get("good", True) else 1
