"""All sections of a positioning, in the order in which a brief prints them."""

from innohub.brief.model import Section
from innohub.brief.position.base import base
from innohub.brief.position.concept import concept
from innohub.brief.position.environment import environment
from innohub.brief.position.functions import functions
from innohub.brief.position.known import Known
from innohub.brief.position.patterns import patterns
from innohub.brief.position.positioning import positioning
from innohub.brief.position.triangle import triangle
from innohub.brief.position.unevenness import with_unevenness
from innohub.brief.position.unknowns import unknowns
from innohub.brief.sections.blocks import Pictures


def sections(known: Known, pictures: Pictures, *, short: bool) -> list[Section]:
    """Return the sections on the positioning; ``short`` for a brief of a few pages."""
    return [
        *concept(known, pictures, short=short),
        *with_unevenness(known, environment(known)),
        *base(known),
        *functions(known, pictures, short=short),
        *triangle(known, pictures),
        *patterns(known, pictures),
        *positioning(known, short=short),
        *unknowns(known),
    ]
