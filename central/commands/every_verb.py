"""Every verb of `homeward-central`."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from platformdirs import user_data_path

from casework import VERSION
from central.commands import (
    certificate_verbs,
    data_verbs,
    figure_verbs,
    key_verbs,
    listing_verbs,
    publishing_verbs,
    recovery_verbs,
    return_verbs,
    service_verbs,
)
from central.commands.people import people_verbs
from central.commands.printing import stand_anywhere
from central.commands.retention import retention_verbs
from central.commands.versions import floor_verbs, update_verbs


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(prog="homeward-central", description="The council's central service for Homeward.")
    whole.add_argument("--version", action="version", version=f"Homeward {VERSION}")
    whole.add_argument("--home", type=Path, default=_default_home(), help="the service's folder")
    verbs = whole.add_subparsers(required=True, metavar="VERB")
    service_verbs.add_verbs(verbs)
    people_verbs.add_verbs(verbs)
    data_verbs.add_verbs(verbs)
    key_verbs.add_verbs(verbs)
    recovery_verbs.add_verbs(verbs)
    certificate_verbs.add_verbs(verbs)
    publishing_verbs.add_verbs(verbs)
    figure_verbs.add_verbs(verbs)
    return_verbs.add_verbs(verbs)
    listing_verbs.add_verbs(verbs)
    floor_verbs.add_verbs(verbs)
    update_verbs.add_verbs(verbs)
    retention_verbs.add_verbs(verbs)
    stand_anywhere(whole)
    return whole


def _default_home() -> Path:
    return (
        Path(os.environ.get("HOMEWARD_CENTRAL_HOME", ""))
        if "HOMEWARD_CENTRAL_HOME" in os.environ
        else (user_data_path("homeward-central", "Homeward"))
    )
