"""Manual pages and completion of both programs, made from the words they themselves answer to.

Usage: python -m installers.manual desktop|central FOLDER
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

from casework import VERSION

PROGRAMS = {
    "desktop": ("homeward", "desktop.cli", "records of children’s services, written where there is no network"),
    "central": ("homeward-central", "central.commands.every_verb", "the council’s central service of Homeward"),
}
STATUS = "0 done; 1 a known error, in one sentence; 2 the line could not be read; 70 a fault of Homeward’s own."
COMPLETION = """# Completion of {name}, made by installers/manual.py.
_{function}() {{
    local word=${{COMP_WORDS[COMP_CWORD]}} verb= each
    for each in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
        case $each in -*) ;; *) verb=$each; break ;; esac
    done
    case $verb in
{cases}
        *) COMPREPLY=($(compgen -W "{verbs}" -- "$word")) ;;
    esac
    [[ $word == -* || ${{#COMPREPLY[@]}} -gt 0 ]] || COMPREPLY=($(compgen -f -- "$word"))
}}
complete -o filenames -F _{function} {name}
"""


def main(program: str, folder: Path) -> None:
    name, module, what = PROGRAMS[program]
    parser = importlib.import_module(module).parser()
    (folder / f"{name}.1.gz").write_bytes(gzip.compress(page(name, what, parser).encode(), mtime=0))
    (folder / f"{name}.bash").write_text(completion(name, parser), encoding="utf-8")


def page(name: str, what: str, parser: argparse.ArgumentParser) -> str:
    lines = [f'.TH "{name.upper()}" "1" "" "Homeward {VERSION}" ""', ".SH NAME", f"{_plain(name)} \\- {_plain(what)}"]
    lines += [".SH SYNOPSIS", f".B {_plain(name)}", "[OPTIONS] VERB [WORDS]", ".SH OPTIONS", *_options(parser)]
    lines += [".SH VERBS"]
    for words, verb, told in verbs_of(parser):
        lines += [f".SS {_plain(' '.join(words))}", _plain(told.capitalize() + "."), *_options(verb)]
    return "\n".join([*lines, ".SH EXIT STATUS", _plain(STATUS), ""])


def completion(name: str, parser: argparse.ArgumentParser) -> str:
    """Verbs, then the words and options of each; files where nothing else fits."""
    firsts: dict[str, list[str]] = {}
    for words, verb, _ in verbs_of(parser):
        firsts.setdefault(words[0], []).extend([*words[1:2], *_flags(verb)])
    cases = "\n".join(
        f'        {verb}) COMPREPLY=($(compgen -W "{" ".join(dict.fromkeys(found))}" -- "$word")) ;;'
        for verb, found in firsts.items()
    )
    verbs = " ".join([*firsts, *_flags(parser)])
    return COMPLETION.format(name=name, function=name.replace("-", "_"), cases=cases, verbs=verbs)


def verbs_of(
    parser: argparse.ArgumentParser, before: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser, str]]:
    """Each verb with what it says of itself; one that only leads to others is not among them."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            told = {choice.dest: choice.help or "" for choice in action._choices_actions}
            for word, verb in action.choices.items():
                further = list(verbs_of(verb, (*before, word)))
                yield from further or [((*before, word), verb, told.get(word, ""))]


def _options(parser: argparse.ArgumentParser) -> list[str]:
    lines: list[str] = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction) or action.help == argparse.SUPPRESS:
            continue
        value = action.metavar or ("" if action.nargs == 0 else action.dest.upper())
        named = ", ".join(action.option_strings) or str(action.metavar or action.dest)
        shown = f"{named} {value}" if action.option_strings and value else named
        lines += [".TP", f".B {_plain(shown)}", _plain((action.help or "").capitalize() or "See the verb.")]
    return lines


def _flags(parser: argparse.ArgumentParser) -> list[str]:
    return [flag for action in parser._actions for flag in action.option_strings if flag.startswith("--")]


def _plain(text: str) -> str:
    """As roff reads it: hyphens that can be copied, and no line that would be taken for a command."""
    said = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{said}" if said.startswith((".", "'")) else said


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
