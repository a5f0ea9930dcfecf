"""Texts, methods, findings, run and study as the page knows them. ``webui/src/types.ts`` declares the same names."""

from typing import TypedDict


class Text(TypedDict):
    """A text in both languages."""

    zh: str
    en: str


class Method(TypedDict):
    """A method as the study names it, with its title and what the catalogue says of it."""

    spec: str
    title: Text
    note: Text
    citation: str


class Noted(TypedDict):
    """What the checks found: what it is, what to do, and where."""

    code: str
    level: str
    text: Text
    hint: Text
    file: str
    row: int | None


class RunInfo(TypedDict):
    """Which run the page shows."""

    id: str
    created: str
    version: str
    seed: int


class StudyInfo(TypedDict):
    """What the study is about, and what to keep in mind when reading it."""

    id: str
    title: Text
    question: Text
    note: Text
    year: int
    overlaps: str
    cautions: list[Text]
