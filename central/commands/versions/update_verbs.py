"""`homeward-central update`: offer laptops a newer version, signed by two keepers; say what is offered; withdraw it."""

from __future__ import annotations

import argparse
import re
from contextlib import closing
from pathlib import Path
from typing import cast

from msgspec import to_builtins

from casework.canonical import canonical
from casework.version_order import is_version
from casework.wire.updates import FILE_PATTERN, SYSTEM_OF, SYSTEMS, Manifest, OfferedUpdate, System
from central.commands import asking_keepers
from central.commands.printing import say, say_each, with_json, with_table
from central.commands.two_person_notes import note_update
from central.database.clock import stamp
from central.database.errors import CentralError
from central.database.home import Home
from central.files.offered_updates import Shelf, measured
from central.keys import key_folder
from central.keys.council_root import CouncilRoot
from central.service import Service

TWO_NEEDED = "Two keepers of the council’s keys offer an update together: laptops take no other."
NO_SYSTEM = "{} is no package that a laptop installs. Its name ends in .deb, .msi, .exe, .pkg or .dmg."
NO_NAME = "Give the file a name of letters, digits, full stops, hyphens and underscores, of at most 120."
NO_VERSION = "Which version is {}? Say it with --version, such as --version 1.4.2."
Verbs = argparse._SubParsersAction  # argparse has no public name for it


def add_verbs(verbs: Verbs[argparse.ArgumentParser]) -> None:
    whole = verbs.add_parser("update", help="a newer version of Homeward, for the council's laptops to fetch")
    deeds = whole.add_subparsers(required=True, metavar="VERB")
    offer = with_json(deeds.add_parser("offer", help="sign a package, and let laptops fetch it"))
    offer.add_argument("file", type=Path)
    offer.add_argument("--version", default="", help="which it is, if its name does not say")
    offer.add_argument("--from", dest="since", default="", metavar="VERSION", help="the oldest it may be put over")
    asking_keepers.add_two(offer)
    offer.set_defaults(deed=_offer)
    with_table(deeds.add_parser("show", help="what is offered")).set_defaults(deed=_show)
    withdraw = with_json(deeds.add_parser("withdraw", help="offer it no longer"))
    withdraw.add_argument("system", choices=SYSTEMS)
    withdraw.set_defaults(deed=_withdraw)


def _offer(options: argparse.Namespace) -> None:
    """Everything is looked at before a keeper is asked."""
    file, system, version = options.file, _system_of(options.file), _version_of(options)
    with closing(Service.open(Home(options.home))) as service:
        key_folder.kept_root(service.home.keys)
        sha256, size = measured(file)
        if not options.keeper:
            raise CentralError(TWO_NEEDED)
        root, now = _opened(service, options), service.now()
        manifest = Manifest(
            do="update", version=version, system=system, file=file.name, sha256=sha256, bytes=size,
            since=options.since, at=stamp(now), by=list(root.by),
        )  # fmt: skip
        text = canonical(to_builtins(manifest)).decode()
        note_update(service.home, version, sha256, root.by, now)
        Shelf(service.home.updates).put(manifest, OfferedUpdate(text=text, signature=root.signed(text)), file)
    say(options, _row(manifest))


def _opened(service: Service, options: argparse.Namespace) -> CouncilRoot:
    return key_folder.open_root(service.home.keys, asking_keepers.those_who_open(options.keeper))


def _show(options: argparse.Namespace) -> None:
    with closing(Service.open(Home(options.home))) as service:
        shelf = Shelf(service.home.updates)
        say_each(options, [_row(Manifest.from_bytes(shelf.of(system).text)) for system in sorted(shelf.offered())])


def _withdraw(options: argparse.Namespace) -> None:
    with closing(Service.open(Home(options.home))) as service:
        Shelf(service.home.updates).withdraw(options.system)
    say(options, {"withdrawn": options.system})


def _row(manifest: Manifest) -> dict[str, object]:
    return {
        "system": manifest.system,
        "version": manifest.version,
        "from": manifest.since or "any",
        "file": manifest.file,
        "bytes": manifest.bytes,
        "sha256": manifest.sha256,
        "offered_at": manifest.at,
        "by": ", ".join(manifest.by),
    }


def _system_of(file: Path) -> System:
    system = SYSTEM_OF.get(file.suffix.lower())
    if system is None:
        raise CentralError(NO_SYSTEM.format(file.name))
    if not re.match(FILE_PATTERN, file.name):
        raise CentralError(NO_NAME)
    return cast("System", system)


def _version_of(options: argparse.Namespace) -> str:
    """As told, or as the file's name says it: homeward_1.4.2_amd64.deb."""
    named = re.search(r"[_-](\d+(?:\.\d+){1,3})(?=[_.-])", options.file.name)
    version: str = options.version or (named[1] if named else "")
    for each in (version, options.since or version):
        if not is_version(each):
            raise CentralError(NO_VERSION.format(options.file.name))
    return version
