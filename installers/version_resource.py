"""What Windows shows of a program under Properties. Usage: python -m installers.version_resource FILE"""

from __future__ import annotations

import sys
from pathlib import Path

from casework import VERSION

RESOURCE = """VSVersionInfo(
  ffi=FixedFileInfo(
    filevers={four}, prodvers={four}, mask=0x3F, flags=0, OS=0x40004, fileType=1, subtype=0, date=(0, 0)
  ),
  kids=[
    StringFileInfo([StringTable("080904B0", [
      StringStruct("FileDescription", "Homeward"),
      StringStruct("ProductName", "Homeward"),
      StringStruct("CompanyName", "Homeward"),
      StringStruct("FileVersion", "{version}"),
      StringStruct("ProductVersion", "{version}"),
    ])]),
    VarFileInfo([VarStruct("Translation", [0x0809, 1200])]),
  ],
)
"""


def resource(version: str) -> str:
    """Windows counts four numbers, English of the United Kingdom is 0809."""
    numbers = [int(part) for part in version.split(".")]
    return RESOURCE.format(four=tuple([*numbers, 0, 0, 0, 0][:4]), version=version)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(resource(VERSION), encoding="utf-8")
