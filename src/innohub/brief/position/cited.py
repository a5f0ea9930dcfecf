"""What the tables of a positioning are read from: the texts behind the catalogue, each named once."""

from collections.abc import Callable

from innohub.brief.model import Paragraph, Section
from innohub.brief.position.known import Known
from innohub.brief.position.practice import case_sources
from innohub.brief.sections import blocks
from innohub.brief.tables import text
from innohub.catalog.centres import centre_source
from innohub.catalog.checklists import checklists
from innohub.catalog.functions import functions_source
from innohub.catalog.hierarchies import hierarchies
from innohub.catalog.hub import hub_source
from innohub.catalog.models import model_source
from innohub.catalog.modes import mode_source
from innohub.catalog.scheme import scheme, scheme_names


def cited(known: Known) -> list[Section]:
    """Return the section that cites what the frames of the brief are read from; none where it uses none."""
    book = known.book
    found = [
        Paragraph(book.quote(f"{told}{book.label('position.cited.end')}"), book.say(f"position.cited.{name}"))
        for name, find in _SOURCES.items()
        if (told := book.label("position.cited.join").join(dict.fromkeys(_ended(s) for s in find(known))))
    ]
    return [blocks.section(book, 2, book.say("position.cited.title"), found)] if found else []


def _ended(source: str) -> str:
    return source.rstrip("。.")


def _models(known: Known) -> list[str]:
    return [model_source(known.book.language)] if known.rows("model_fit") else []


def _modes(known: Known) -> list[str]:
    return [mode_source(known.book.language)] if known.rows("modes") else []


def _frames(known: Known) -> list[str]:
    used = dict.fromkeys(str(row["hierarchy"]) for row in known.rows("rollups"))
    return [hierarchies()[name].source for name in used if name in hierarchies()]


def _classes(known: Known) -> list[str]:
    used = dict.fromkeys(str(row["scheme"]) for row in known.rows("classes"))
    return [scheme(name).source for name in used if name in scheme_names()]


def _functions(known: Known) -> list[str]:
    used = known.rule is not None and known.rule.functions == "catalogue" and bool(known.grids)
    return [functions_source()] if used else []


def _hub(known: Known) -> list[str]:
    used = known.rows("triangle") or known.rows("balance") or known.rows("hub_position")
    return [hub_source(known.book.language)] if used else []


def _centres(known: Known) -> list[str]:
    used = known.rows("laboratories") or known.rows("centre_path")
    return [centre_source(known.book.language)] if used else []


def _checklists(known: Known) -> list[str]:
    used = dict.fromkeys(str(row["tier"]) for row in known.rows("checklists"))
    return [checklists()[tier].source for tier in used if tier in checklists()]


def _stages(known: Known) -> list[str]:
    return [text(row.get("source")) for row in known.rows("stages") if text(row.get("source"))]


_SOURCES: dict[str, Callable[[Known], list[str]]] = {
    "functions": _functions,
    "hub": _hub,
    "centres": _centres,
    "classes": _classes,
    "checklists": _checklists,
    "stages": _stages,
    "frames": _frames,
    "models": _models,
    "modes": _modes,
    "cases": case_sources,
}
