"""The two programs are installed apart: what to say where somebody calls the one that is not here."""

from __future__ import annotations

OWN = ("casework", "central", "desktop", "judgement", "resources")
NOT_HERE = (
    "{program} is not wholly installed on this machine: {part} is missing. "
    "Install it with what it needs: homeward[{extra}]."
)


def told_missing(error: BaseException, *, program: str, extra: str) -> str:
    """One sentence when a library is not there; empty for every other error."""
    part = (error.name or "").partition(".")[0] if isinstance(error, ModuleNotFoundError) else ""
    if not part or part in OWN:
        return ""
    return NOT_HERE.format(program=program, part=part, extra=extra)
