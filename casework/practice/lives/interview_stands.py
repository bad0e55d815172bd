"""Where the interview about an episode stands, for whoever may know that and holds no interview."""

from __future__ import annotations

from dataclasses import dataclass

from casework.practice.lives.states import Answers, Beside, interview_state, is_settled, latest_reply, rows

EPISODE, INTERVIEW = "missing_episode", "return_home_interview"


@dataclass(frozen=True, slots=True)
class InterviewStands:
    """`state` as its life has it; how often it was offered, and whether the child said “later”. No word of it."""

    state: str
    offers: int = 0
    wants_later: bool = False

    @property
    def is_open(self) -> bool:
        """Its clocks run."""
        return not is_settled(self.state)


NOT_BEGUN = InterviewStands("to_offer")


def interview_stands(answers: Answers, beside: Beside) -> InterviewStands:
    state = interview_state(answers, beside)
    return InterviewStands(state, len(rows(answers, "offers")), latest_reply(answers) == "wants_later")
