"""The verbs of `homeward-central` that move data: import, export, backup."""

from __future__ import annotations

import argparse
import csv
import io
import sys
from contextlib import closing
from pathlib import Path

from central.commands import service_backup
from central.commands.printing import say, say_each, with_json
from central.database import moving
from central.database.clock import utc_now
from central.database.errors import CentralError
from central.database.home import Home, write_private
from central.extracts.columns import Columns
from central.extracts.export_csv import exported
from central.extracts.extract_rows import Imported
from central.extracts.import_csv import Importing
from central.extracts.row_records import KINDS
from central.service import Service

KEPT_UNTIL = (
    "The old database takes nothing more. Keep it until a backup of the new one was restored, then delete it.\n"
)
WAY_ON = "Mend them, or leave them out with --leave-out."
Verbs = argparse._SubParsersAction  # argparse has no public name for it


def add_verbs(verbs: Verbs[argparse.ArgumentParser]) -> None:
    bring = with_json(verbs.add_parser("import", help="take in a CSV extract of the case system"))
    bring.add_argument("what", choices=[*KINDS, "allocations"])
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


def _backup(options: argparse.Namespace) -> None:
    say(options, {"backup": str(service_backup.back_up(Home(options.home), options.to, utc_now()))})


def _move(options: argparse.Namespace) -> None:
    found = moving.move(Home(options.home), options.to)
    say(options, {"tables": found.tables, "rows": found.rows})
    sys.stderr.write(KEPT_UNTIL)
