"""PouchDB replicating to express-pouchdb: LevelDB on both ends, plain HTTP, no checks, no encryption."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from benchmarks.sync.laptops import ROOT

PACKAGES = ("pouchdb@9.0.0", "express@4", "express-pouchdb@4.2.0")
SCRIPTS = Path(__file__).parent.parent / "peers" / "pouchdb"
FOLDER = ROOT / "out" / "peer"


def installed(given: Path | None) -> Path | None:
    """The folder of its packages: the one named, or one fetched by npm once; None where neither can be had."""
    named = given or (Path(os.environ["HOMEWARD_PEER"]) if "HOMEWARD_PEER" in os.environ else None)
    if named is not None:
        return named if (named / "pouchdb").is_dir() else None
    npm = shutil.which("npm")
    if npm and not (FOLDER / "node_modules" / "express-pouchdb").is_dir():
        FOLDER.mkdir(parents=True, exist_ok=True)
        subprocess.run([npm, "install", "--no-audit", "--no-fund", *PACKAGES], cwd=FOLDER, check=False)
    return FOLDER / "node_modules" if (FOLDER / "node_modules" / "express-pouchdb").is_dir() else None


def measured(node_modules: Path, script: str, *arguments: int) -> dict[str, float]:
    """What one of its scripts found; the service in a process of its own, as ours."""
    work = Path(tempfile.mkdtemp(prefix="homeward-peer-"))
    for file in SCRIPTS.glob("*.js"):
        shutil.copy(file, work)
    (work / "node_modules").symlink_to(node_modules.absolute())
    server = subprocess.Popen(["node", "server.js"], cwd=work, stdout=subprocess.PIPE, text=True)
    assert server.stdout
    try:
        assert server.stdout.readline().strip() == "up"
        command = ["node", script, *map(str, arguments)]
        done = subprocess.run(command, cwd=work, check=True, capture_output=True, text=True)
        return {name: float(value) for name, value in json.loads(done.stdout).items()}
    finally:
        server.terminate()
        server.wait()
        server.stdout.close()
        shutil.rmtree(work)
