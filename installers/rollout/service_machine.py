"""A bare machine that becomes a council's service by the administrator's manual, typed as it stands, by root.

What is not real: systemd, which runs in no folder. Two stand-ins do what the unit says, as the account it says.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from installers.environments import OUT, ROOT
from installers.rollout.bare_system import UNSEEN, BareSystem, said
from tests.house.administration_pages import MANUAL, PAGES, commands_of

NAME = "homeward.example.gov.uk"
SYSTEM = (
    *("python3-venv", "sudo", "curl", "openssl", "procps", "faketime", "ca-certificates", "iproute2"),
    *("postgresql", "postgresql-client", "nginx-light"),
)
KEEPERS = {
    "Ada Ruiz": "otter lantern thimble walnut kettle",
    "Ben Sato": "copper anthem ladder quilt harbour",
    "Cy Okoro": "velvet gravel parsnip trumpet dune",
}
PHRASE, NEW_PHRASE = "copper anthem walrus ladder quilt", "otter lantern walnut kettle thimble"
STICK, WORK, WHEELS = "media/stick", "var/work", "opt/wheels"
SYSTEMCTL = """#!/bin/sh
# Runs what the unit says, as the account it says, in the background, and waits until it listens.
unit=/etc/systemd/system/homeward-central@.service
verb=$1 port=${2#*@}
[ "$2" = --now ] && port=${3#*@}
ahead=$(cat /run/ahead 2> /dev/null || true)
stop() {
    running=$(cat /run/$port.pid) && kill -TERM $running
    while ps -o stat= -p $running | grep -qv Z; do sleep 0.1; done
    rm /run/$port.pid
}
start() {
    command=$(sed -n "s/%i/$port/; s/^ExecStart=//p" $unit)
    : > /run/$port.said
    cd / && setpriv --reuid homeward --regid homeward --init-groups \\
        env HOME=/srv/homeward $(sed -n 's/^Environment=//p' $unit) $ahead $command \\
        > /run/$port.said 2>> /run/$port.log < /dev/null &
    echo $! > /run/$port.pid
    until grep -q listening /run/$port.said; do
        ps -o stat= -p $! | grep -qv Z || { cat /run/$port.log >&2; exit 1; }
        sleep 0.1
    done
}
case $verb in
    daemon-reload) ;;
    enable | start) start ;;
    stop) stop ;;
    restart) stop; start ;;
    *) exit 2 ;;
esac
"""
JOURNALCTL = '#!/bin/sh\nexec cat /run/"${2#*@}".log\n'
LAPTOPS_OWN = '#!/bin/sh\nexec /usr/bin/homeward --passphrase-file /root/laptop.phrase "$@"\n'
CERTIFICATE = (
    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 "
    "-keyout {key} -out {certificate} -subj '/CN={name}' -addext 'subjectAltName=DNS:{name}' 2> /dev/null"
)
DATABASE = """
cp /etc/homeward/postgres-ca.pem /etc/postgresql/15/main/server.pem
chown postgres: /etc/postgresql/15/main/server.pem /etc/postgresql/15/main/server.key
cat > /etc/postgresql/15/main/conf.d/tls.conf <<'CONF'
ssl = on
ssl_cert_file = '/etc/postgresql/15/main/server.pem'
ssl_key_file = '/etc/postgresql/15/main/server.key'
CONF
pg_ctlcluster 15 main start
"""


class ServiceMachine:
    """`typed`: as by an administrator; what was printed lies in one file, from which codes are read."""

    def __init__(self, system: BareSystem) -> None:
        self.system = system

    def prepare(self, wheel: Path, deb: Path) -> None:
        """What the manual takes for granted: programs of Debian's, the keepers' papers, a stick, a database."""
        system = self.system
        system.write(f"root/{deb.name}", deb.read_bytes())
        system.install(*SYSTEM, f"/root/{deb.name}")
        for name, script in (("systemctl", SYSTEMCTL), ("journalctl", JOURNALCTL), ("homeward", LAPTOPS_OWN)):
            system.write(f"usr/local/bin/{name}", script, 0o755)
        for keeper, phrase in KEEPERS.items():
            system.write(f"media/keepers/{keeper}.phrase", phrase)
        system.write("root/laptop.phrase", PHRASE, 0o600)
        system.write("root/new.phrase", NEW_PHRASE, 0o600)
        system.write(f"{STICK}/homeward_99.1_amd64.deb", "A newer Homeward.")
        shutil.copytree(MANUAL, system.root / WORK)
        self._install_the_wheel(wheel)
        self._shell(f"chmod 0777 /{STICK} /{WORK}; mkdir -p /etc/homeward")
        self._certify("db.example.gov.uk", "/etc/homeward/postgres-ca.pem", "/etc/postgresql/15/main/server.key")
        self._shell(DATABASE)
        self._as_the_page_says("postgresql.md")

    def _install_the_wheel(self, wheel: Path) -> None:
        """As the first page says; from a folder, for this machine reaches no registry."""
        wheels, lock = OUT / "wheels", "requirements-central.lock"
        wheels.mkdir(exist_ok=True)
        pip = [sys.executable, "-m", "pip", "download", "-q", "--require-hashes", "-r", ROOT / lock, "-d", wheels]
        said(pip)
        shutil.copytree(wheels, self.system.root / WHEELS)
        self.system.write(f"opt/{lock}", (ROOT / lock).read_bytes())
        self.system.write(f"opt/{wheel.name}", wheel.read_bytes())
        pip = f"/opt/homeward/bin/pip install -q --no-index --find-links /{WHEELS}"
        self._shell(
            f"python3 -m venv /opt/homeward && {pip} --require-hashes -r /opt/{lock} "
            f"&& {pip} --no-deps /opt/{wheel.name}"
        )

    def _as_the_page_says(self, page: str) -> None:
        """Its lines for `pg_hba.conf`, before any other."""
        lines = re.findall(r"^    (host.+)$", (MANUAL / page).read_text(encoding="utf-8"), re.M)
        rules = "etc/postgresql/15/main/pg_hba.conf"
        before = self.system.read(rules).decode()
        (self.system.root / rules).write_text("\n".join(lines).replace("10.20.0.5", "127.0.0.1") + "\n" + before)
        self._shell("pg_ctlcluster 15 main reload")

    def _certify(self, name: str, certificate: str, key: str) -> None:
        self._shell(CERTIFICATE.format(name=name, certificate=certificate, key=key))

    def type_the_manual(self) -> None:
        """Page after page, in the order of its index."""
        for page in PAGES:
            begun = time.monotonic()
            if page == "proxy.md":
                self._certify(NAME, "/etc/nginx/homeward.crt", "/etc/nginx/homeward.key")
            if page == "forgotten.md":
                self._forget_a_passphrase(commands_of(page))
            else:
                self.typed(commands_of(page))
            print(f"  {page}: {time.monotonic() - begun:.0f} s", flush=True)
        self.open_the_proxy()

    def _forget_a_passphrase(self, commands: str) -> None:
        """The officer's side of the page is a laptop that waits for the answer."""
        words = self.system.command("/usr/bin/homeward", "recover", "--ask-council", f"/{WORK}/request.txt",
                                    "--new-passphrase-file", "/root/new.phrase")  # fmt: skip
        pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
        asking = subprocess.Popen(words, env=UNSEEN, stdin=pipe, stdout=nowhere, stderr=pipe, text=True)
        assert asking.stderr is not None  # noqa: S101 - asked for above
        asking.stderr.readline()
        self._shell(f"chmod 0644 /{WORK}/request.txt")  # it came by mail
        self.typed(commands.replace("rm standing.json request.txt answer.txt note.txt", ""))
        asking.communicate(f"/{WORK}/answer.txt\n")
        if asking.returncode:
            sys.exit("The forgotten passphrase was not replaced.")
        self.system.write("root/laptop.phrase", NEW_PHRASE, 0o600)

    def open_the_proxy(self) -> None:
        """nginx, with the council's root of today, as the last page asks."""
        self._shell("cp /srv/homeward/keys/ca.pem /etc/nginx/homeward-ca.pem; rm -f /etc/nginx/sites-enabled/default")
        self._shell("$(cat /run/ahead 2> /dev/null) nginx")

    def move_the_clock(self, ahead: str) -> None:
        """The database's stays: nothing asks it for the time."""
        self._shell("nginx -s quit; while ps -C nginx > /dev/null; do sleep 0.1; done")
        self._shell("systemctl stop homeward-central@8443; systemctl stop homeward-central@8444")
        self.system.clock = ahead
        self.system.write("run/ahead", " ".join(self.system.ahead))
        self._shell("systemctl start homeward-central@8443; systemctl start homeward-central@8444")
        self.open_the_proxy()

    def ends(self) -> str:
        """When each of the council's certificates does, by the clock of this machine."""
        words = ("PGPASSFILE=/etc/homeward/pgpass", "/opt/homeward/bin/homeward-central", "--home", "/srv/homeward")
        return self.system.ask("env", *words, "certificate", "show")

    def typed(self, commands: str) -> str:
        """Ends the program where a command fails. What this and the commands before it printed."""
        done = self.system.tried("sh", "-euc", f"cd /{WORK}; {{ echo; {self._here(commands)}\n}} >> /run/said")
        said_so_far = self.system.read("run/said").decode()
        if done.returncode:
            sys.exit(f"The manual did not work:\n{said_so_far[-2000:]}\n{done.stderr[-3000:]}")
        return said_so_far

    def value(self, heading: str) -> str:
        """What was last printed under it."""
        return re.findall(rf"^{heading}: (.+)$", self.system.read("run/said").decode(), re.M)[-1]

    @staticmethod
    def _here(typed: str) -> str:
        """The same words; keepers' passphrases come from files, and what stands for a code is read."""
        typed = re.sub(r'-keeper "([\w ]+)"', r'-keeper "\1=/media/keepers/\1.phrase"', typed)
        for word, heading in (("CODE", "code"), ("LAPTOP", "device")):
            read = f"\"$(sed -n 's/^{heading}: //p' /run/said | tail -n 1)\""
            typed = re.sub(rf" {word}(?= |$)", f" {read}", typed, flags=re.M)
        return typed

    def _shell(self, script: str) -> None:
        self.system.ask("sh", "-ec", script)

    @contextmanager
    def ended(self) -> Iterator[None]:
        """Whatever becomes of it, nothing of it goes on."""
        try:
            yield
        finally:
            for line in said(["ip", "netns", "pids", self.system.network.name]).split():
                subprocess.run(["kill", "-TERM", line], capture_output=True, check=False)
