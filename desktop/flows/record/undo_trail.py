"""What a person did last in a form, step by step: a word, a pause, a tick; taken back and done again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from casework.canonical import JSON, encode
from casework.typed_words import Half

PLACE = "undo/trail"  # under the record, among what is kept on this laptop only; no path of a record
PAUSE = 2.0  # seconds without a key: what comes after is a step of its own
MOST = 200  # steps
MOST_BYTES = 64 * 1024  # as it is kept over a lock; the oldest go first


@dataclass(frozen=True, slots=True)
class UndoStep:
    """What stood at a place before and after: an answer, or a Half."""

    path: str
    before: JSON | Half
    after: JSON | Half


class UndoTrail:
    """`place` is how many of the steps are done; those after it were taken back."""

    def __init__(self, kept: JSON = None) -> None:
        self._steps: list[UndoStep] = []
        self._place = 0
        self._last = float("-inf")  # when the last step grew
        if isinstance(kept, dict) and isinstance(kept.get("steps"), list):
            self._read(kept)

    def note(self, path: str, before: JSON | Half, after: JSON | Half, at: float) -> None:
        """`at`: seconds by a clock that only goes on."""
        del self._steps[self._place :]
        last = self._steps[-1] if self._steps else None
        if last is not None and last.path == path and at - self._last < PAUSE and _grows(last, before, after):
            self._steps[-1] = UndoStep(path, last.before, after)
        else:
            self._steps.append(UndoStep(path, before, after))
        del self._steps[:-MOST]
        self._place, self._last = len(self._steps), at

    def back(self) -> UndoStep | None:
        """The last step that is done, which then is no longer; None when nothing is left to take back."""
        self._last = float("-inf")
        if not self._place:
            return None
        self._place -= 1
        return self._steps[self._place]

    def again(self) -> UndoStep | None:
        """The step that was taken back last."""
        self._last = float("-inf")
        if self._place == len(self._steps):
            return None
        self._place += 1
        return self._steps[self._place - 1]

    def forget(self, path: str) -> None:
        """Something else stands there now, so its steps lead nowhere."""
        done = sum(step.path != path for step in self._steps[: self._place])
        self._steps = [step for step in self._steps if step.path != path]
        self._place = done

    def kept(self) -> JSON:
        """For keeping it; `UndoTrail(kept)` is the same again, without what was too much."""
        steps, place = list(self._steps), self._place
        sizes = [len(encode(_step_json(step))) for step in steps]
        while steps and sum(sizes) > MOST_BYTES:
            del steps[0], sizes[0]
            place = max(place - 1, 0)
        return {"steps": [_step_json(step) for step in steps], "place": place}

    def _read(self, kept: Mapping[str, JSON]) -> None:
        steps = kept["steps"]
        for one in steps if isinstance(steps, list) else ():
            if isinstance(one, dict):
                before, after = _state(one.get("before")), _state(one.get("after"))
                self._steps.append(UndoStep(str(one.get("path", "")), before, after))
        place = kept.get("place")
        self._place = min(place, len(self._steps)) if isinstance(place, int) else len(self._steps)


def _grows(last: UndoStep, before: JSON | Half, after: JSON | Half) -> bool:
    """Whether it goes on with the same word: one letter more behind it, or one less."""
    was, then, now = _words(last.before), _words(before), _words(after)
    if then is None or now is None or was is None:
        return False
    if abs(len(now) - len(then)) != 1:
        return False
    if (len(now) > len(then)) != (len(then) > len(was)):
        return False  # letters were typed, and now they are taken out, or the other way
    at = _alike(then, now)
    begins_word = len(now) > len(then) and not now[at].isspace() and at > 0 and now[at - 1].isspace()
    return not begins_word


def _alike(one: str, other: str) -> int:
    """With how many letters both begin; found by halves, since it is asked at every key of a long answer."""
    least, most = 0, min(len(one), len(other))
    while least < most:
        middle = (least + most + 1) // 2
        if one[least:middle] == other[least:middle]:
            least = middle
        else:
            most = middle - 1
    return least


def _words(state: JSON | Half) -> str | None:
    raw = state.raw if isinstance(state, Half) else state
    return "" if raw is None else raw if isinstance(raw, str) else None


def _step_json(step: UndoStep) -> JSON:
    return {"path": step.path, "before": _state_json(step.before), "after": _state_json(step.after)}


def _state_json(state: JSON | Half) -> JSON:
    return {"raw": state.raw, "problem": state.problem} if isinstance(state, Half) else {"value": state}


def _state(kept: JSON) -> JSON | Half:
    if not isinstance(kept, dict):
        return None
    return Half(kept.get("raw"), str(kept.get("problem", ""))) if "raw" in kept else kept.get("value")
