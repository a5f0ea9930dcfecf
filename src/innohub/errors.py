"""The error tree, and the finding: one thing that is wrong, where, and the way out.

InnohubError
 ├─ StudyError        a study folder or its study.toml cannot be used
 ├─ RecordError       a file or a cell cannot be read
 ├─ PlaceError        places are unknown, ambiguous or overlap
 ├─ PanelError        the panel of values does not carry the analysis
 ├─ ModelError        an index, tier or brief definition does not hold together
 ├─ ScaleError        a value lies outside a method's domain
 ├─ NoSolutionError   the problem as stated has no solution
 ├─ StoreError        results cannot be written or read
 └─ ExtraError        an optional part of innohub is not installed
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from innohub.words import Language, choose_language, words

Level = Literal["error", "warning", "note"]


@dataclass(frozen=True)
class Finding:
    """One thing that a check found: a stable code, the place in the input, and the values of its text.

    ``params`` fill the placeholders of the texts ``finding.<code>.title``, ``.reason`` and ``.hint``; a tuple is
    written as a list of the language, and a function gives its text in the language it is called with.
    ``row`` is the row as a spreadsheet shows it (the head is row 1).
    """

    code: str
    level: Level = "error"
    file: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    params: Mapping[str, Any] = field(default_factory=dict)

    def text(self, part: str, language: Language | None = None) -> str:
        """Return the title, reason or hint of the finding; an empty text where the part does not exist."""
        book = words(language or choose_language())
        key = f"finding.{self.code}.{part}"
        if not book.has(key):
            return ""
        known = {"file": self.file, "row": self.row, "column": self.column, "value": self.value}
        comma = book.say("where.list")
        params = {
            name: comma.join(map(str, value))
            if type(value) is tuple
            else value(book.language)
            if callable(value)
            else value
            for name, value in self.params.items()
        }
        return book.say(key, **{**known, **params})

    def where(self, language: Language | None = None) -> str:
        """Return the position as a reader would write it: file, row, column."""
        book = words(language or choose_language())
        parts = [self.file or ""]
        row, column = ("line", "key") if (self.file or "").endswith(".toml") else ("row", "column")
        parts += [book.say(f"where.{row}", row=self.row)] if self.row is not None else []
        parts += [book.say(f"where.{column}", column=self.column)] if self.column else []
        return book.say("where.join").join(part for part in parts if part)

    def render(self, language: Language | None = None) -> str:
        """Return the whole message: title, position, reason, hint."""
        language = language or choose_language()
        book = words(language)
        lines = [f"{book.say(f'level.{self.level}')}[{self.code}]: {self.text('title', language)}"]
        if where := self.where(language):
            lines.append(f"  --> {where}")
        if reason := self.text("reason", language):
            lines += [f"  {line}" for line in reason.splitlines()]
        hint = self.text("hint", language)
        more = book.say("where.more", code=self.code)
        lines.append(f"{book.say('where.hint')}{hint}{' ' if hint else ''}{more}")
        return "\n".join(lines)

    def to_json(self, language: Language | None = None) -> dict[str, Any]:
        """Return the finding as plain data, texts included."""
        texts = {part: self.text(part, language) for part in ("title", "reason", "hint")}
        place = {"file": self.file, "row": self.row, "column": self.column, "value": self.value}
        return {"code": self.code, "level": self.level, **place, **texts}


class InnohubError(Exception):
    """Something the user can put right; carries every finding at once."""

    def __init__(self, findings: Finding | Iterable[Finding]) -> None:
        self.findings = (findings,) if isinstance(findings, Finding) else tuple(findings)
        super().__init__(self.findings)

    def render(self, language: Language | None = None) -> str:
        """Return all messages, one below the other."""
        return "\n\n".join(finding.render(language) for finding in self.findings)

    def __str__(self) -> str:
        return self.render()


class StudyError(InnohubError):
    """A study folder or its study.toml cannot be used."""


class RecordError(InnohubError):
    """A file or a cell cannot be read."""


class PlaceError(InnohubError):
    """Places are unknown, ambiguous or overlap."""


class PanelError(InnohubError):
    """The panel of values does not carry the analysis."""


class ModelError(InnohubError):
    """An index, tier or brief definition does not hold together."""


class ScaleError(InnohubError):
    """A value lies outside a method's domain."""


class NoSolutionError(InnohubError):
    """The problem as stated has no solution."""


class StoreError(InnohubError):
    """Results cannot be written or read."""


class ExtraError(InnohubError):
    """An optional part of innohub is not installed."""
