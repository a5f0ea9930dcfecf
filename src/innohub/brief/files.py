"""Files are written whole or not at all."""

import os
import tempfile
from pathlib import Path

from innohub.errors import Finding, StoreError


def write_whole(path: Path, data: bytes) -> Path:
    """Write bytes under a temporary name beside the target, then rename.

    Raises
    ------
    StoreError
        B008 when the folder is missing or cannot be written; an older file stays as it was.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as problem:
        cause = problem.strerror or type(problem).__name__
        raise StoreError(Finding("B008", value=str(path), params={"cause": cause})) from problem
    return path
