"""The council's next root: two keepers found it with the one of today, and each of the two roots vouches for the other.

Laptops that are heard of while the old certificate still holds follow by themselves; what it signed stays checkable.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from casework.wire.council_roots import MOST_STEPS, RootStep, RootSteps, step_text
from central.database.errors import CentralError
from central.database.home import write_private
from central.keys import destruction_secret, key_files, key_folder, recovery_key
from central.keys.authority import Authority
from central.keys.certificate_parts import certificate_pem
from central.keys.council_root import CouncilRoot
from central.keys.kept_key import DEAR, Keeper, StretchCost, refuse_keepers

CUT_OFF = (
    "There is a folder {0} of a try that was cut off. Put it in the place of {1}, unless something was done with the "
    "keys there since, and try again."
)


@dataclass(frozen=True)
class Successors:
    """Who keeps the next root, where the recovery key lies and where it goes, and what a guess costs."""

    keepers: Sequence[Keeper]
    recovery_file: Path
    new_recovery_file: Path
    cost: StretchCost = DEAR


def found_next(folder: Path, two: Sequence[Keeper], to: Successors, now: datetime) -> CouncilRoot:
    """Raises CentralError; then the keys are as they were. Whoever has the old file of the recovery key and the old
    passphrases still opens it."""
    refuse_keepers(to.keepers)
    old, recovery = key_folder.open_root(folder, two), recovery_key.open_file(to.recovery_file, two)
    new = CouncilRoot.make(old.council, now, since=str(now.year))
    with _as_before(folder) as undo:
        recovery_key.keep(folder, to.new_recovery_file, recovery.key, new, keepers=to.keepers, cost=to.cost)
        undo(to.new_recovery_file)
        steps = [*Authority.open(folder).steps, _step(old, new)]
        write_private(folder / key_files.STEPS, RootSteps(steps=steps[-MOST_STEPS:]).to_bytes())
        destruction_secret.carry_on(folder, old, new)
        key_folder.keep_root(folder, new, to.keepers, to.cost)
        key_folder.withdraw_anew(folder, new, now)
        key_folder.issue(folder, new, hosts=key_folder.hosts_of(folder), now=now)
        write_private(folder / key_files.ROOT, certificate_pem(new.certificate).encode())
    return CouncilRoot(new.certificate, new.key, old.by)


@contextmanager
def _as_before(folder: Path) -> Iterator[Callable[[Path], None]]:
    """Whatever fails, the folder is what it was, and files that were made elsewhere are gone."""
    beside, made = folder.with_name(f"{folder.name}.before"), list[Path]()
    if beside.exists():
        raise CentralError(CUT_OFF.format(beside, folder))
    shutil.copytree(folder, beside)
    try:
        yield made.append
    except BaseException:
        shutil.rmtree(folder)
        beside.rename(folder)
        for file in made:
            file.unlink(missing_ok=True)
        raise
    for file in beside.iterdir():
        key_folder.destroy(file)
    beside.rmdir()


def _step(old: CouncilRoot, new: CouncilRoot) -> RootStep:
    text = step_text(old.certificate, new.certificate)
    return RootStep(
        old_pem=certificate_pem(old.certificate),
        new_pem=certificate_pem(new.certificate),
        by_old=old.signed(text),
        by_new=new.signed(text),
    )
