"""The results store: runs appear whole or not at all, readers never see half of one."""

import errno
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
from filelock import FileLock, Timeout

from innohub.errors import Finding, StoreError
from innohub.trace import file_digest

KEPT_RUNS = 5
POINTER = "current"
MANIFEST = "manifest.json"
_TEMPORARY = "tmp-"


@contextmanager
def writing(results: Path) -> Iterator[None]:
    """Hold the one writer's lock of a results folder.

    Raises
    ------
    StoreError
        F110 when the folder cannot be written, F111 when another run is writing.
    """
    with _telling(results):
        results.mkdir(parents=True, exist_ok=True)
        lock = FileLock(results / ".lock", blocking=False)
        try:
            lock.acquire()
        except Timeout:
            raise StoreError(Finding("F111", file=str(results))) from None
    with lock, _telling(results):
        _sweep(results)
        yield


@contextmanager
def _telling(results: Path) -> Iterator[None]:
    """Turn the operating system's refusal to write into a finding."""
    try:
        yield
    except OSError as problem:
        reason = os.strerror(problem.errno or errno.EIO)
        raise StoreError(Finding("F110", file=str(results), params={"problem": reason})) from problem


def _sweep(results: Path) -> None:
    """Remove what a killed run left behind: whoever holds the lock is the only writer."""
    for path in results.rglob(f"{_TEMPORARY}*"):
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def appearing(target: Path) -> Iterator[Path]:
    """Give a temporary folder that becomes ``target`` in one step when all went well."""
    target.parent.mkdir(parents=True, exist_ok=True)
    number = 0
    while (temporary := target.parent / f"{_TEMPORARY}{os.getpid()}-{number}").exists():
        number += 1
    temporary.mkdir()
    try:
        yield temporary
        for path in temporary.iterdir():
            _settle(path)
        _settle(temporary)
        temporary.rename(target)
        _settle(target.parent)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise


def _settle(path: Path) -> None:
    """Ask the operating system to put a file or folder on the disk; Windows does so for folders by itself."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_tables(folder: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    """Write each table as one Parquet file."""
    for name, table in tables.items():
        table.to_parquet(folder / f"{name}.parquet", index=False)


def read_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """Read every table of a finished block."""
    return {path.stem: pd.read_parquet(path) for path in sorted(folder.glob("*.parquet"))}


def describe_tables(folder: Path, tables: Mapping[str, pd.DataFrame]) -> list[dict[str, Any]]:
    """Describe written tables as resources of a Frictionless data package."""
    return [
        {
            "name": name.replace("_", "-"),
            "path": f"{name}.parquet",
            "format": "parquet",
            "mediatype": "application/vnd.apache.parquet",
            "bytes": (folder / f"{name}.parquet").stat().st_size,
            "hash": f"sha256:{file_digest(folder / f'{name}.parquet')}",
            "schema": {
                "fields": [{"name": column, "type": _type(kind)} for column, kind in table.dtypes.items()]
            },
        }
        for name, table in tables.items()
    ]


def _type(kind: Any) -> str:
    if pd.api.types.is_bool_dtype(kind):
        return "boolean"
    if pd.api.types.is_integer_dtype(kind):
        return "integer"
    return "number" if pd.api.types.is_float_dtype(kind) else "string"


def point_to(results: Path, run_id: str) -> None:
    """Make a run the current one, in one step."""
    temporary = results / f".{POINTER}-{os.getpid()}"
    temporary.write_text(f"{run_id}\n", encoding="utf-8")
    _settle(temporary)
    temporary.replace(results / POINTER)
    _settle(results)


def current(results: Path) -> Path | None:
    """Return the folder of the current run, if there is one."""
    try:
        run_id = (results / POINTER).read_text(encoding="utf-8").strip()
    except OSError:
        return None
    folder = results / run_id
    return folder if run_id and (folder / MANIFEST).is_file() else None


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read a run's manifest.

    Raises
    ------
    StoreError
        F112 when it is missing or damaged.
    """
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise StoreError(
            Finding("F112", file=str(folder / MANIFEST), params={"problem": str(problem)})
        ) from None
    return manifest


def runs(results: Path) -> list[Path]:
    """Return the finished runs of a study, the newest first."""
    return sorted((path.parent for path in results.glob(f"*/{MANIFEST}")), reverse=True)


def prune(results: Path, keep: int = KEPT_RUNS) -> list[Path]:
    """Drop all but the newest runs and the blocks that no kept run uses; the current run always stays."""
    now = current(results)
    finished = runs(results)
    kept = {*finished[:keep], *([now] if now else [])}
    dropped = [folder for folder in finished if folder not in kept]
    used = {block for folder in kept for block in read_manifest(folder).get("innohub:blocks", [])}
    dropped += [path for path in results.glob("blocks/*/*") if f"{path.parent.name}/{path.name}" not in used]
    for folder in dropped:
        shutil.rmtree(folder, ignore_errors=True)
    return dropped
