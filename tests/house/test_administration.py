"""The administrator's manual, typed as it stands: one council's life, with a real service and a real PostgreSQL."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from central.keys.key_folder import found as found_keys
from tests.central.postgres import Cluster, cluster, free_port, handed_over
from tests.central.running import KEEPERS, QUICK
from tests.forked_verbs import program
from tests.house.administration_pages import MANUAL, PAGES, commands_of
from tests.house.source import ROOT

OF_THE_SYSTEM = re.compile(r"(?<![\w./{}-])/(?=(?:etc|srv|opt|usr/local|var/backups|media)/)")
FOLDERS = (
    *("etc/systemd/system", "etc/homeward", "srv", "opt/homeward/bin", "usr/local/bin", "var/backups", "media/stick"),
    *("run", "programs"),
)
PROGRAMS = ("curl", "openssl", "ps", "psql", "pg_dump", "pg_restore", "createdb")  # that the pages use
LAPTOPS_PHRASE = "copper anthem walrus ladder quilt"
NEW_PHRASE = "otter lantern walnut kettle thimble"

SUDO = """#!/bin/sh
# As any account; what only root may do is left out.
if [ "$1" = -u ]; then
    [ "$2" = postgres ] && export PGHOST=127.0.0.1 PGPORT={database_port} PGUSER=homeward PGDATABASE=postgres
    shift 2
fi
case $1 in
    useradd | chown) exit 0 ;;
    install) shift; exec install $(echo " $* " | sed 's/ -[og] homeward/ /g') ;;
esac
exec "$@"
"""
SYSTEMCTL = """#!/bin/sh
# Runs what the unit says, in the background, and waits until it listens.
unit={root}/etc/systemd/system/homeward-central@.service
verb=$1 port=${{2#*@}}
[ "$2" = --now ] && port=${{3#*@}}
stop() {{
    running=$(cat {root}/run/$port.pid) && kill -TERM $running
    while ps -o stat= -p $running | grep -qv Z; do sleep 0.1; done
    rm {root}/run/$port.pid
}}
start() {{
    command=$(sed -n "s/%i/$port/; s/^ExecStart=//p" $unit)
    : > {root}/run/$port.said
    env $(sed -n 's/^Environment=//p' $unit) $command > {root}/run/$port.said 2>> {root}/run/$port.log < /dev/null &
    echo $! > {root}/run/$port.pid
    until grep -q listening {root}/run/$port.said; do
        ps -o stat= -p $! | grep -qv Z || {{ cat {root}/run/$port.log >&2; exit 1; }}
        sleep 0.1
    done
}}
case $verb in
    daemon-reload) ;;
    enable | start) start ;;
    stop) stop ;;
    restart) stop; start ;;
    *) exit 2 ;;
esac
"""
JOURNALCTL = """#!/bin/sh
exec cat {root}/run/"${{2#*@}}".log
"""


@dataclass
class Machine:
    """A folder that is the whole machine for these pages: nothing outside it is read or written."""

    root: Path
    database: Cluster
    port: int = field(default_factory=free_port)
    second_port: int = field(default_factory=free_port)

    def __post_init__(self) -> None:
        for name in FOLDERS:
            (self.root / name).mkdir(parents=True)
        shutil.copytree(MANUAL, self.work)
        for unit in self.work.glob("*.service"):
            unit.write_text(self.here(unit.read_text(encoding="utf-8")), encoding="utf-8")
        for keeper in KEEPERS:
            (self.root / f"{keeper.name}.phrase").write_text(keeper.passphrase)
        (self.root / "media/stick/homeward_99.1_amd64.deb").write_text("A newer Homeward.")
        (self.root / "laptop.phrase").write_text(LAPTOPS_PHRASE)
        (self.root / "new.phrase").write_text(NEW_PHRASE)
        self._link("opt/homeward/bin/homeward-central", "central")
        self._link("programs/homeward", "desktop")
        for name, script in (("sudo", SUDO), ("systemctl", SYSTEMCTL), ("journalctl", JOURNALCTL)):
            self._program(f"programs/{name}", script.format(root=self.root, database_port=self.database.port))

    @property
    def work(self) -> Path:
        return self.root / "work"

    @property
    def said(self) -> Path:
        return self.root / "said"

    def here(self, typed: str) -> str:
        """The same words with this machine's folders, ports and names; and who types what is asked for."""
        typed = OF_THE_SYSTEM.sub(f"{self.root}/", typed)
        for there, here in (
            ("homeward.example.gov.uk", "localhost"),
            ("db.example.gov.uk", "localhost"),
            ("5432", str(self.database.port)),
            ("8443", str(self.port)),
            ("8444", str(self.second_port)),
            ("init --council-file", "init --guess-memory 1 --council-file"),
        ):
            typed = typed.replace(there, here)
        typed = re.sub(r'-keeper "([\w ]+)"', rf'-keeper "\1={self.root}/\1.phrase"', typed)
        laptop = f"homeward --home {self.root}/laptop --passphrase-file {self.root}/laptop.phrase "
        typed = re.sub(r"^homeward ", laptop, typed, flags=re.M)
        for word, heading in (("CODE", "code"), ("LAPTOP", "device")):
            read = f"\"$(sed -n 's/^{heading}: //p' {self.said} | tail -n 1)\""
            typed = re.sub(rf" {word}(?= |$)", f" {read}", typed, flags=re.M)
        return typed

    def type(self, commands: str) -> None:
        path = os.pathsep.join(map(str, (self.root / "usr/local/bin", self.root / "programs", os.environ["PATH"])))
        with self.said.open("a") as out:
            out.write("\n")  # what is read of it later begins a line
            out.flush()
            done = subprocess.run(
                ["sh", "-eu", "-c", self.here(commands)], cwd=self.work, env={**os.environ, "PATH": path},
                stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.PIPE, text=True, check=False, timeout=300,
            )  # fmt: skip
        assert done.returncode == 0, self.said.read_text()[-3000:] + done.stderr[-3000:]

    def end(self) -> None:
        for file in (self.root / "run").glob("*.pid"):
            with suppress(ProcessLookupError):
                os.kill(int(file.read_text()), signal.SIGTERM)

    def _link(self, name: str, package: str) -> None:
        (self.root / name).symlink_to(program(package).file)

    def _program(self, name: str, script: str) -> None:
        (self.root / name).write_text(script)
        (self.root / name).chmod(0o755)


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    if missing := [program for program in PROGRAMS if shutil.which(program) is None]:
        pytest.skip(f"not installed: {', '.join(missing)}")
    root = tmp_path_factory.mktemp("machine")
    with cluster() as database:
        found = Machine(root, database)
        as_the_page_says(database, found)
        try:
            yield found
        finally:
            found.end()


def as_the_page_says(database: Cluster, machine: Machine) -> None:
    """TLS, the lines of `pg_hba.conf` before those of the tests' own cluster, and the authority in its place."""
    keys = machine.root / "database" / "keys"
    found_keys(keys, council="Database", hosts=["localhost"], now=datetime.now(UTC) - timedelta(days=1),
               keepers=KEEPERS, recovery_file=machine.root / "unused.key", cost=QUICK)  # fmt: skip
    shutil.copy(keys / "ca.pem", machine.root / "etc/homeward/postgres-ca.pem")
    lines = re.findall(r"^    (host.+)$", (MANUAL / "postgresql.md").read_text(encoding="utf-8"), re.M)
    assert len(lines) == 2
    engine = create_engine(database.address("postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        data = Path(connection.execute(text("SHOW data_directory")).scalar_one())
        rules = data / "pg_hba.conf"
        rules.write_text("\n".join(lines).replace("10.20.0.5", "127.0.0.1") + "\n" + rules.read_text())
        for name in ("server.pem", "server.key.pem"):
            shutil.copy(keys / name, data / name)
            handed_over(data / name)
        connection.execute(text("ALTER SYSTEM SET ssl_cert_file = 'server.pem'"))
        connection.execute(text("ALTER SYSTEM SET ssl_key_file = 'server.key.pem'"))
        connection.execute(text("ALTER SYSTEM SET ssl = on"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()


@pytest.mark.postgres
@pytest.mark.xdist_group("administration")
@pytest.mark.parametrize("page", PAGES)
def test_the_commands_of_a_page_do_what_it_says(page: str, machine: Machine) -> None:
    """In the order of the index: each page is the next part of one council's life."""
    commands = commands_of(page)
    assert commands
    if page != "forgotten.md":
        machine.type(commands)
        return
    with asking_laptop(machine) as asking:
        machine.type(commands.replace("rm standing.json request.txt answer.txt note.txt", ""))
        asking.communicate(f"{machine.work / 'answer.txt'}\n")
    assert asking.returncode == 0
    (machine.root / "laptop.phrase").write_text(NEW_PHRASE)


def asking_laptop(machine: Machine) -> subprocess.Popen[str]:
    """The officer's side of the page, waiting for the answer."""
    asking = subprocess.Popen(
        [sys.executable, "-m", "desktop", "--home", machine.root / "laptop", "recover",
         "--ask-council", machine.work / "request.txt", "--new-passphrase-file", machine.root / "new.phrase"],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert asking.stderr is not None
    assert asking.stderr.readline()
    return asking


@pytest.mark.postgres
@pytest.mark.xdist_group("administration")
def test_after_all_pages_an_officer_joins_and_no_password_lies_about(machine: Machine) -> None:
    """Restored over PostgreSQL, with two instances, it takes in a laptop as on the first day."""
    machine.type("homeward-central device code nadia")
    shutil.rmtree(machine.root / "laptop")
    machine.type('homeward setup --name "Nadia"\nhomeward enrol https://homeward.example.gov.uk:8444 CODE')
    password = (machine.root / "etc/homeward/pgpass").read_text().strip().rsplit(":", 1)[1]

    assert machine.said.read_text().count("device: ") >= 2
    for file in [machine.said, *(machine.root / "srv").rglob("*"), *(machine.root / "run").iterdir()]:
        assert not file.is_file() or password.encode() not in file.read_bytes()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_the_unit_gives_away_little(tmp_path: Path) -> None:
    """systemd's own judgement, of 10: below 2 is what it calls OK."""
    unit = shutil.copy(MANUAL / "homeward-central@.service", tmp_path / "homeward-central@8443.service")
    judged = ["systemd-analyze", "security", "--offline=true", "--threshold=15", "--no-pager", unit]
    done = subprocess.run(judged, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout[-300:]


def test_each_measure_of_data_protection_names_a_test_that_is_there() -> None:
    """All but those that say that nothing holds them."""
    page = (MANUAL / "data-protection.md").read_text(encoding="utf-8")
    risks = [line for line in page.partition("## Risks")[2].splitlines() if line.startswith("| ")][2:]
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(test_\w+))?`", page)

    assert [line for line in risks if "`tests/" not in line] == [line for line in risks if line.endswith("| none |")]
    assert len([line for line in risks if line.endswith("| none |")]) == 1
    for file, test in named:
        assert f"def {test or 'test_'}" in (ROOT / file).read_text(encoding="utf-8"), file


def test_every_page_is_in_the_index_and_every_block_is_typed() -> None:
    assert sorted(PAGES) == sorted(file.name for file in MANUAL.glob("*.md") if file.name != "README.md")
    for file in MANUAL.glob("*.md"):
        fences = re.findall(r"^ *```(\w*)$", file.read_text(encoding="utf-8"), re.M)
        assert fences == ["sh", ""] * (len(fences) // 2), file.name
