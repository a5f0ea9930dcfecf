"""Build a brief from a run: the sections in order, numbered, with the claims that they entered."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from importlib import import_module
from typing import Any

from innohub.brief.facts import Facts, facts
from innohub.brief.ledger import Ledger
from innohub.brief.model import Block, Brief, Figure, Kind, Labels, Masthead, Section, Table, Text
from innohub.brief.sections.blocks import Pictures
from innohub.brief.subject import Parts
from innohub.brief.subjects import SUBJECTS, choose, held
from innohub.brief.tables import RunLike
from innohub.words import Language, words

DEFAULT_KIND: Mapping[Language, Kind] = {"zh": "gongwen", "en": "policy"}


def build_brief(
    run: RunLike,
    language: Language = "zh",
    kind: Kind | None = None,
    pictures: Pictures | None = None,
    *,
    subject: str | None = None,
) -> Brief:
    """Build the brief of a run on one subject in one language.

    Parameters
    ----------
    run : the results; tables that they lack leave out the sections that need them.
    language : the language of every text.
    kind : ``gongwen`` (Chinese default) or ``policy`` (English default).
    pictures : drawn charts by name; ``None`` draws those that the kind shows, ``{}`` leaves figures out.
    subject : one of :data:`innohub.brief.subjects.SUBJECTS`; by default the first that the run has.

    Raises
    ------
    ModelError
        B007 if the run has no subject of a brief, B020 if it lacks the one asked for.
    """
    chosen = kind or DEFAULT_KIND[language]
    known = facts(run)
    about = choose(known, subject)[0]
    drawn = draw(run, language, SUBJECTS[about].figures[chosen]) if pictures is None else pictures
    return _compose(Ledger(known, language), chosen, drawn, about)


def draw(run: Any, language: Language, names: Iterable[str]) -> Pictures:
    """Draw the charts that a run can show, of those named."""
    # matplotlib is heavy, and a brief without figures does not need it
    chart: Any = import_module("innohub.chart")

    # of several places each has its figure, named after it: position:guangzhou
    known = chart.names(run)
    possible = [name for wanted in names for name in known if name.partition(":")[0] == wanted]
    return {name: chart.draw(name, run, language) for name in possible}


def _compose(book: Ledger, kind: Kind, pictures: Pictures, about: str) -> Brief:
    language = book.language
    policy = kind == "policy"
    parts = SUBJECTS[about].parts(book, pictures, kind)
    front, sections, appendix = parts.front, list(parts.sections), _annex(book, parts, policy=policy)
    if policy:
        sections, tables = _without_tables(_later_figures(sections))
        appendix = (Section(2, book.say("annex.tables"), tables), *appendix) if tables else appendix
    brief = Brief(
        kind=kind,
        language=language,
        masthead=_masthead(book.facts, language),
        title=front.title,
        subtitle=book.quote(book.facts.settings.study.title.text(language)),
        lead=book.sentences([front.lead, *_others(book, about)]),
        key_messages=front.messages if policy else (),
        sections=_numbered(sections, language),
        options=parts.options,
        method=front.method if policy else (),
        annex=_numbered(appendix, language, top=2),
        claims={},
        labels=_labels(language),
        run_id=str(book.facts.manifest.get("innohub:run") or ""),
    )
    return replace(brief, claims=_used(brief, book))


def _others(book: Ledger, about: str) -> list[Text]:
    """Point to the briefs on the other subjects of the run."""
    return [book.say(f"subject.{name}.see") for name in held(book.facts) if name != about]


def _annex(book: Ledger, parts: Parts, *, policy: bool) -> tuple[Section, ...]:
    """Return the annex; the method stands in it where no box holds it."""
    method = () if policy else (Section(2, book.say("layout.method"), parts.front.method),)
    return (*parts.before_method, *method, *parts.after_method)


def _without_tables(sections: list[Section]) -> tuple[list[Section], tuple[Block, ...]]:
    """Move the tables of the sections to the annex: a short brief shows figures and keeps tables for checking."""
    tables = [block for section in sections for block in section.blocks if isinstance(block, Table)]
    rest = [replace(s, blocks=tuple(b for b in s.blocks if not isinstance(b, Table))) for s in sections]
    return rest, tuple(tables)


def _later_figures(sections: list[Section]) -> list[Section]:
    """Move figures one chapter down: they cannot float in Word, and a page should not end where a figure begins."""
    found: list[Section] = []
    waiting: list[Block] = []
    coming: list[Block] = []
    for section in [*sections, None]:
        if (section is None or section.level == 1) and found:
            last = found[-1]
            found[-1] = replace(last, blocks=(*last.blocks, *waiting))
            waiting, coming = coming, []
        if section is not None:
            coming += [block for block in section.blocks if isinstance(block, Figure)]
            found.append(
                replace(section, blocks=tuple(b for b in section.blocks if not isinstance(b, Figure)))
            )
    return [*found[:-1], replace(found[-1], blocks=(*found[-1].blocks, *waiting))]


def _used(brief: Brief, book: Ledger) -> dict[str, Any]:
    """Keep the claims that a printed text refers to, in the order of their first use."""
    named = dict.fromkeys(span.claim for _, text in brief.texts() for span in text if span.kind == "claim")
    return {key: book.claims[key] for key in named}


def _numbered(sections: Iterable[Section], language: Language, top: int = 1) -> tuple[Section, ...]:
    """Give headings the numbers of their language: 一、 and （一） in Chinese, none in English."""
    book = words(language)
    numerals = (*book.get("brief.layout.numbers"), *([""] * 99))
    counts = {1: 0, 2: 0}
    found = []
    for section in sections:
        counts[section.level] += 1
        if section.level == top:
            counts[2] = counts[2] if top == 2 else 0
        form = "heading_one" if section.level == 1 else "heading_two"
        before, after = book.get(f"brief.layout.{form}")
        number = f"{before}{numerals[counts[section.level] - 1]}{after}"
        found.append(replace(section, number=number))
    return tuple(found)


def _masthead(known: Facts, language: Language) -> Masthead:
    section = known.settings.brief
    return Masthead(
        organ=section.organ.text(language),
        kind=section.kind.text(language),
        issue=section.issue,
        mark=section.mark.text(language),
        date=section.date or _date(str(known.manifest.get("created", "")), language),
        contact=section.contact.text(language),
    )


def _date(created: str, language: Language) -> str:
    """Return the day of the run as the language writes it; a study without a date is dated by its run."""
    match = re.match(r"(\d{4})-(\d{2})-(\d{2})", created)
    if not match:
        return ""
    year, month, day = (int(part) for part in match.groups())
    book = words(language)
    name = book.get("brief.layout.months")[month - 1]
    return book.say("brief.layout.date", year=year, month=name, day=day)


def _labels(language: Language) -> Labels:
    texts = dict(words(language).get("brief.layout"))
    names = Labels.__dataclass_fields__
    return Labels(**{name: _as_label(texts[name]) for name in names})


def _as_label(text: Any) -> Any:
    return tuple(text) if isinstance(text, list) else text
