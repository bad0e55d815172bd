"""A laptop’s program that writes and syncs until somebody kills it; test_scenarios_kills runs it in its own process."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from desktop.store.vault import Vault
from desktop.sync.runner import Runner
from tests.central.running import Clock
from tests.together.laptops import PASSPHRASE, Laptop, terms_of


def main(folder: Path, child: str, start: int, forms: dict[str, tuple[int, ...]]) -> None:
    """Says each word on standard output once the vault has said that it is safe."""
    now = Clock.real()
    laptop = Laptop(Vault.open(folder, PASSPHRASE, terms=terms_of(now)), now)
    sys.stdout.write("open\n")
    number = start
    while True:
        number += 1
        operation = laptop.say(child, known_as=f"word {number}")
        sys.stdout.write(f"{operation.op_id}\n")
        sys.stdout.flush()
        if number % 3 == 0:
            Runner(laptop.vault, now=now, forms=forms).sync()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), json.loads(sys.argv[4]))
