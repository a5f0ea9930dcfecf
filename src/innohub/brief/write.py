"""Write briefs: the suffix of the path chooses the writer."""

from collections.abc import Callable, Mapping
from pathlib import Path

from innohub.brief.build import DEFAULT_KIND, build_brief, draw
from innohub.brief.check import check_brief
from innohub.brief.facts import facts
from innohub.brief.html import write_html
from innohub.brief.markdown import write_markdown
from innohub.brief.model import Brief, Kind
from innohub.brief.pdf import write_pdf
from innohub.brief.subjects import SUBJECTS, choose, held
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
    subject: str | None = None,
    report: Report | None = None,
) -> Path:
    """Write the brief of a run on one subject to a file.

    Parameters
    ----------
    run : the results.
    path : where to write; the suffix chooses the writer: ``.docx``, ``.pdf``, ``.html`` or ``.md``.
    language : ``zh`` or ``en``.
    kind : ``gongwen`` (Chinese only) or ``policy``; by default the language chooses.
    subject : ``ranking`` or ``positioning``; by default the first that the run has.
    report : called with each finding about the brief (numbers without a claim, missing characters).

    Raises
    ------
    ModelError
        B006 for a suffix or kind that does not exist; B007 for a run that has no subject of a brief, B020 for
        one that lacks the subject asked for.
    StoreError
        B008 when the file cannot be written.
    """
    target = Path(path)
    _known(target, language, kind)
    made = build_brief(run, language, kind, subject=subject)
    _report(check_brief(made), report)
    _report(write(made, target), report)
    return target


def write_all(
    run: RunLike, folder: str | Path, *, subject: str | None = None, report: Report | None = None
) -> list[Path]:
    """Write the briefs of both languages as DOCX, PDF and HTML into a folder; each figure is drawn once.

    The files are ``brief.zh.docx``, ``brief.zh.pdf``, ``brief.zh.html`` and the same in English; of a run with
    several subjects each file carries its subject: ``brief-ranking.zh.docx``.
    """
    written = []
    for about, stem in targets(run, Path(folder) / "brief", subject).items():
        for language in LANGUAGES:
            pictures = draw(run, language, SUBJECTS[about].figures[DEFAULT_KIND[language]])
            made = build_brief(run, language, pictures=pictures, subject=about)
            _report(check_brief(made), report)
            for suffix in (".docx", ".pdf", ".html"):
                target = stem.with_name(f"{stem.name}.{language}{suffix}")
                _report(write(made, target), report)
                written.append(target)
    return written


def targets(run: RunLike, path: Path, subject: str | None = None) -> Mapping[str, Path]:
    """Return where the brief on each subject of a run goes: of several, each name carries its subject.

    Raises
    ------
    ModelError
        B007 if the run has no subject of a brief, B020 if it lacks the one asked for.
    """
    known = facts(run)
    if len(held(known)) == 1:
        return {choose(known, subject)[0]: path}
    return {name: path.with_name(f"{path.stem}-{name}{path.suffix}") for name in choose(known, subject)}


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
