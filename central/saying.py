"""How a verb answers: plain lines for people, one line of JSON for programs."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence


def with_json(verb: argparse.ArgumentParser) -> argparse.ArgumentParser:
    verb.add_argument("--json", action="store_true", help="for programs")
    return verb


def say(options: argparse.Namespace, found: Mapping[str, object]) -> None:
    if options.json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        return
    for name, value in found.items():
        sys.stdout.write(f"{name.replace('_', ' ')}: {value}\n")


def say_each(options: argparse.Namespace, rows: Sequence[Mapping[str, object]]) -> None:
    if options.json:
        sys.stdout.write(json.dumps(rows, ensure_ascii=False) + "\n")
        return
    for row in rows:
        sys.stdout.write("  ".join(str(value) for value in row.values()) + "\n")
