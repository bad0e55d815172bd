"""A PostgreSQL cluster of the tests' own: in a folder of its own, on loopback, as an ordinary user, gone afterwards."""

from __future__ import annotations

import functools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.central.running import found_into

END_ALL = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"


@dataclass
class Cluster:
    port: int
    pid: int

    def address(self, name: str) -> str:
        return f"postgresql+psycopg://homeward@127.0.0.1:{self.port}/{name}"

    def new_database(self, name: str, *, like: str = "template0") -> str:
        """Its address, as `homeward-central init --database` takes it; a copy of `like`, where nobody may be."""
        engine = create_engine(self.address("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :like"), {"like": like}
            )
            connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{like}" ENCODING \'UTF8\''))
        engine.dispose()
        return self.address(name)

    @functools.cached_property
    def migrated(self) -> str:
        """The name of a database as `found_into` leaves it."""
        found_into(self.new_database("migrated"))
        return "migrated"


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Skips where the server programs are not installed."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="homeward-postgres-"))
    port = free_port()
    try:
        handed_over(folder)
        _run(programs / "initdb", "-D", folder / "data", "-A", "trust", "-U", "homeward", "-E", "UTF8", "--no-locale")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c max_connections=200"
        options += " -c fsync=off -c full_page_writes=off"  # programs are killed here, and never the machine
        _run(programs / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", options, "start")
        try:
            yield Cluster(port, int((folder / "data" / "postmaster.pid").read_text().split()[0]))
        finally:
            _run(programs / "pg_ctl", "-D", folder / "data", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    on_path = shutil.which("initdb")
    if on_path:
        found.insert(0, Path(on_path).parent)
    if not found:
        pytest.skip("the PostgreSQL server programs are not installed")
    return found[0]


def _ordinary_user() -> str | None:
    """PostgreSQL refuses to run as root."""
    return "postgres" if os.geteuid() == 0 else None


def handed_over(folder: Path) -> None:
    """To whom the server runs as, readable by nobody else."""
    folder.chmod(0o700 if folder.is_dir() else 0o600)
    if user := _ordinary_user():
        entry = pwd.getpwnam(user)
        os.chown(folder, entry.pw_uid, entry.pw_gid)


def _run(program: Path, *arguments: str | Path) -> None:
    done = subprocess.run(
        [program, *arguments],
        user=_ordinary_user(),
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C", "TZ": "UTC"},
        timeout=120,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
