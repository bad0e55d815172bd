"""A laptop with the program on it: an officer joins, does the first journey, and goes on working for years."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Mapping
from typing import Any

from installers.rollout.bare_system import UNSEEN, BareSystem
from tests.journeys import interviews

PHRASE = "copper anthem walrus ladder quilt"
WINDOW_SECONDS = 20
TRIES = 6  # as the window does by itself: a service that has just begun may still be busy


class FieldLaptop:
    """`program`: how it is called there."""

    def __init__(self, system: BareSystem, program: str = "homeward") -> None:
        self.system, self.program = system, program
        self.interviews: list[str] = []
        system.write("root/phrase", PHRASE, 0o600)

    def ask(self, *words: str) -> Any:
        return json.loads(self.system.ask(self.program, "--json", "--passphrase-file", "/root/phrase", *words))

    def new(self, form: str, answers: Mapping[str, Any], child: str = "") -> str:
        self.system.write("root/answers.json", json.dumps(answers))
        about = ("--child", child) if child else ()
        return str(self.ask("new", form, *about, "--answers", "/root/answers.json")["record"])

    def join(self, code: str) -> None:
        """The address and the way there come from the machine's own file."""
        self.ask("setup", "--name", "Nadia Brightwater")
        self.ask("enrol", code)

    def sign_an_interview(self) -> str:
        """Journey 1, without a network: written, signed, saved as a PDF that is good until it is changed."""
        child = self.new("child", interviews.CHILD)
        episode = self.new("missing_episode", interviews.episode(), child)
        interview = self.new("return_home_interview", interviews.interview(episode), child)
        self.ask("due")  # bank holidays and all
        self.ask("sign", interview, "--name", "Nadia Brightwater")
        file = f"/root/interview-{len(self.interviews)}.pdf"
        self.ask("export", interview, "--to", file)
        self.interviews.append(file)
        self.refuse_unless_good(file)
        pdf = self.system.read(file)
        self.system.write("root/changed.pdf", pdf[: len(pdf) // 2] + b"x" + pdf[len(pdf) // 2 + 1 :])
        if self.system.tried(self.program, "verify", "/root/changed.pdf").returncode != 1:
            sys.exit("A PDF with a changed byte was called good.")
        return interview

    def refuse_unless_good(self, file: str) -> None:
        told = self.ask("verify", file)
        if not told["good"]:
            sys.exit(f"{file} is not good: {told}")

    def send(self, interview: str = "") -> None:
        """Journey 2. Ends the program where anything is amiss, and stays so however often it is tried again."""
        for _ in range(TRIES):
            told = self.ask("sync")
            if not told["problem"] or not told["is_ordinary"]:
                break
            time.sleep(5)
        if told["problem"]:
            sys.exit(f"The council was not reached: {told['problem']}")
        if interview and not self.ask("show", interview)["received"]:
            sys.exit("The council has not received the interview.")

    def open_the_window(self) -> None:
        """It stays open, with every library it needs, until it is ended."""
        words = self.system.command(self.program)
        with subprocess.Popen(words, env=UNSEEN, stderr=subprocess.PIPE, text=True) as window:
            try:
                window.wait(WINDOW_SECONDS)
            except subprocess.TimeoutExpired:
                window.terminate()
                return
            sys.exit(f"The window did not open: {window.stderr.read() if window.stderr else ''}")

    def refuse_the_service(self, folder: str) -> None:
        """Nothing of it came along, and the demonstration says so."""
        done = self.system.tried(self.program, "demo")
        carried = list((self.system.root / folder.lstrip("/")).rglob("sqlalchemy"))
        if done.returncode != 1 or "does not carry" not in done.stderr or carried:
            sys.exit(f"The demonstration answered: {done.returncode} {done.stderr}")
