"""The page for recipients in Chromium itself, with scripts off: chosen, sent and read as a person does it.

A browser is a large thing to install, so this is among the soaks.
"""

from __future__ import annotations

import base64
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from central.http import check_page
from desktop.documents.sealing import Identity, seal_pdf
from tests.central.http.routes.test_check import council, device, nadia, unsigned
from tests.central.running import START, Council

__all__ = ["council", "device", "nadia", "unsigned"]
PASSWORD = "copper anthem walrus ladder quilt"
UNCHANGED = "Nothing has changed since"
DRIVER = shutil.which("chromedriver")
PICTURES = os.environ.get("PICTURES")
pytestmark = [pytest.mark.soak, pytest.mark.skipif(DRIVER is None, reason="Chromium and its driver are not installed")]


class Browser:
    """A session of WebDriver, in plain HTTP."""

    def __init__(self, port: int) -> None:
        self._client = httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=60)
        self._path = ""

    def begin(self) -> None:
        arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=900,1200"]
        options = {"args": arguments, "prefs": {"profile.managed_default_content_settings.javascript": 2}}
        wanted = {"browserName": "chrome", "acceptInsecureCerts": True, "goog:chromeOptions": options}
        found = self._client.post("/session", json={"capabilities": {"alwaysMatch": wanted}}).json()["value"]
        self._path = f"/session/{found['sessionId']}"

    def end(self) -> None:
        if self._path:
            self._client.delete(self._path)
        self._client.close()

    def go(self, address: str) -> None:
        self._ask("POST", "/url", {"url": address})

    def type_in(self, css: str, words: str) -> None:
        self._ask("POST", f"/element/{self._find(css)}/value", {"text": words})

    def click(self, css: str) -> None:
        self._ask("POST", f"/element/{self._find(css)}/click", {})

    def text(self) -> str:
        return str(self._ask("GET", f"/element/{self._find('body')}/text"))

    def picture(self, name: str) -> None:
        if PICTURES:
            Path(PICTURES, f"{name}.png").write_bytes(base64.b64decode(self._ask("GET", "/screenshot")))

    def _find(self, css: str) -> str:
        found = self._ask("POST", "/element", {"using": "css selector", "value": css})
        return str(next(iter(found.values())))

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        answer = self._client.request(method, self._path + path, json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()["value"]


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = int(free.getsockname()[1])
    assert DRIVER is not None
    surroundings = os.environ | {"HOME": str(tmp_path)}
    with subprocess.Popen([DRIVER, f"--port={port}"], env=surroundings, stdout=subprocess.DEVNULL) as driver:
        found = Browser(port)
        for _ in range(100):
            with closing(socket.socket()) as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        try:
            found.begin()
            yield found
        finally:
            found.end()
            driver.terminate()


def test_a_recipient_chooses_a_document_and_reads_what_became_of_it(
    council: Council, nadia: Identity, unsigned: bytes, browser: Browser, tmp_path: Path
) -> None:
    """A good one, one that was changed, and one that opens with a password: without it, and with it."""
    good = seal_pdf(unsigned, nadia, reason="Signed", place="Rotherham", at=START)
    locked = seal_pdf(unsigned, nadia, reason="Signed", place="Rotherham", at=START, password=PASSWORD)
    at = good.index(b"stream") + 40
    files = {"good": good, "changed": good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :], "locked": locked}

    def checked(name: str, password: str = "") -> str:
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(files[name])
        browser.go(f"{council.url}{check_page.PATH}")
        browser.picture("check-asked")
        browser.type_in(f"input[name={check_page.FIELD}]", str(file))
        if password:
            browser.type_in(f"input[name={check_page.PASSWORD}]", password)
        browser.click("button")
        browser.picture(f"check-{name}{'-opened' if password else ''}")
        return browser.text()

    assert UNCHANGED in checked("good")
    assert UNCHANGED not in checked("changed")
    assert "protected with a password" in checked("locked")
    assert UNCHANGED in checked("locked", PASSWORD)
