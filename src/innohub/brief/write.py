"""Write briefs: the suffix of the path chooses the writer."""

from collections.abc import Callable
from pathlib import Path

from innohub.brief.build import DEFAULT_KIND, FIGURES, build_brief, draw
from innohub.brief.check import check_brief
from innohub.brief.html import write_html
from innohub.brief.markdown import write_markdown
from innohub.brief.model import Brief, Kind
from innohub.brief.pdf import write_pdf
from innohub.brief.tables import RunLike
from innohub.brief.word import write_docx
from innohub.errors import Finding, ModelError
from innohub.words import LANGUAGES, Language

SUFFIXES = (".docx", ".pdf", ".html", ".md")
Report = Callable[[Finding], None]


def brief(
    run: RunLike,
    path: str | Path,
    language: Language = "zh",
    kind: Kind | None = None,
    *,
    report: Report | None = None,
) -> Path:
    """Write the brief of a run to a file.

    Parameters
    ----------
    run : the results.
    path : where to write; the suffix chooses the writer: ``.docx``, ``.pdf``, ``.html`` or ``.md``.
    language : ``zh`` or ``en``.
    kind : ``gongwen`` (Chinese only) or ``policy``; by default the language chooses.
    report : called with each finding about the brief (numbers without a claim, missing characters).

    Raises
    ------
    ModelError
        B006 for a suffix or kind that does not exist; B007 for a run without scores.
    StoreError
        B008 when the file cannot be written.
    """
    target = Path(path)
    _known(target, language, kind)
    made = build_brief(run, language, kind)
    _report(check_brief(made), report)
    _report(write(made, target), report)
    return target


def write_all(run: RunLike, folder: str | Path, *, report: Report | None = None) -> list[Path]:
    """Write the briefs of both languages as DOCX, PDF and HTML into a folder; each figure is drawn once.

    The files are ``brief.zh.docx``, ``brief.zh.pdf``, ``brief.zh.html`` and the same in English.
    """
    room = Path(folder)
    written = []
    for language in LANGUAGES:
        pictures = draw(run, language, FIGURES[DEFAULT_KIND[language]])
        made = build_brief(run, language, pictures=pictures)
        _report(check_brief(made), report)
        for suffix in (".docx", ".pdf", ".html"):
            target = room / f"brief.{language}{suffix}"
            _report(write(made, target), report)
            written.append(target)
    return written


def write(made: Brief, path: Path) -> tuple[Finding, ...]:
    """Write a built brief by the suffix of the path and return what the writer found."""
    if path.suffix == ".pdf":
        return write_pdf(made, path)
    writers: dict[str, Callable[[Brief, Path], Path]] = {
        ".docx": write_docx,
        ".html": write_html,
        ".md": write_markdown,
    }
    writers[path.suffix](made, path)
    return ()


def _known(path: Path, language: Language, kind: Kind | None) -> None:
    if path.suffix not in SUFFIXES or (kind == "gongwen" and language != "zh") or language not in LANGUAGES:
        value = path.suffix or path.name
        known = tuple(SUFFIXES)
        raise ModelError(Finding("B006", value=value, params={"known": known}))


def _report(findings: tuple[Finding, ...], report: Report | None) -> None:
    for finding in findings if report else ():
        report(finding)  # type: ignore[misc]
