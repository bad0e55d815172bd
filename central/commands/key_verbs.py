"""`homeward-central keys`: who keeps the council's keys, and what only two of them do together."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from central.commands import asking_keepers, two_person_notes
from central.commands.printing import say, say_each, with_json, with_table
from central.database.clock import utc_now
from central.database.home import Home
from central.keys import key_folder
from central.keys.authority import Authority
from central.keys.key_files import is_protected
from central.keys.next_root import Successors, found_next

OLD_COPIES = (
    "Every backup made until now still holds both keys as they were: destroy those, and make a new one today.\n"
)
START_ANEW = "Start the service anew, so that it works with them.\n"
NOT_VOUCHED = (
    "The recovery key in the folder is not signed by the council’s root, so laptops that join take no key for a "
    "forgotten passphrase. If nobody has put another there, sign it with “homeward-central keys change”.\n"
)
OLD_FILE = "Destroy the old file of the recovery key: it still opens with the old passphrases.\n"
BACK_UP = "Make a backup today: one of before knows nothing of the new root.\n"
Verbs = argparse._SubParsersAction  # argparse has no public name for it


def add_verbs(verbs: Verbs[argparse.ArgumentParser]) -> None:
    keys = verbs.add_parser("keys", help="the council's keys and their keepers").add_subparsers(
        required=True, metavar="VERB"
    )
    with_json(keys.add_parser("show", help="who keeps them, and whether they are protected")).set_defaults(deed=_show)
    with_table(keys.add_parser("notes", help="what two keepers did together")).set_defaults(deed=_notes)
    protect = with_json(keys.add_parser("protect", help="for a council founded before its keys had keepers"))
    asking_keepers.add_new(protect)
    add_recovery_file(protect)
    protect.set_defaults(deed=_protect)
    issue = with_json(keys.add_parser("issue", help="make the running service new keys, as after a restore"))
    asking_keepers.add_two(issue)
    issue.add_argument("--withdraw", action="store_true", help="the keys until now may be in other hands")
    issue.add_argument("--host", action="append", help="a name or address laptops use, instead of those until now")
    issue.set_defaults(deed=_issue)
    change = with_json(keys.add_parser("change", help="other keepers, or other passphrases"))
    asking_keepers.add_two(change)
    _add_change(change)
    change.set_defaults(deed=_change)
    root = with_json(keys.add_parser("new-root", help="the council's next root, before this one's certificate ends"))
    asking_keepers.add_two(root)
    _add_change(root)
    root.set_defaults(deed=_new_root)


def _add_change(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--recovery-key", type=Path, required=True, help="the file with the recovery key until now")
    asking_keepers.add_new(verb, "--new-keeper")
    verb.add_argument("--new-recovery-key", type=Path, required=True, help="the file to write it to anew")


def add_recovery_file(verb: argparse._ActionsContainer) -> None:
    verb.add_argument(
        "--recovery-key", type=Path, required=True, metavar="FILE",
        help="a new file outside the service's folder, on a stick kept apart: the only key to forgotten stores",
    )  # fmt: skip


def _show(options: argparse.Namespace) -> None:
    home = Home(options.home)
    home.settings()
    protected = is_protected(home.keys)
    names = key_folder.kept_root(home.keys).names if protected else []
    vouched = protected and key_folder.is_recovery_vouched_for(home.keys)
    yes_or_no = {"protected": protected, "recovery_key_signed": vouched}
    said = yes_or_no if options.json else {name: "yes" if holds else "no" for name, holds in yes_or_no.items()}
    say(options, {**said, "keepers": names})
    if protected and not vouched:
        sys.stderr.write(NOT_VOUCHED)


def _notes(options: argparse.Namespace) -> None:
    home = Home(options.home)
    home.settings()
    say_each(options, two_person_notes.noted(home))


def _protect(options: argparse.Namespace) -> None:
    home = Home(options.home)
    home.settings()
    keepers = asking_keepers.those_who_keep(options.keeper)
    cost = asking_keepers.cost_of(options)
    key_folder.protect(home.keys, now=utc_now(), keepers=keepers, recovery_file=options.recovery_key, cost=cost)
    say(options, {"keepers": [keeper.name for keeper in keepers], "recovery_key": str(options.recovery_key)})
    sys.stderr.write(OLD_COPIES)


def _issue(options: argparse.Namespace) -> None:
    home = Home(options.home)
    home.settings()
    key_folder.kept_root(home.keys)
    root = key_folder.open_root(home.keys, asking_keepers.those_who_open(options.keeper))
    hosts = options.host or key_folder.hosts_of(home.keys)
    key_folder.issue(home.keys, root, hosts=hosts, now=utc_now(), withdraw=options.withdraw)
    say(options, {"hosts": key_folder.hosts_of(home.keys), "withdrawn": options.withdraw, "by": list(root.by)})
    sys.stderr.write(START_ANEW)


def _change(options: argparse.Namespace) -> None:
    home = Home(options.home)
    home.settings()
    key_folder.kept_root(home.keys)
    two, new = asking_keepers.those_who_open(options.keeper), asking_keepers.those_who_keep(options.new_keeper)
    cost, file = asking_keepers.cost_of(options), options.new_recovery_key
    key_folder.change_keepers(home.keys, options.recovery_key, two, keepers=new, new_recovery_file=file, cost=cost)
    say(options, {"keepers": [keeper.name for keeper in new], "recovery_key": str(options.new_recovery_key)})
    sys.stderr.write(OLD_FILE)


def _new_root(options: argparse.Namespace) -> None:
    home = Home(options.home)
    home.settings()
    key_folder.kept_root(home.keys)
    two, new = asking_keepers.those_who_open(options.keeper), asking_keepers.those_who_keep(options.new_keeper)
    to = Successors(new, options.recovery_key, options.new_recovery_key, asking_keepers.cost_of(options))
    ends = Authority.open(home.keys).root.not_valid_after_utc
    root = found_next(home.keys, two, to, utc_now())
    two_person_notes.note_root(home, Authority.open(home.keys).fingerprint, root.by, utc_now())
    until = {"until": root.certificate.not_valid_after_utc.date().isoformat(), "follow_by": ends.date().isoformat()}
    say(options, {**until, "keepers": [keeper.name for keeper in new], "recovery_key": str(options.new_recovery_key)})
    sys.stderr.write(f"{OLD_FILE}{BACK_UP}{START_ANEW}")
