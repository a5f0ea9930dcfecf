"""Files that the user names: never overwritten without being asked to."""

from pathlib import Path

from innohub.errors import Finding, StoreError


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
