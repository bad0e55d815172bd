"""The two programs are installed apart: what to say where somebody calls the one that is not here, or not wholly."""

from __future__ import annotations

import re

OWN = ("casework", "central", "desktop", "judgement", "resources")
NOT_HERE = (
    "{program} is not wholly installed on this machine: {part} is missing. "
    "Install it with what it needs: homeward[{extra}]."
)
SYSTEMS_OWN = (
    "This computer lacks {library}, which {program} needs and the system has to bring. README.txt beside the program "
    "names the packages; Homeward’s own package for Debian brings them by itself."
)
_LIBRARY = r"(lib[\w.+-]+): cannot open shared object file"


def told_missing(error: BaseException, *, program: str, extra: str) -> str:
    """One sentence when a library is not there; empty for every other error."""
    if isinstance(error, ImportError) and (found := re.match(_LIBRARY, str(error))):
        return SYSTEMS_OWN.format(library=found[1], program=program)
    part = (error.name or "").partition(".")[0] if isinstance(error, ModuleNotFoundError) else ""
    if not part or part in OWN:
        return ""
    return NOT_HERE.format(program=program, part=part, extra=extra)
