"""The positioning as a subject of briefs: what places are good for, at which scope, among which peers."""

from innohub.brief.ledger import Ledger
from innohub.brief.model import Kind
from innohub.brief.position.annex import annex, method
from innohub.brief.position.cited import cited
from innohub.brief.position.front import lead, messages, title
from innohub.brief.position.known import Known, is_positioned
from innohub.brief.position.sections import sections
from innohub.brief.sections.annex import closing, run_box
from innohub.brief.sections.blocks import Pictures
from innohub.brief.subject import Front, Parts, Subject

_FIGURES = ("position", "peers", "triangle", "models")


def parts(book: Ledger, pictures: Pictures, kind: Kind) -> Parts:
    """Return the parts of a brief on the positioning."""
    known, short = Known(book), kind == "policy"
    front = Front(
        title=title(known),
        lead=lead(known, short=short),
        messages=tuple(book.capital(text) for text in messages(known)),
        method=(*method(known), run_box(book)),
    )
    return Parts(
        front=front,
        sections=sections(known, pictures, short=short),
        before_method=annex(known),
        after_method=(*cited(known), *closing(book)),
    )


POSITIONING = Subject(
    held=is_positioned,
    figures={"gongwen": _FIGURES, "policy": _FIGURES},
    parts=parts,
)
