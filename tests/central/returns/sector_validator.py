"""The sector's own validator of the return, run as a program of its own: it needs older libraries than ours."""

from __future__ import annotations

import subprocess
from pathlib import Path

SECTOR = Path(__file__).parents[3] / ".venv-903" / "bin" / "python"
SCRIPT = Path(__file__).with_name("run_validator.txt")
HEADER = (
    "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
    "1001,2,11/02/2012,WBRI,A123456789123,0,\n1002,1,03/02/2011,MWAS,A123456789124,,\n"
)
EPISODES = (
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
    "1001,08/07/2024,S,C2,N1,K2,PR1,,,,S60 1AE,S65 1AA,SC000001\n"
    "1002,08/07/2024,S,C2,N1,K2,PR1,,,,S60 1AE,S65 1AA,SC000001\n"
)


def fired(folder: Path, missing: str, year: int) -> list[str]:
    """The rules that fire on this file, beside a header and episodes of the same children."""
    for name, text in (("header", HEADER), ("episodes", EPISODES), ("missing", missing)):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [str(SECTOR), "-c", SCRIPT.read_text("utf-8"), str(folder), str(year)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.split()
