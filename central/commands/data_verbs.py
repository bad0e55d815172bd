"""The verbs of `homeward-central` that move data: import, export, all that is held about one child, backup."""

from __future__ import annotations

import argparse
import csv
import io
import sys
from contextlib import closing
from pathlib import Path

from central.commands import asking_keepers, service_backup
from central.commands.printing import say, say_each, with_json
from central.commands.two_person_notes import note_disclosure
from central.database import moving
from central.database.clock import utc_now
from central.database.errors import CentralError
from central.database.home import Home, write_private
from central.disclosure import bundle
from central.disclosure.bundle_pages import DECIDE
from central.disclosure.copy_noted import note_copy_of_everything
from central.disclosure.gathering import gather
from central.extracts.columns import Columns
from central.extracts.export_csv import exported
from central.extracts.extract_rows import Imported
from central.extracts.import_csv import Importing
from central.extracts.row_records import KINDS
from central.keys import key_folder
from central.service import Service

KEPT_UNTIL = (
    "The old database takes nothing more. Keep it until a backup of the new one was restored, then delete it.\n"
)
TWO_NEEDED = "Two keepers of the council’s keys make this export together: name both with --keeper."
LOOKING = "Looking through every record for the child’s name.\n"
WAY_ON = "Mend them, or leave them out with --leave-out."
Verbs = argparse._SubParsersAction  # argparse has no public name for it


def add_verbs(verbs: Verbs[argparse.ArgumentParser]) -> None:
    bring = with_json(verbs.add_parser("import", help="take in a CSV extract of the case system"))
    bring.add_argument("what", choices=[*KINDS, "allocations", "officers"])
    bring.add_argument("file", type=Path)
    bring.add_argument("--columns", type=Path, help="a TOML file that names the council's own columns")
    bring.add_argument("--dry-run", action="store_true", help="say what would be new, changed, the same and refused")
    bring.add_argument("--leave-out", action="store_true", help="take in the rest without the rows that are refused")
    bring.set_defaults(deed=_import)
    give = with_json(verbs.add_parser("export", help="write children or episodes as CSV"))
    give.add_argument("what", choices=["children", "episodes"])
    give.add_argument("--to", type=Path, required=True)
    give.add_argument("--columns", type=Path)
    give.set_defaults(deed=_export)
    backup = with_json(verbs.add_parser("backup", help="copy the service, while it runs"))
    backup.add_argument("--to", type=Path, required=True)
    backup.set_defaults(deed=_backup)
    away = with_json(verbs.add_parser("move", help="into another, empty database, with the service stopped"))
    away.add_argument("--to", required=True, metavar="ADDRESS", help="an SQLAlchemy address, without a password")
    away.set_defaults(deed=_move)
    access = with_json(verbs.add_parser("subject-access", help="everything held about one child, as a folder"))
    access.add_argument("child", help="the child's id, or number in the case system")
    access.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="a folder that is not there yet")
    who = "the manager who decides what is given out"
    access.add_argument("--for", dest="officer", required=True, metavar="OFFICER", help=who)
    asking_keepers.add_two(access)
    access.set_defaults(deed=_subject_access)


def _import(options: argparse.Namespace) -> None:
    columns = Columns.read(options.columns)
    with closing(Service.open(Home(options.home))) as service:
        importing = Importing(service, columns, dry_run=options.dry_run, leave_out=options.leave_out)
        found = importing.take(options.what, options.file)
        if options.json:
            say(options, found.to_json())
        else:
            _tell(options, found)
        if found.refused and not found.kept:
            message = f"{len(found.refused)} of the rows cannot be taken in, so nothing was. {WAY_ON}"
            raise CentralError(message)


def _tell(options: argparse.Namespace, found: Imported) -> None:
    counts = {"new": found.new, "changed": found.changed, "same": found.same, "refused": len(found.refused)}
    say(options, {"read as": found.read_as, **counts, "kept": "yes" if found.kept else "no"})
    for title, lines in (("refused", found.refused), ("note", found.notes)):
        say_each(options, [{"what": f"{title}, line {line}:", "reason": reason} for line, reason in lines])


def _export(options: argparse.Namespace) -> None:
    columns = Columns.read(options.columns)
    with closing(Service.open(Home(options.home))) as service:
        extract = columns.children if options.what == "children" else columns.episodes
        with service.database.reading() as connection:
            if (definition := service.definitions.newest(extract.form_id)) is not None:
                extract.check(definition)
            text = exported(connection, service.definitions, extract)
        write_private(options.to, text.encode("utf-8-sig"))
        rows = sum(1 for _row in csv.reader(io.StringIO(text, newline=""))) - 1
        say(options, {"written": str(options.to), "rows": rows})


def _subject_access(options: argparse.Namespace) -> None:
    """Noted before it is there: an export that nobody knows of is worse than a note of one that failed."""
    bundle.refuse_taken(options.to)
    with closing(Service.open(Home(options.home))) as service:
        by = _two_keepers(service, options)
        sys.stderr.write(LOOKING)
        export = gather(service, options.child, options.officer, by)
        child_id, to = export.about.child_id, f"{export.to}, to decide"
        with service.database.writing() as connection:
            note_disclosure(service.home, child_id, options.officer, by, export.made)
            note_copy_of_everything(service, connection, child_id, made_by=export.by, made_for=to)
        bundle.write(export, options.to)
    found = {"written": str(options.to), "records": len(export.records)}
    say(options, found | {"to be decided": len(export.marks), "begin with": str(options.to / DECIDE)})


def _two_keepers(service: Service, options: argparse.Namespace) -> tuple[str, ...]:
    """Raises CentralError."""
    key_folder.kept_root(service.home.keys)
    if not options.keeper:
        raise CentralError(TWO_NEEDED)
    return key_folder.open_root(service.home.keys, asking_keepers.those_who_open(options.keeper)).by


def _backup(options: argparse.Namespace) -> None:
    say(options, {"backup": str(service_backup.back_up(Home(options.home), options.to, utc_now()))})


def _move(options: argparse.Namespace) -> None:
    found = moving.move(Home(options.home), options.to)
    say(options, {"tables": found.tables, "rows": found.rows})
    sys.stderr.write(KEPT_UNTIL)
