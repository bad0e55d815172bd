"""The council's time-stamp on documents that have none yet, or one that ends soon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from casework.canonical import JSON
from casework.dates_in_words import day, local
from casework.errors import KnownError, SyncError
from desktop.flows.desk import Desk
from desktop.flows.signing.lasting import STAMPED, not_given, with_stamp
from desktop.flows.signing.pdf_check import files_of, verify
from desktop.paths import write_over
from desktop.sync.asking.stamp_asking import Stamps, stamps
from desktop.sync.errors import Unreachable
from judgement.verdict import SOON, Verdict


@dataclass(frozen=True, slots=True)
class Strengthened:
    """One file of those that were to be given a time-stamp; `good` when it has one that counts."""

    name: str
    sentence: str
    good: bool

    @property
    def line(self) -> str:
        return f"{self.name}: {self.sentence}"

    def to_json(self) -> dict[str, JSON]:
        return {"file": self.name, "good": self.good, "sentence": self.sentence}


def strengthen(
    desk: Desk, paths: Iterable[Path], roots_pem: tuple[str, ...] = (), *, password: str = ""
) -> tuple[Strengthened, ...]:
    """Each file, and every PDF in each folder, where a time-stamp is missing or ends soon; only bytes are added.
    `roots_pem`: certificates the council had before, for documents of that time; `password`: for those that are
    protected. Raises KnownError where there is no PDF, and NotJoined."""
    found = [named for path in paths for named in files_of(path)]
    if not found:
        message = "There is no PDF in it."
        raise KnownError(message)
    with stamps(desk.vault, desk.now) as asked:
        return tuple(_each(desk, found, asked, roots_pem, password))


def _each(
    desk: Desk, found: Iterable[tuple[str, Path]], asked: Stamps, roots_pem: tuple[str, ...], password: str
) -> Iterator[Strengthened]:
    """A service that does not answer is not asked again for the next file."""
    silent = ""
    for name, path in found:
        try:
            verdict = verify(path, desk, roots_pem, password)
            if not verdict.wants_stamp(desk.now()):
                yield Strengthened(name, _as_it_is(verdict), verdict.good)
                continue
            if not silent:
                yield Strengthened(name, _strengthened(desk, path, asked, roots_pem, password), good=True)
                continue
        except Unreachable:
            silent = "The council’s service could not be reached, or is busy: ask again later."
        except SyncError as error:
            silent = not_given(error)
        except KnownError as error:
            yield Strengthened(name, str(error), good=False)
            continue
        yield Strengthened(name, f"It was left as it is. {silent}", good=False)


def _strengthened(desk: Desk, path: Path, asked: Stamps, roots_pem: tuple[str, ...], password: str) -> str:
    data, verdict = with_stamp(desk, path.read_bytes(), asked, roots_pem, password=password)
    write_over(path.resolve(), data)
    return f"{STAMPED} {_until(verdict)}"


def _as_it_is(verdict: Verdict) -> str:
    if not verdict.good:
        return f"{verdict.sentence} So no time-stamp was put on it."
    return f"It has a time-stamp already. {_until(verdict)}"


def _until(verdict: Verdict) -> str:
    if verdict.kept is None:
        return ""
    last = local(verdict.kept.until).date()
    return f"It counts until {day(last)}: add another after {day(last - SOON)}."
