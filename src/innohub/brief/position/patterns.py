"""What others do: models of foreign centres, practice modes and cases."""

from innohub.brief.model import Section
from innohub.brief.position.foreign import models
from innohub.brief.position.known import Known
from innohub.brief.position.practice import modes, registered
from innohub.brief.sections import blocks


def patterns(known: Known, pictures: blocks.Pictures) -> list[Section]:
    """Return the section on models, modes and cases; none where the study asks for neither models nor modes."""
    if not patterns_told(known):
        return []
    found = [
        *models(known, pictures),
        *modes(known),
        *blocks.paragraph(known.book, *registered(known, short=False)),
    ]
    return [blocks.section(known.book, 1, known.book.say("position.patterns.title"), found)] if found else []


def patterns_told(known: Known) -> bool:
    """Say whether models or modes fill a section; cases alone do not."""
    return bool(known.rows("model_fit") or known.rows("modes"))
