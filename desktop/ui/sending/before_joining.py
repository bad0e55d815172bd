"""Sending on a laptop that has joined nobody, and what was written before it joined for somebody of another name."""

from __future__ import annotations

from collections.abc import Callable

from desktop.flows.council.kept_apart import KeptWords, are_mine
from desktop.flows.desk import PRACTICE_STAYS
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.panels import Banner

NOT_YET = "Everything you write is kept on this laptop"
GOES_THEN = "It is sent, as yours, once you have joined your council. Nobody else sees it until then."


def not_joined_banner(shell: Shell) -> Banner:
    """With the one act there is; practice has none."""
    if shell.desk.is_practice:
        return Banner("draft", "flask-conical", "Nothing of this is sent", PRACTICE_STAYS)
    join = Button("Join your council", name="sending/join", kind="primary", small=True)
    join.clicked.connect(lambda: shell.go("join"))
    return Banner("waiting", "laptop", NOT_YET, GOES_THEN, join)


def kept_apart_banner(shell: Shell, kept: KeptWords, done: Callable[[], None]) -> Banner:
    """Plainly whose name stands where, and one act."""
    desk = shell.desk
    mine = Button("They are mine", name="sending/mine", kind="decide", small=True)
    mine.setAccessibleDescription(kept.title)

    def taken(_count: int) -> None:
        shell.outbox_changed.emit()
        done()

    mine.clicked.connect(lambda: shell.run(shell, lambda: are_mine(desk), taken))
    return Banner("decide", "user-round", kept.title, kept.text, mine)
