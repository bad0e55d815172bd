"""A table as Excel, the case systems and schools save it, read whole before anything is made of it."""

from __future__ import annotations

import csv
import difflib
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from casework.errors import KnownError
from casework.given_file import MEGABYTE, bytes_of

MOST_NAMED = 40
MAX_BYTES = 64 * MEGABYTE
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"), (b"\xff\xfe", "utf-16", "UTF-16"), (b"\xfe\xff", "utf-16", "UTF-16"))
GUESSES = (("utf-8", "UTF-8"), ("cp1252", "Windows (CP1252)"))
_TOTAL = re.compile(r"\W*(grand |sub)?(totals?|counts?|rows?|records?|number of|end of)\b", re.IGNORECASE)
_SEP_LINE = re.compile(r"\"?sep=(.)\"?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """`line` is where it begins in the file. Columns without a text are left out."""

    line: int
    cells: dict[str, str]


@dataclass
class Sheet:
    """`refused` lines cannot be rows; `notes` are what a person should know, neither of them a reason to stop alone."""

    encoding: str
    separator: str
    columns: tuple[str, ...]
    rows: list[SheetRow] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)

    @property
    def read_as(self) -> str:
        return f"{self.encoding}, columns parted by {SEPARATORS[self.separator]}"


@dataclass(frozen=True, slots=True)
class Layout:
    """What a table has to hold. `known`: columns whose capitals do not matter. `advice`: what to do where one is
    missing."""

    needed: Sequence[str]
    known: Sequence[str] = ()
    advice: str = ""

    def named(self, column: str) -> str:
        """As it is called here."""
        plain = " ".join(column.split())
        return next((name for name in self.known if name.casefold() == plain.casefold()), plain)


def read_sheet(file: Path, layout: Layout) -> Sheet:
    """Raises KnownError, naming the line, for a file that cannot be understood as a whole or lacks a column."""
    return sheet_in(bytes_of(file, MAX_BYTES), file.name, layout)


def sheet_in(data: bytes, name: str, layout: Layout) -> Sheet:
    """As `read_sheet`; `name`: of the file that it was."""
    text, encoding = _decoded(name, data)
    skipped, text, separator = _announced(text)
    separator = separator or _separator(text, layout)
    lines = [(line + skipped, cells) for line, cells in _lines(name, text, separator, skipped)]
    if not lines:
        raise KnownError(_empty(name))
    columns = tuple(layout.named(column) for column in lines[0][1])
    _check_columns(name, columns, layout)
    sheet = Sheet(encoding, separator, columns)
    for line, cells in lines[1:]:
        _add(sheet, line, cells, is_last=line == lines[-1][0])
    if not sheet.rows and not sheet.refused:
        raise KnownError(_empty(name))
    return sheet


def has_column(file: Path, name: str) -> bool:
    """Whether the first line names this column."""
    _, text, _ = _announced(_decoded(file.name, bytes_of(file, MAX_BYTES))[0])
    return name in re.split(r"[^\w ]+", text.partition("\n")[0])


def _decoded(file: str, data: bytes) -> tuple[str, str]:
    """Excel's “Unicode text” comes without a mark from some systems; every second byte of it is nought then."""
    found = [(codec, name) for mark, codec, name in BOMS if data.startswith(mark)]
    if not found and len(data) > 3 and data[:4].count(0) == 2:
        found = [("utf-16-le" if data[1] == 0 else "utf-16-be", "UTF-16")]
    for codec, name in found or GUESSES:
        try:
            return data.decode(codec), name
        except UnicodeDecodeError:
            continue
    line = data[: _first_fault(data)].count(b"\n") + 1
    message = f"{file} cannot be read as text: see line {line}. Save it as CSV UTF-8 and try again."
    raise KnownError(message)


def _first_fault(data: bytes) -> int:
    try:
        data.decode("cp1252")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _announced(text: str) -> tuple[int, str, str]:
    """Excel's own first line “sep=;”: how many lines that was, the rest, and the separator."""
    first, _, rest = text.partition("\n")
    match = _SEP_LINE.fullmatch(first.strip())
    return (1, rest, match[1]) if match and match[1] in SEPARATORS else (0, text, "")


def _separator(text: str, layout: Layout) -> str:
    """The one by which the first line holds most of the columns that are needed; then most columns."""

    def worth(separator: str) -> tuple[int, int]:
        names = [name.strip(' "\r') for name in text.lstrip().partition("\n")[0].split(separator)]
        return sum(layout.named(name) in layout.needed for name in names), len(names)

    return max(SEPARATORS, key=worth)


def _lines(file: str, text: str, separator: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    """Each with the line it begins on; empty ones left out."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        message = (
            f"{file}, line {begins + skipped}: a quotation mark stands where none may. Inside a quoted text it is "
            "written twice. Nothing was taken in."
        )
        raise KnownError(message) from error


def _check_columns(file: str, columns: tuple[str, ...], layout: Layout) -> None:
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    if twice:
        message = f"{file} has the column {_listed(twice)} more than once. Nothing was taken in."
        raise KnownError(message)
    missing = [name for name in layout.needed if name not in columns]
    if not missing:
        return
    spare = [name for name in columns if name and name not in layout.needed]
    near = [f"“{name}” (is it “{found}”?)" if (found := nearest(name, spare)) else f"“{name}”" for name in missing]
    said = (
        f"{file} cannot be read as this table: it has no column {', '.join(near)}. It has {_listed(columns)}.",
        layout.advice,
        "Nothing was taken in.",
    )
    message = " ".join(part for part in said if part)
    raise KnownError(message)


def nearest(name: str, among: Sequence[str]) -> str:
    """What may be meant: the same words in another case, initials, or nearly the same letters. Empty if nothing is."""
    plain = {found: _plain(found) for found in among}
    initials = "".join(word[0] for word in _plain(name).split())
    for found, letters in plain.items():
        if letters.replace(" ", "") in (_plain(name).replace(" ", ""), initials):
            return found
    close = difflib.get_close_matches(_plain(name), plain.values(), 1, 0.6)
    return next((found for found, letters in plain.items() if close and letters == close[0]), "")


def _plain(name: str) -> str:
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKD", name).casefold().replace("_", " ")))


def _listed(names: Sequence[str]) -> str:
    told = [f"“{name}”" for name in names if name and name.isprintable()]
    return ", ".join([*told[:MOST_NAMED], *(["and more"] if len(told) > MOST_NAMED else [])]) or "no names of columns"


def _add(sheet: Sheet, line: int, cells: list[str], *, is_last: bool) -> None:
    wide, spare = len(sheet.columns), cells[len(sheet.columns) :]
    if is_last and _TOTAL.match(cells[0]) and len([cell for cell in cells if cell.strip()]) <= 2:
        _total(sheet, line, cells)
    elif any(cell.strip() for cell in spare) or len(cells) < wide:
        sheet.refused.append((line, f"This line has {len(cells)} columns; the first line has {wide}."))
    else:
        found = {name: cell.strip() for name, cell in zip(sheet.columns, cells, strict=False) if name and cell.strip()}
        sheet.rows.append(SheetRow(line, found))


def _total(sheet: Sheet, line: int, cells: list[str]) -> None:
    """Not a row. Where it counts others than there are, lines are missing: the file was cut."""
    here = len(sheet.rows) + len(sheet.refused)
    numbers = [int(number) for number in re.findall(r"\d+", " ".join(cells))]
    if numbers and here not in numbers and here + 1 not in numbers:
        sheet.refused.append((line, f"This line counts {numbers[0]} rows, but there are {here}. Is the file whole?"))
    else:
        sheet.notes.append((line, f"“{' '.join(cells).strip()}” is a line of totals, not a row."))


def _empty(file: str) -> str:
    return f"{file} is empty: there is no row in it. Nothing was taken in."
