"""What making a PDF takes: an interview beside bare reportlab and pyHanko in turns, and reports with many photographs.

`python -m benchmarks.documents`; each report with photographs is made in a process of its own, whose memory is its own.
"""

from __future__ import annotations

import hashlib
import io
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from asn1crypto import keys, pem, x509
from PIL import Image, ImageFilter
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate

from casework.canonical import JSON
from casework.forms import Question, QuestionType, display
from desktop.documents.paper import Paper
from desktop.documents.rendering import render
from desktop.documents.sealing import Identity, seal_pdf
from desktop.paths import fonts
from desktop.store.attachments.pictures import scaled
from tests.desktop.documents.council import Council
from tests.desktop.documents.papers import ARABIC, CATALOGUE, paper

ROUNDS, MOST_TIMES = 9, 1.5
ARABIC_MOST_TIMES, GROWS = (
    2.0,
    1.5,
)  # a page as against an English one; one of a long document
PHOTOGRAPHS = {30: (3.0, 250), 200: (20.0, 400)}  # how many: seconds, and MB at the most


def main() -> int:
    """1 when anything is over its limit."""
    if len(sys.argv) > 1:
        return photographs(int(sys.argv[1]))
    missed = interview() + pages()
    for count in PHOTOGRAPHS:
        missed += subprocess.run([sys.executable, "-m", "benchmarks.documents", str(count)], check=False).returncode
    return 1 if missed else 0


def interview() -> int:
    made, identity = paper(), Council().officer("Nadia Brightwater")
    ours, bare = [], []
    for _ in range(ROUNDS):
        ours.append(seconds(lambda: sealed(made, identity)))
        bare.append(seconds(lambda: bare_one(made, identity)))
    one, other = statistics.median(ours[1:]), statistics.median(bare[1:])  # the first of each loads what is needed
    print(f"interview: {one * 1000:.0f} ms, bare reportlab and pyHanko {other * 1000:.0f} ms: {one / other:.2f} times")
    return int(one > other * MOST_TIMES)


def pages() -> int:
    """A page of Arabic beside one of English, and whether a page costs more the more there are: 20 and 200 of them, and
    a word without an end."""
    english = "We walked from the bus stop to the park and I counted lamp posts because I was cold. "
    one, other = in_turns(english * 320, ARABIC * 320)
    print(f"a page of Arabic: {other * 1000:.0f} ms, of English {one * 1000:.0f} ms: {other / one:.2f} times")
    missed = int(other > one * ARABIC_MOST_TIMES)
    for name, little, much in (("narrative", english * 800, english * 8000), ("word", "a" * 60_000, "a" * 600_000)):
        one, other = in_turns(little, much, rounds=1)
        print(f"a {name} ten times as long: {other / one:.2f} times as long a page")
        missed += int(other > one * GROWS)
    return missed


def in_turns(*texts: str, rounds: int = 5) -> list[float]:
    """Seconds a page, of an interview that says nothing else."""
    taken: list[list[float]] = [[] for _ in texts]
    for _ in range(rounds):
        for text, each in zip(texts, taken, strict=True):
            made = replace(paper(), answers={"before": text}, shown=frozenset({"before"}), facts=())
            drawn: list[bytes] = []
            spent = seconds(lambda: drawn.append(render(made, fonts())))  # noqa: B023 - done before the next
            each.append(spent / page_count(drawn[0]))
    return [statistics.median(each) for each in taken]


def page_count(document: bytes) -> int:
    return int(PdfFileReader(io.BytesIO(document)).root["/Pages"]["/Count"])


def photographs(count: int) -> int:
    """From pictures as they are kept to the sealed file."""
    taken, pictures = 0.0, list[bytes]()
    for _ in range(count):
        kept = io.BytesIO(photograph())
        taken += seconds(lambda: pictures.append(scaled(kept, 1200)))  # noqa: B023 - done before the next round
    taken += seconds(lambda: with_photographs(pictures))
    most_seconds, most_mb = PHOTOGRAPHS[count]
    print(f"{count} photographs: {taken:.1f} s of {most_seconds:g}, {peak_mb():.0f} MB of {most_mb}")
    return int(taken > most_seconds or peak_mb() > most_mb)


def with_photographs(pictures: list[bytes]) -> bytes:
    form = CATALOGUE.form("ehe_visit")
    question = next(one for one in form.questions() if one.type is QuestionType.ATTACHMENTS)
    held = {hashlib.sha256(picture).hexdigest(): picture for picture in pictures}
    rows: list[JSON] = [
        {"id": sha256, "file": {"sha256": sha256, "type": "image/jpeg"}, "title": "Sample", "shows": "A page of sums"}
        for sha256 in held
    ]
    answers: dict[str, JSON] = {question.id: rows}
    made = replace(paper(), definition=form, answers=answers, shown=frozenset(answers), pictures=held)
    return sealed(made, Council().officer("Nadia Brightwater"))


def photograph() -> bytes:
    """Soft noise: as hard to pack as a photograph of a page."""
    out = io.BytesIO()
    noise = Image.effect_noise((1600, 1200), 90).filter(ImageFilter.GaussianBlur(1.6)).convert("RGB")
    noise.save(out, "JPEG", quality=85)
    return out.getvalue()


def sealed(made: Paper, identity: Identity) -> bytes:
    return seal_pdf(render(made, fonts()), identity, reason="Signed", place="Ashmere", at=datetime.now(UTC))


def bare_one(made: Paper, identity: Identity) -> bytes:
    """The same words in one embedded font, untagged, with an approval signature that nobody sees."""
    regular = next(fonts().glob("*Regular*.ttf"))
    pdfmetrics.registerFont(TTFont("Bare", str(regular)))
    style = ParagraphStyle("plain", fontName="Bare", fontSize=10, leading=14)
    words = [made.title, *(f"{q.label}: {display(q, made.answers.get(q.id), made.first_name)}" for q in asked(made))]
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4).build([Paragraph(one, style) for one in words])
    certificates = [x509.Certificate.load(der) for _, _, der in pem.unarmor(identity.chain_pem.encode(), multiple=True)]
    key = keys.PrivateKeyInfo.load(pem.unarmor(identity.key_pem.encode())[2])
    store = SimpleCertificateStore()
    store.register_multiple(certificates[1:])
    signer = signers.SimpleSigner(signing_cert=certificates[0], signing_key=key, cert_registry=store)
    about = signers.PdfSignatureMetadata(field_name="Bare", subfilter=fields.SigSeedSubFilter.PADES)
    signed = io.BytesIO()
    signers.PdfSigner(about, signer=signer).sign_pdf(IncrementalPdfFileWriter(out), output=signed)
    return signed.getvalue()


def asked(made: Paper) -> list[Question]:
    return [question for question in made.definition.questions() if question.id in made.shown and not question.signs]


def seconds(deed: Callable[[], object]) -> float:
    """Of processor time: others work on the same machine."""
    begun = time.process_time()
    deed()
    return time.process_time() - begun


def peak_mb() -> float:
    """Of this process alone: what `getrusage` says begins with the memory of whoever started it."""
    said = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines())
    return int(said["VmHWM"].split()[0]) / 1024


if __name__ == "__main__":
    sys.exit(main())
