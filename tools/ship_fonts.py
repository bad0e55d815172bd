"""Makes the fonts of resources/fonts for scripts that the house face does not draw, from Debian's and npm's packages.

Usage: .venv/bin/python tools/ship_fonts.py
It fetches the pinned packages, keeps the glyphs and the shaping tables, and drops what only small screens need.
Which glyphs, from which package and why: docs/decisions/fonts-for-every-script.md.
"""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import uharfbuzz as hb
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
NOTO = "fonts-noto-core=20201225-1"
CJK = "fonts-noto-cjk=1:20220127+repack1-1"
EMOJI = "@expo-google-fonts/noto-emoji@0.4.7"
_DEBIAN = "usr/share/fonts/truetype"
_JOINERS = (0x20, 0xA0, 0x200C, 0x200D, 0x25CC)
_SYMBOLS = (
    range(0x2000, 0x2070), range(0x20A0, 0x20C1), range(0x2100, 0x2150), range(0x2190, 0x2400), range(0x2460, 0x2800),
    range(0x2900, 0x2980), range(0x2B00, 0x2C00), range(0x1F000, 0x1F900), range(0x1F900, 0x1FA70),
)  # fmt: skip
_BIG5_CELLS = (*range(0x40, 0x7F), *range(0xA1, 0xFF))


def _in(encoding: str, rows: range, cells: Iterable[int]) -> set[int]:
    """The code points of a national standard's table."""
    found = (bytes([row, cell]).decode(encoding, errors="ignore") for row in rows for cell in cells)
    return {ord(char) for char in found if len(char) == 1}


_FANCY = range(0x1D400, 0x1D800)  # letters in dress that people give themselves online
HANGUL = _in("euc-kr", range(0xB0, 0xC9), range(0xA1, 0xFF))
HAN = (
    _in("gb2312", range(0xB0, 0xF8), range(0xA1, 0xFF))
    | _in("big5", range(0xA4, 0xC7), _BIG5_CELLS)
    | _in("euc-jp", range(0xB0, 0xF5), range(0xA1, 0xFF))
)
_SIMPLIFIED = 2
# Signs that stand among Arabic words and that its font has not: a line in one font is read whole and in its order.
_LENT = ("NotoSansArabic-", "NotoSans-", "()[]{}\"'?;/%*+=&@#_\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u2022")
_FARTHEST = 1.0  # of a thousand units to the em: how far a curve may lie from what was drawn


@dataclass(frozen=True, slots=True)
class Source:
    """One font file of a package; without `only`, all of its characters are kept."""

    package: str
    path: str
    sha256: str
    only: tuple[Iterable[int], ...] = ()
    index: int = 0  # of the face, in a file that holds several


def _noto(name: str, sha256: str, *only: Iterable[int]) -> Source:
    return Source(NOTO, f"{_DEBIAN}/noto/{name}.ttf", sha256, only)


SOURCES = {
    name: _noto(name, sha256, *only)
    for name, sha256, *only in (
        # An Arabic letter is one glyph here; later versions draw its dots apart, and text copied from them falls apart.
        ("NotoSansArabic-Regular", "504d7407d86875acf7d04dfaa0fd7524d0b8797723bc4aa18022f29db25b0b6e"),
        ("NotoSansArabic-Bold", "ded6fc7359ca36d15d7aab9ef0c066e21ce48b26a069994d6602fa2cb9a1b952"),
        ("NotoSansGujarati-Regular", "4468a3a24516831874fb4a867b760a22257944584e478d32a97e3c4d4bfc6400"),
        ("NotoSansTamil-Regular", "a7bb7f92f165479af2f0556c4fd669b74c5959f464f603e18389b532f4d07a71"),
        ("NotoSansThai-Regular", "dfbd5ed0f1e68c3cbc51aa08f646d1ab0e68e7c4ceab70a69e465225ff701f93"),
        ("NotoSansGeorgian-Regular", "ba75f2154fef9beac8439f94c631dc37ef9c708d32f9254bb019afdfa9aa3138"),
        ("NotoSansArmenian-Regular", "9636c32c121f4fc1fc6963dfad60ea32c41889507118a46f83a818eacf40348e"),
        ("NotoSansSinhala-Regular", "31f83eec724a27779d1434afc84beabee239c0ff77dc8d04bee9f49c60b23fdd"),
        ("NotoSansMalayalam-Regular", "5433f4a642b4325aa169a55c4c6b8d1c4a45c4e08bcd9cbe72888229709a8f2d"),
        ("NotoSansTelugu-Regular", "cb3165071121b1e80c55a041d0c1f79b3bbc68e4b0eab37b0d881958dfc3ed7a"),
        ("NotoSansKannada-Regular", "892b841b0b87ca3c2702bdc78d3031c8220f53e8f5f496ec5e37ccf0ca03ddf7"),
        ("NotoSansSymbols-Regular", "24b615ceb7d50a2c09060664ca9e24a160c9beb6bfca0563e8359369a4bc0993", *_SYMBOLS),
        ("NotoSansSymbols2-Regular", "876598db5f1e3bef2bc77c4d94c5b0d5d2c1620be4878a06f18fb5434e331688", *_SYMBOLS),
        ("NotoSansMath-Regular", "8242bd1e55368b27e32455260754cf9aa58f3ad7ea80664b66c21f1b09910d6c", *_SYMBOLS, _FANCY),
    )
} | {
    "NotoSansCJKsc-Regular": Source(
        CJK,
        "usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
        "b76b0433203017ca80401b2ee0dd69350349871c4b19d504c34dbdd80541690a",
        (HANGUL, HAN, range(0x3000, 0x3130), range(0xFF01, 0xFFEF)), _SIMPLIFIED,
    ),
    "NotoEmoji-Regular": Source(
        EMOJI,
        "package/400Regular/NotoEmoji_400Regular.ttf",
        "24aaa2a20c9c06ffe9bf04284bfd1f14376a329d10122f902abe2770817eb504",
    ),
}  # fmt: skip


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        for package in sorted({source.package for source in SOURCES.values()}):
            unpack(package, Path(folder))
        for name, source in SOURCES.items():
            data = (Path(folder) / source.path).read_bytes()
            if hashlib.sha256(data).hexdigest() != source.sha256:
                print(f"{source.path} of {source.package} is not the file that was looked at.", file=sys.stderr)
                return 1
            (FONTS / f"{name}.ttf").write_bytes(with_signs(name, made_small(data, source)))
            print(f"{name}.ttf: {(FONTS / f'{name}.ttf').stat().st_size // 1024} KB")
    return 0


def unpack(package: str, folder: Path) -> None:
    """Into the folder, by the package's own client."""
    if package.startswith("@"):
        packed = subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True)
        subprocess.run(["tar", "-xzf", packed.stdout.decode().strip().splitlines()[-1]], cwd=folder, check=True)
        return
    subprocess.run(["apt-get", "-qq", "download", package], cwd=folder, check=True)
    name = package.partition("=")[0]
    subprocess.run(["dpkg-deb", "-x", str(next(folder.glob(f"{name}_*.deb"))), str(folder)], check=True)


def made_small(data: bytes, source: Source) -> bytes:
    """The same outlines and shaping, without hints."""
    face = hb.Face(data, source.index)
    wanted = hb.SubsetInput()
    kept = set(face.unicodes)
    if source.only:
        kept &= {*_JOINERS, *(char for some in source.only for char in some)}
    wanted.sets(hb.SubsetInputSets.UNICODE).set(kept)
    for all_of in (hb.SubsetInputSets.LAYOUT_FEATURE_TAG, hb.SubsetInputSets.NAME_ID):
        wanted.sets(all_of).clear()
        wanted.sets(all_of).invert()
    if "glyf" not in face.table_tags:  # upright Chinese and Korean need none, and it brings thousands of variants
        wanted.drop_table_tag_set.update(int.from_bytes(tag) for tag in (b"GSUB", b"GPOS"))
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    small = bytes(hb.subset(face, wanted).blob.data)
    return small if "glyf" in face.table_tags else in_quadratics(small)


def with_signs(name: str, data: bytes) -> bytes:
    """The Arabic font with the signs it lacks, drawn as in the Latin one of the same weight."""
    to, from_, signs = _LENT
    if not name.startswith(to):
        return data
    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    other = TTFont(FONTS / f"{name.replace(to, from_)}.ttf")
    drawn, known = other.getGlyphSet(), other.getBestCmap()
    for sign in (ord(sign) for sign in signs if ord(sign) not in font.getBestCmap()):
        pen, plain = TTGlyphPen(None), DecomposingRecordingPen(drawn)
        drawn[known[sign]].draw(plain)
        plain.replay(pen)
        lent = f"uni{sign:04X}"
        font["glyf"][lent] = pen.glyph()
        font["hmtx"][lent] = other["hmtx"][known[sign]]
        for table in font["cmap"].tables:
            table.cmap[sign] = lent
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def in_quadratics(data: bytes) -> bytes:
    """PostScript outlines as TrueType ones: every font of ours is embedded in one way."""
    font = TTFont(io.BytesIO(data))
    glyphs, drawn = font.getGlyphSet(), {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, _FARTHEST, reverse_direction=True))
        drawn[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = font.getGlyphOrder(), drawn
    font["maxp"].tableVersion = 0x00010000
    for about in ("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
                  "maxStackElements", "maxSizeOfInstructions", "maxComponentElements", "maxComponentDepth",
                  "maxPoints", "maxContours", "maxCompositePoints", "maxCompositeContours"):  # fmt: skip
        setattr(font["maxp"], about, 1 if about == "maxZones" else 0)
    for table in ("CFF ", "VORG", "vhea", "vmtx"):
        if table in font:
            del font[table]
    font.sfntVersion = "\0\1\0\0"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
