"""A recipient without the program checks a document at the council's own address: with nothing but a form."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html import unescape
from html.parser import HTMLParser

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from casework.identifiers import OfficerId
from central.database.errors import Refused
from central.http import check_page
from central.http.rate_limit import Allowance, Turns
from central.http.sent_file import file_in
from central.keys.certificate_parts import certificate_pem
from central.people import accounts, revoking
from desktop.documents.rendering import render
from desktop.documents.sealing import Identity, seal_pdf
from desktop.paths import fonts
from desktop.sync.transport import pinned
from judgement.verification import check_pdf
from tests.central.keys.test_authority import request as certificate_request
from tests.central.running import START, Council, running
from tests.desktop.documents.council import Council as AnotherCouncil
from tests.desktop.documents.council import pem_of
from tests.desktop.documents.papers import paper

NAME = "Nadia Brightwater"
FROM_A_BROWSER = {"Accept": "text/html"}


class Tags(HTMLParser):
    """What a reader without scripts may do on the page, and what would be fetched or run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def of(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.found if tag == name]


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Council]:
    with running(tmp_path_factory.mktemp("check") / "central") as found:
        found.officer("nadia")
        allow(found, 1e9)
        yield found


def allow(council: Council, burst: float) -> None:
    assert council.app is not None
    pacing = council.app.state.traffic.checking
    pacing.allowance = Allowance(burst, burst)
    pacing._left.clear()


@pytest.fixture(scope="module")
def client(council: Council) -> Iterator[httpx.Client]:
    trusted = pinned(council.service.authority.pem)
    with httpx.Client(base_url=council.url, verify=trusted, trust_env=False, timeout=120) as found:
        yield found


@pytest.fixture(scope="module")
def device(council: Council) -> accounts.Device:
    public = Ed25519PrivateKey.generate().public_key().public_bytes_raw().hex()
    with council.service.database.writing() as connection:
        return accounts.add_device(connection, OfficerId("nadia"), public, START)


@pytest.fixture(scope="module")
def nadia(council: Council, device: accounts.Device) -> Identity:
    """Certified as a laptop is that joins."""
    authority, key = council.service.authority, ec.generate_private_key(ec.SECP256R1())
    csr = certificate_request(key)
    made = authority.issue_officer(csr, officer_id=OfficerId("nadia"), name=NAME, council="Rotherham", now=START)
    with council.service.database.writing() as connection:
        pem = certificate_pem(made)
        accounts.keep_certificate(connection, serial=made.serial_number, owner=device, pem=pem)
    return Identity(NAME, pem + authority.between_pem + authority.pem, pem_of(key))


@pytest.fixture(scope="module")
def unsigned() -> bytes:
    made = paper()
    return render(replace(made, signer=replace(made.signer, officer_id=OfficerId("nadia"), signed_at=START)), fonts())


def sealed(unsigned: bytes, by: Identity) -> bytes:
    return seal_pdf(unsigned, by, reason="Signed", place="Rotherham", at=START)


def sent(client: httpx.Client, pdf: bytes, password: str | None = None) -> str:
    """The page that comes back, as words; a browser sends a box that was left empty, too."""
    files = {check_page.FIELD: ("copy.pdf", pdf, "application/pdf")}
    typed = {} if password is None else {check_page.PASSWORD: password}
    answer = client.post(check_page.PATH, files=files, data=typed, headers=FROM_A_BROWSER)
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


def test_the_page_is_a_form_and_nothing_else(client: httpx.Client) -> None:
    """No script, nothing fetched from anywhere, nothing kept by the browser, and a label on what is to be filled in."""
    answer = client.get(check_page.PATH, headers=FROM_A_BROWSER)
    tags, policy = Tags(answer.text), answer.headers["content-security-policy"]

    assert tags.of("form") == [{"method": "post", "action": "/check", "enctype": "multipart/form-data"}]
    assert [each["for"] for each in tags.of("label")] == [each["id"] for each in tags.of("input")]
    assert ["required" in each for each in tags.of("input")] == [True, False]
    assert not {"script", "img", "link", "iframe", "a"} & {tag for tag, _ in tags.found}
    assert not [name for _, attributes in tags.found for name in attributes if name.startswith("on") or name == "style"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert (answer.headers["cache-control"], answer.headers["referrer-policy"]) == ("no-store", "no-referrer")
    assert "set-cookie" not in answer.headers
    assert tags.of("html")[0]["lang"] == "en-GB"
    assert "Check a document from Rotherham" in answer.text


def test_one_judgement_for_every_kind_of_file(
    council: Council, client: httpx.Client, unsigned: bytes, nadia: Identity
) -> None:
    """The page says what the program says, in the same words; of what is changed, of another council, and of no PDF."""
    good = sealed(unsigned, nadia)
    changed = good.replace(b"Wren", b"Wram", 1) if b"Wren" in good else good[:200] + b"x" + good[201:]
    foreign = AnotherCouncil().officer(NAME, "nadia", starts=-3000, days=3000)
    files = {
        "This document is good": good,
        "Do not rely on this document": changed,
        "Nothing certain": sealed(unsigned, foreign),
    }
    root = council.service.authority.pem

    for head, pdf in files.items():
        page = sent(client, pdf)
        told = check_pdf(pdf, [root], now=council.clock()).sentence.removesuffix(
            "No list of withdrawn certificates is here to check it against."
        )
        assert head in page
        assert told in page
    assert "This is not a PDF that Homeward signed." in sent(client, b"<script>alert(1)</script>")


def test_a_copy_with_a_password_is_judged_as_an_open_one_and_forgotten(
    council: Council,
    client: httpx.Client,
    unsigned: bytes,
    nadia: Identity,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """In one more box of the same form, without a script; what was typed is in no page, no log and no file."""
    password = "otter lantern gravel mosaic thirteen"
    pdf = seal_pdf(unsigned, nadia, reason="Signed", place="Rotherham", at=START, password=password)
    opened = sent(client, sealed(unsigned, nadia), "")
    verdict = opened[opened.index("<section") : opened.index("</section>")]
    pages = {typed: sent(client, pdf, typed) for typed in (None, "", "zebra heron", password)}

    assert verdict in pages[password]
    assert "This document is good" in verdict
    for typed in (None, ""):
        assert "This PDF is protected with a password." in pages[typed]
    assert "That is not the password of this PDF." in pages["zebra heron"]
    assert not any("Do not rely on" in page for page in pages.values())
    for word in ("otter lantern", "mosaic thirteen", "zebra heron"):
        assert not any(word in page for page in pages.values())
        assert word not in caplog.text
        kept = [file for file in council.home.folder.rglob("*") if file.is_file()]
        assert not [file for file in kept if word.encode() in file.read_bytes()]
    too_long = client.post(
        check_page.PATH,
        files={check_page.FIELD: ("copy.pdf", pdf, "application/pdf")},
        data={check_page.PASSWORD: "x" * (check_page.MOST_PASSWORD + 1)},
    )
    assert (too_long.status_code, "longer than any" in too_long.text) == (400, True)


def test_a_withdrawn_officer_is_told_by_the_list_of_this_minute(
    council: Council, client: httpx.Client, unsigned: bytes, nadia: Identity, device: accounts.Device
) -> None:
    pdf = sealed(unsigned, nadia)
    assert "Checked against the council’s list of withdrawn certificates of 27 March 2026." in sent(client, pdf)
    with council.service.database.writing() as connection:
        revoking.revoke(connection, device.id, "drain", START + timedelta(hours=1))

    assert "The council has withdrawn this certificate since" in sent(client, pdf)


def test_a_file_that_unpacks_to_more_than_a_machine_holds_is_refused(
    client: httpx.Client, unsigned: bytes, nadia: Identity
) -> None:
    """Three megabytes that become six hundred; nothing of the service grows by it."""
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(unsigned)))
    held = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]["/EF"]
    packer, zeros = zlib.compressobj(1), bytes(1 << 24)
    packed = b"".join(packer.compress(zeros) for _ in range(40)) + packer.flush()
    flate = {generic.pdf_name("/Filter"): generic.pdf_name("/FlateDecode")}
    held[generic.pdf_name("/F")] = writer.add_object(generic.StreamObject(dict_data=flate, encoded_data=packed))
    out = io.BytesIO()
    writer.write(out)

    assert "This PDF cannot be read here" in sent(client, sealed(out.getvalue(), nadia))
    assert client.get("/health").status_code == 200


def test_a_name_in_a_document_is_words_and_no_page(council: Council, client: httpx.Client, unsigned: bytes) -> None:
    by = AnotherCouncil().officer("<b>Nadia</b>", "nadia", starts=-3000, days=3000)
    files = {check_page.FIELD: ("copy.pdf", sealed(unsigned, by), "application/pdf")}
    page = client.post(check_page.PATH, files=files).text

    assert "&lt;b&gt;Nadia" in page
    assert not Tags(page).of("b")


@pytest.mark.parametrize(
    ("body", "kind", "status", "words"),
    [
        (b"", "text/plain", 400, "Choose a PDF first"),
        (b"--x\r\n\r\n\r\n--x--", "multipart/form-data; boundary=x", 400, "Choose a PDF first"),
        (b"%PDF-1.7", "application/pdf", 400, "Choose a PDF first"),
        (b"x" * (check_page.MOST_BYTES + 2**20), "multipart/form-data; boundary=x", 413, "larger than 60 MB"),
    ],
    ids=["nothing", "no_file", "no_form", "too_large"],
)
def test_what_cannot_be_taken_is_a_page_that_says_what_to_do(
    client: httpx.Client, body: bytes, kind: str, status: int, words: str
) -> None:
    answer = client.post(check_page.PATH, content=body, headers={"Content-Type": kind})

    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert words in unescape(answer.text)
    assert len(Tags(answer.text).of("form")) == 1


def test_nobody_checks_too_often_or_too_many_at_once(council: Council, client: httpx.Client) -> None:
    allow(council, 2)
    answers = [client.post(check_page.PATH, content=b"") for _ in range(3)]
    allow(council, 1e9)
    turns = Turns(in_all=2)

    assert [answer.status_code for answer in answers] == [400, 400, 429]
    assert answers[-1].headers["retry-after"]
    with turns.of("a"), turns.of("b"):
        for who in ("a", "c"):
            with pytest.raises(Refused), turns.of(who):
                pass
    with turns.of("a"):
        pass


@pytest.mark.parametrize("around", ["x", "----WebKitFormBoundaryAbC123", "a b"])
def test_the_file_is_the_one_under_its_name(around: str) -> None:
    """Beside other fields, whatever it is called and whatever stands in it."""
    line = b"--" + around.encode()
    pdf = b'%PDF-1.7\r\n\r\nname="pdf"\r\n--' + around[:-1].encode() + b"?\r\n\0"
    other = line + b'\r\nContent-Disposition: form-data; name="note"; filename="name=\\"pdf\\""\r\n\r\nno\r\n'
    mine = line + b'\r\nContent-Type: x\r\nContent-Disposition: form-data; name="pdf"; filename="a.pdf"\r\n\r\n' + pdf
    body = other + mine + b"\r\n" + line + b"--\r\n"

    assert file_in(body, f'multipart/form-data; boundary="{around}"', "pdf") == pdf
