"""Files that the user names: never overwritten without being asked to."""

import shutil
from pathlib import Path

from innohub.errors import Finding, StoreError, StudyError


def refuse_existing(path: Path, *, force: bool) -> None:
    """Refuse to write over a file unless forced, or into a folder that does not exist.

    Raises
    ------
    StoreError
        F122 when the file exists, F123 when its folder does not.
    """
    if path.exists() and not force:
        raise StoreError(Finding("F122", file=str(path)))
    if not path.absolute().parent.is_dir():
        raise StoreError(Finding("F123", file=str(path), params={"folder": str(path.parent)}))


def lay_study(source: Path, folder: Path) -> None:
    """Copy a shipped study into a new or an empty folder, whole or not at all.

    Raises
    ------
    StudyError
        F120 when the folder holds anything.
    OSError
        When the system does not let us write; what was written by then is taken away.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StudyError(Finding("F120", file=str(folder), params={"folder": str(folder)}))
    try:
        shutil.copytree(source, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("results"))
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
