"""How many interviews were offered, and by whom they were held: counted child by child, and kept until one changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from weakref import WeakKeyDictionary

from casework.identifiers import child_named
from casework.practice.lives.real_episodes import began
from casework.practice.oversight import Offer, Rate, independence, offer_rate_by_repeat
from desktop.flows.case_file import INTERVIEW, CaseFile, ChildRecords
from desktop.flows.due.at_rest import Stirred


def rates(read: Stirred) -> tuple[Mapping[str, Rate], Rate]:
    """Of the children that were read, and what the others were counted as when they came to rest."""
    nobody = _offered([])
    unknown = independence(s.answers for s in read.of(INTERVIEW) if s.child_id not in read.files)
    sums = [number for rate in (*nobody.values(), unknown) for number in rate]
    for counts, times in (*((counted_of(file), 1) for file in read.files.values()), *read.counted):
        sums = [so_far + number * times for so_far, number in zip(sums, counts, strict=True)]
    pairs = [Rate(*sums[place : place + 2]) for place in range(0, len(sums), 2)]
    return dict(zip(nobody, pairs[:-1], strict=True)), pairs[-1]


# What one child adds to the rates, which its records alone say.
_COUNTED: WeakKeyDictionary[ChildRecords, tuple[int, ...]] = WeakKeyDictionary()


def counted_of(file: CaseFile) -> tuple[int, ...]:
    """What one child adds to the rates, in their order."""
    found = _COUNTED.get(file.sorted_out)
    if found is None:
        found = _COUNTED[file.sorted_out] = _count(file)
    return found


def _count(file: CaseFile) -> tuple[int, ...]:
    own = independence(s.answers for s in file.of(INTERVIEW))
    return tuple(number for rate in (*_offered([file]).values(), own) for number in rate)


def _offered(files: Iterable[CaseFile]) -> Mapping[str, Rate]:
    """F5: those who go missing again and again are to be offered as much as the others."""
    offers = []
    for file in files:
        decided = {str(s.answers.get("episode_id")): str(s.answers.get("offer_decision")) for s in file.of(INTERVIEW)}
        for episode in file.real_episodes():
            start = began(episode)
            if start is not None and episode.answers.get("found_at") is not None:
                decision = decided.get(episode.record_id, "no")
                offers.append(Offer(child_named(file.child.child_id), start, decision if decision != "None" else "no"))
    return offer_rate_by_repeat(offers)
