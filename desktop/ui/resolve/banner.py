"""Says on a record's own pages that two texts wait there for a decision, and leads to it."""

from __future__ import annotations

from casework.forms.wording import worded
from casework.records import parse_path
from desktop.flows.record.editing import OpenRecord
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.panels import Banner


def conflict_banner(shell: Shell, record: OpenRecord, name: str) -> Banner:
    """Both are kept; nothing but the signature waits."""
    paths = [parse_path(path) for path in record.view.conflicts]
    ids = dict.fromkeys(path.group or path.question for path in paths)
    asked = [record.definition.by_id[name] for name in ids if name in record.definition.by_id]
    names = "; ".join(worded(question.short_label or question.label, record.child.first_name) for question in asked)
    act = Button("Compare and decide", name=f"{name}/decide", kind="decide", small=True)
    act.clicked.connect(lambda: shell.go("resolve", record.record_id))
    title = "Two people gave different answers to the same question"
    banner = Banner("decide", "split", title, f"Both are kept. Decide before signing: {names}.", act)
    banner.setObjectName(name)
    return banner
