"""The diagnosis as a subject of briefs: what binds places, how sure that is, and what would address it."""

from innohub.brief.diagnosis.advice import advice, modes
from innohub.brief.diagnosis.annex import annex, method
from innohub.brief.diagnosis.base import base
from innohub.brief.diagnosis.binding import binding
from innohub.brief.diagnosis.framework import framework
from innohub.brief.diagnosis.front import lead, messages, title
from innohub.brief.diagnosis.joins import joins
from innohub.brief.diagnosis.known import Known
from innohub.brief.diagnosis.registers import registers
from innohub.brief.diagnosis.unknowns import unknowns
from innohub.brief.facts import Facts
from innohub.brief.ledger import Ledger
from innohub.brief.model import Kind
from innohub.brief.sections.annex import closing, run_box
from innohub.brief.sections.blocks import Pictures
from innohub.brief.subject import Front, Parts, Subject

_FIGURES = ("coupling", "obstacles", "chains", "constraints", "pillars", "synergies")
# Any of these is something to diagnose from.
_TABLES = (
    "coupling", "constraints", "obstacle_groups", "chain_fusion", "synergy", "triple_helix", "openness",
    "open_innovation", "division_tests", "register_gaps",
)  # fmt: skip


def parts(book: Ledger, pictures: Pictures, kind: Kind) -> Parts:
    """Return the parts of a brief on the diagnosis."""
    known, short = Known(book), kind == "policy"
    front = Front(
        title=title(known),
        lead=lead(known, short=short),
        messages=tuple(book.capital(text) for text in messages(known)),
        method=(*method(known), run_box(book)),
    )
    sections = [
        *framework(known),
        *base(known, pictures),
        *registers(known, pictures),
        *joins(known, pictures, short=short),
        *binding(known, pictures),
        *modes(known),
        *advice(known),
        *unknowns(known),
    ]
    return Parts(front=front, sections=sections, before_method=annex(known), after_method=closing(book))


def _held(facts: Facts) -> bool:
    return any(not facts.tables[name].empty for name in _TABLES if name in facts.tables)


DIAGNOSIS = Subject(held=_held, figures={"gongwen": _FIGURES, "policy": _FIGURES}, parts=parts)
