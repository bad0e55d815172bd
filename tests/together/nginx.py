"""A real nginx before a real service, with the configuration that the administrator's manual gives."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.central.postgres import free_port
from tests.central.running import Council
from tests.house.source import ROOT

PAGE = ROOT / "docs" / "administration" / "proxy.md"
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
IS_HERE = NGINX is not None
PROXY_ADDRESS = "127.0.0.2"
AROUND = """daemon off;
worker_processes 1;
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/bodies;
    proxy_temp_path {folder}/answers;
    fastcgi_temp_path {folder}/unused1;
    uwsgi_temp_path {folder}/unused2;
    scgi_temp_path {folder}/unused3;
    {server}
}}
"""


@dataclass
class Front:
    """What stands before the council, and may be changed while it runs."""

    folder: Path
    council: Council
    port: int

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}"

    @property
    def certificate(self) -> str:
        return (self.folder / "homeward.crt").read_text()

    def configured(self, *, within: str = "", **changes: str) -> None:
        """As the page says, but for folders, ports, and what a test changes: a setting's name and its new value;
        `within`: more of its own in the place that everything goes through."""
        page = PAGE.read_text(encoding="utf-8")
        server = page.partition("<<'NGINX'\n")[2].partition("\nNGINX\n")[0]
        for there, here in (
            ("/etc/nginx/", f"{self.folder}/"),
            ("listen 443", f"listen 127.0.0.1:{self.port}"),
            ("homeward.example.gov.uk", "localhost"),
            (":8443", f":{self.council.port}"),
        ):
            server = server.replace(there, here)
        for name, value in changes.items():
            server, count = re.subn(rf"\b{name} [^;]*;", f"{name} {value};", server)
            assert count == 1, name
        server = server.replace("location / {", f"location / {{ {within}")
        (self.folder / "nginx.conf").write_text(AROUND.format(folder=self.folder, server=server))

    def reload(self, *, within: str = "", **changes: str) -> None:
        """Returns once new connections meet the new settings."""
        workers = self._workers()
        self.configured(within=within, **changes)
        subprocess.run([*self.command, "-s", "reload"], check=True, capture_output=True)
        self._until(lambda: not workers & self._workers())

    @property
    def command(self) -> list[str]:
        return [str(NGINX), "-c", str(self.folder / "nginx.conf"), "-p", str(self.folder), "-e", "stderr"]

    def _workers(self) -> set[str]:
        master = (self.folder / "pid").read_text().strip()
        found = subprocess.run(["ps", "-o", "pid=", "--ppid", master], capture_output=True, text=True, check=False)
        return set(found.stdout.split())

    def _until(self, holds) -> None:  # type: ignore[no-untyped-def]
        ends = time.monotonic() + 20
        while not holds():
            assert time.monotonic() < ends, (self.folder / "error.log").read_text()
            time.sleep(0.02)


@contextmanager
def front(council: Council, folder: Path) -> Iterator[Front]:
    folder.mkdir()
    _certify(folder)
    shutil.copy(council.home.keys / "ca.pem", folder / "homeward-ca.pem")
    made = Front(folder, council, free_port())
    made.configured()
    running = subprocess.Popen(made.command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        made._until(lambda: (folder / "pid").exists() and made._workers())
        yield made
    finally:
        running.terminate()
        running.communicate(timeout=20)


def _certify(folder: Path) -> None:
    """The proxy's own certificate, which no authority of the world has made."""
    key, now = ec.generate_private_key(ec.SECP256R1()), dt.datetime.now(dt.UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "the council's proxy")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "homeward.crt").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "homeward.key").write_bytes(private)
