"""What the concept means, in a few words: agglomeration is the base, innovation the core, diffusion what shows."""

from innohub.brief.model import Section
from innohub.brief.position.known import Known
from innohub.brief.sections import blocks
from innohub.catalog.functions import function_groups

PARTS = ("agglomerate", "create", "diffuse")


def concept(known: Known, pictures: blocks.Pictures, *, short: bool) -> list[Section]:
    """Return the section on the concept; none for functions of the study's own that follow another.

    A short brief shows the grid here, early.
    """
    groups = {function.group for grid in known.grids for function in grid.functions}
    book = known.book
    figure = known.figures("position", pictures) if short else []
    if not groups or not groups <= set(function_groups()):
        title = book.say("position.concept.grid_title")
        return [blocks.section(book, 1, title, figure)] if figure else []
    if short:
        found = [*blocks.paragraph(book, book.say("position.concept.short")), *figure]
    else:
        parts = [
            block
            for part in PARTS
            if part in groups
            for block in blocks.paragraph(
                book, book.say(f"position.concept.{part}"), lead=book.say(f"position.concept.{part}_lead")
            )
        ]
        found = [
            *blocks.paragraph(book, book.say("position.concept.base")),
            *parts,
            *blocks.paragraph(book, book.say("position.concept.loop")),
        ]
    return [blocks.section(book, 1, book.say("position.concept.title"), found)]
