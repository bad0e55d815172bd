"""Manual pages and completion, made from the programs' own words: nothing is left out, and a real shell completes."""

from __future__ import annotations

import gzip
import re
import subprocess
from pathlib import Path

import pytest

from central.commands.every_verb import parser as central_parser
from desktop.cli import VERBS
from installers import manual

ASK = 'source {file}; COMP_WORDS=({words}); COMP_CWORD={last}; _{function}; printf "%s\\n" "${{COMPREPLY[@]}}"'


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for program in manual.PROGRAMS:
        manual.main(program, folder)
    return folder


def completed(file: Path, function: str, *words: str) -> list[str]:
    asked = ASK.format(file=file, function=function, words=" ".join(words) + ' ""', last=len(words))
    done = subprocess.run(["bash", "-eu", "-c", asked], capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_every_verb_of_both_programs_stands_in_its_page(made: Path) -> None:
    laptop, service = (
        gzip.decompress((made / f"{name}.1.gz").read_bytes()).decode() for name, *_ in manual.PROGRAMS.values()
    )
    headed = [re.findall(r"^\.SS (.+)$", page, re.M) for page in (laptop, service)]

    assert headed[0] == [verb.replace("-", "\\-") for verb in VERBS]
    assert {"floor", "officer add", "device list"} <= set(headed[1])
    assert len(headed[1]) == len(list(manual.verbs_of(central_parser())))
    for line in (laptop + service).splitlines():
        assert re.match(r"(?:[^.']|\.(?:TH|SH|SS|TP|B) ?)", line), line


def test_a_shell_completes_verbs_and_what_follows_them(made: Path) -> None:
    laptop, service = made / "homeward.bash", made / "homeward-central.bash"

    assert set(VERBS) <= set(completed(laptop, "homeward", "homeward"))
    assert "--ca" in completed(laptop, "homeward", "homeward", "verify")
    assert {"add", "list"} <= set(completed(service, "homeward_central", "homeward-central", "officer"))
