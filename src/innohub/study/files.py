"""Find the tables of a study inside its folder, and nowhere else."""

import errno
import os
import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Final

from innohub.errors import Finding, RecordError
from innohub.study.grid import guard_file
from innohub.study.lines import line_of
from innohub.study.report import near, shown, unopened
from innohub.study.tables import PARQUET, TEXT, WORKBOOK, Table, read_table

_FILE: Final = "study.toml"
_KINDS = (".csv", *WORKBOOK, *PARQUET, *TEXT)
_DRIVE = re.compile(r"[A-Za-z]:|\\|/")


def plain(name: str) -> str:
    """Return a path without needless steps, so that one file has one name.

    >>> plain("./tables/panel.csv")
    'tables/panel.csv'
    """
    return str(PurePosixPath(name)) if name else name


class Shelf:
    """Opens the tables of a study folder once each and remembers the digests of what was read."""

    def __init__(self, folder: Path, lines: Mapping[tuple[str, ...], int], found: list[Finding]) -> None:
        self._folder = folder
        self._root = folder.resolve()
        self._lines = lines
        self._found = found
        self._read: dict[str, Table | None] = {}
        self.digests: dict[str, str] = {}

    def table(self, name: str, key: tuple[str, ...], *, needed: bool = True) -> Table | None:
        """Return a table by its name in ``study.toml``; None, with a finding, when it cannot be had."""
        if name not in self._read:
            self._read[name] = self._open(name, key, needed=needed)
        return self._read[name]

    def has(self, name: str) -> bool:
        """Say whether a table is there, in whatever format."""
        path = self._folder / name.partition("#")[0]
        return any(path.with_suffix(kind).is_file() for kind in (path.suffix, *_KINDS)) if name else False

    def has_folder(self, name: str) -> bool:
        """Say whether a folder of that name is inside the study folder."""
        return (self._folder / name).is_dir()

    def listed(self, name: str, key: tuple[str, ...]) -> list[str] | None:
        """Return the names of the tables in a folder of the study; None, with a finding, when it cannot be had."""
        path, _ = self._locate(name, key)
        if path is None:
            return None
        if not path.is_dir():
            self._say("P119", name, key)
            return None
        tables = (file for file in path.iterdir() if file.suffix.lower() in _KINDS and file.is_file())
        return sorted(file.name for file in tables if not file.name.startswith((".", "~$")))

    def text(self, name: str, key: tuple[str, ...]) -> str | None:
        """Return a text file of the folder as UTF-8; None, with a finding, when it cannot be had."""
        path, _ = self._locate(name, key)
        if path is None:
            return None
        if not path.exists():
            self._say("F004", name, key, near=near(path.name, self._names()))
            return None
        try:
            guard_file(path, name)
            data = path.read_bytes()
            text = data.decode("utf-8-sig")
        except RecordError as problem:
            self._found += problem.findings
        except OSError as problem:
            self._found.append(unopened(name, problem))
        except UnicodeDecodeError:
            self._found.append(Finding("M266", file=name, params={"problem": "UTF-8"}))
        else:
            self.digests[path.relative_to(self._folder).as_posix()] = sha256(data).hexdigest()
            return text
        return None

    def _open(self, name: str, key: tuple[str, ...], *, needed: bool) -> Table | None:
        path, sheet = self._locate(name, key)
        if path is None:
            return None
        if not path.exists():
            path = self._sibling(path, name)
        if path is None:
            if needed:
                self._say(
                    "F004", name, key, near=near(PurePosixPath(name.partition("#")[0]).name, self._names())
                )
            return None
        relative = path.relative_to(self._folder).as_posix()
        shown_name = f"{relative}#{sheet}" if sheet else relative
        try:
            table = read_table(path, sheet, shown_name)
        except RecordError as problem:
            # An optional table of which only the head is filled in is as good as none.
            if needed or [finding.code for finding in problem.findings] != ["R002"]:
                self._found += problem.findings
            return None
        except OSError as problem:
            self._found.append(unopened(shown_name, problem))
            return None
        except MemoryError:
            self._found.append(
                Finding("F008", file=shown_name, params={"problem": os.strerror(errno.ENOMEM)})
            )
            return None
        self.digests[relative] = table.digest
        self._found += table.findings
        return table

    def _locate(self, name: str, key: tuple[str, ...]) -> tuple[Path | None, str]:
        """Return the path and sheet that a name stands for; a path that leaves the folder is refused."""
        bare, _, sheet = name.partition("#")
        parts = PurePosixPath(bare).parts
        if not bare.strip() or any(ord(sign) < 32 for sign in name) or len(name) > 400:
            self._say("F004", name, key, near=near(bare, self._names()))
            return None, ""
        if _DRIVE.match(bare) or "\\" in bare or ".." in parts:
            self._say("F005", name, key)
            return None, ""
        path = self._folder / bare
        try:
            inside = path.resolve().is_relative_to(self._root)
        except (OSError, RuntimeError, ValueError):
            inside = False
        if not inside:
            self._say("F005", name, key)
            return None, ""
        return path, sheet

    def _sibling(self, path: Path, name: str) -> Path | None:
        """Return the same table in another format, when it is there."""
        for kind in _KINDS:
            other = path.with_suffix(kind)
            if other != path and other.is_file() and other.resolve().is_relative_to(self._root):
                self._found.append(Finding("F015", "note", file=other.name, params={"name": shown(name)}))
                return other
        return None

    def _names(self) -> list[str]:
        try:
            tables = (path for path in self._folder.iterdir() if path.suffix.lower() in _KINDS)
            return sorted(path.name for path in tables if path.is_file())
        except OSError:
            return []

    def _say(self, code: str, name: str, key: tuple[str, ...], **params: object) -> None:
        row, column = line_of(self._lines, key), ".".join(key)
        params["name"] = shown(name)
        self._found.append(Finding(code, "error", _FILE, row, column, shown(name), params))
