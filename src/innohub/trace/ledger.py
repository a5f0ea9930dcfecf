"""What a run depends on: digests of inputs, of parameters and of the code that computes."""

import hashlib
import json
import platform
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

COMPUTING_ROOMS = ("catalog", "study", "places", "panel", "index", "position", "ecosystem", "run")


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes as hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def digest(*parts: Any) -> str:
    """Return the SHA-256 of plain data, the same for equal data in any order of keys."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def code_fingerprint() -> str:
    """Return a digest of the code and data files that compute results, so that a new version computes anew."""
    package = files("innohub")
    found = hashlib.sha256()
    for room in COMPUTING_ROOMS:
        folder = Path(str(package.joinpath(room)))
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".toml", ".csv"):
                found.update(path.relative_to(folder).as_posix().encode())
                found.update(path.read_bytes())
    return found.hexdigest()


def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that the numbers depend on."""
    names = ("innohub", "numpy", "pandas", "pyarrow", "scipy")
    return {"python": platform.python_version(), **{name: version(name) for name in names}}
