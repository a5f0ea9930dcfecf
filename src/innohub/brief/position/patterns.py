"""What others do: models of foreign centres, practice modes and cases."""

from innohub.brief.model import Section
from innohub.brief.position.foreign import models
from innohub.brief.position.known import Known
from innohub.brief.position.practice import practice
from innohub.brief.sections import blocks


def patterns(known: Known, pictures: blocks.Pictures) -> list[Section]:
    """Return the section on models, modes and cases; none where the study asks for none of them."""
    found = [*models(known, pictures), *practice(known)]
    return [blocks.section(known.book, 1, known.book.say("position.patterns.title"), found)] if found else []
