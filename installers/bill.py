"""`make sbom`: what each program is made of, as CycloneDX, and under which licences, as a table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from installers.environments import OUT, ROOT, add_homeward, python_with, run
from installers.wheel import made

PROGRAMS = ("desktop", "central")
UNKNOWN = "not told by the package"
HEAD = "| part | version | licence |\n|---|---|---|\n"


def main() -> None:
    _, wheel = made()
    for program in PROGRAMS:
        bill = write_bill(program, wheel)
        parts = parts_of(bill)
        report = bill.with_name(f"licences-{program}.md")
        lines = [f"| {name} | {version} | {licence} |" for name, version, licence in parts]
        report.write_text(
            f"# What homeward[{program}] is made of\n\n{HEAD}" + "\n".join(lines) + "\n", encoding="utf-8"
        )
        untold = sum(licence == UNKNOWN for _, _, licence in parts)
        print(f"{bill.relative_to(ROOT)} and {report.name}: {len(parts)} parts, {untold} without a licence told")


def write_bill(program: str, wheel: Path) -> Path:
    """Read off an environment that holds the lock and Homeward, so that it names what is installed."""
    make = python_with("make", "requirements-make.lock")
    python = python_with(program, f"requirements-{program}.lock")
    add_homeward(python, wheel)
    bill = OUT / "dist" / f"sbom-{program}.cdx.json"
    said = [
        "environment",
        "--output-reproducible",
        "--of",
        "JSON",
        "--validate",
        "--pyproject",
        ROOT / "pyproject.toml",
    ]
    run([make, "-m", "cyclonedx_py", *said, "-o", bill, python])
    return bill


def parts_of(bill: Path) -> list[tuple[str, str, str]]:
    found = json.loads(bill.read_text(encoding="utf-8"))["components"]
    return sorted((part["name"], part.get("version", ""), _licence(part)) for part in found)


def _licence(part: dict[str, Any]) -> str:
    """An expression, or the names; the long texts that some packages put there instead stay in the bill."""
    told = []
    for one in part.get("licenses", []):
        licence = one.get("license", {})
        name = one.get("expression") or licence.get("id") or licence.get("name", "")
        if name and len(name) < 80 and "\n" not in name and name != "declared license file":
            told.append(name.removeprefix("License :: OSI Approved :: "))
    return " or ".join(dict.fromkeys(told)) or UNKNOWN


if __name__ == "__main__":
    main()
