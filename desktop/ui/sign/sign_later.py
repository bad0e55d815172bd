"""In the place of the signatures, on a laptop that has joined no council: why not now, and the way on."""

from __future__ import annotations

from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import beside, column, spacer
from desktop.ui.kit.basics.panels import Panel
from desktop.ui.theme import look

WHY = (
    "A signature is given as an officer of the council, so it waits until this laptop has joined. "
    "The record is kept here as a draft, with every word. You can look at its pages and print them, marked as a draft."
)


class SignLaterCard(Panel):
    """One act: joining."""

    def __init__(self, shell: Shell) -> None:
        super().__init__("card")
        side = look().room(16)
        box = column(self, gap=look().room(10), margins=(side, look().room(12), side, look().room(16)))
        box.addWidget(label("You can sign once you have joined", "section", name="sign/later"))
        box.addWidget(label(WHY))
        join = Button("Join your council", name="sign/join", kind="primary", icon="users")
        join.clicked.connect(lambda: shell.go("join"))
        box.addWidget(beside(join, spacer(), stretch=1))
