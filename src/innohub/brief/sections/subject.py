"""The ranking as a subject of briefs: order, tiers and how sure they are."""

from innohub.brief.ledger import Ledger
from innohub.brief.model import Kind, Section
from innohub.brief.sections.advice import advice, options
from innohub.brief.sections.annex import after_method, before_method, method_box
from innohub.brief.sections.blocks import Pictures
from innohub.brief.sections.certainty import certainty
from innohub.brief.sections.choices import choices
from innohub.brief.sections.convergence import convergence
from innohub.brief.sections.efficiency import efficiency
from innohub.brief.sections.front import key_messages, lead, title
from innohub.brief.sections.history import history
from innohub.brief.sections.overall import overall
from innohub.brief.sections.plan import plan
from innohub.brief.sections.profile import profile
from innohub.brief.sections.robustness import robustness
from innohub.brief.sections.unknowns import unknowns
from innohub.brief.subject import Front, Parts, Subject

_LATER = ("history", "convergence", "efficiency", "sensitivity")


def parts(book: Ledger, pictures: Pictures, kind: Kind) -> Parts:
    """Return the parts of a brief on the ranking."""
    policy = kind == "policy"
    return Parts(
        front=Front(title(book), lead(book, short=policy), key_messages(book), method_box(book)),
        sections=sections(book, pictures, full=not policy),
        before_method=before_method(book),
        after_method=after_method(book),
        options=options(book) if policy else (),
    )


def sections(book: Ledger, pictures: Pictures, *, full: bool) -> list[Section]:
    """Return the sections in the order in which a brief prints them; ``full`` for one that has the room."""
    return [
        *overall(book, pictures),
        *certainty(book, pictures),
        *plan(book, pictures),
        *profile(book, pictures, full=full),
        *history(book, pictures),
        *convergence(book, pictures),
        *efficiency(book, pictures),
        *robustness(book, pictures),
        *choices(book, pictures),
        *unknowns(book),
        *advice(book),
    ]


RANKING = Subject(
    held=lambda facts: facts.ranked,
    figures={
        "gongwen": ("ranking", "tiers", "map", "indicators", "alternatives", *_LATER),
        "policy": ("ranking", "tiers", *_LATER),
    },
    parts=parts,
)
