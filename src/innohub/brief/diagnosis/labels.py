"""Names of what registers hold: words of the catalogue by list and id, texts of the study by its labels."""

from innohub.brief.diagnosis.known import Known
from innohub.brief.model import Text
from innohub.catalog.registers import word_list


def word(known: Known, words: str, name: str) -> Text:
    """Return the name of a word of a list of the catalogue; an empty one is not stated."""
    if not name or name in ("nan", "not stated"):
        return known.book.say("diagnosis.registers.not_stated")
    found = word_list(words).get(name)
    return known.book.quote(known.book.within(found[known.book.language]) if found else name)


def label(known: Known, text: str) -> Text:
    """Return what a text of the registers is called in the language of the brief."""
    rows = known.rows("register_labels", text=text)
    told = known.told(rows[0]) if rows else ""
    return known.book.quote(told or text)
