"""Build a brief from a run: the sections in order, numbered, with the claims that they entered."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from innohub.brief.facts import Facts, RunLike, facts
from innohub.brief.ledger import Ledger
from innohub.brief.model import Brief, Kind, Labels, Masthead, Section
from innohub.brief.sections.advice import advice, options
from innohub.brief.sections.annex import annex, method_box
from innohub.brief.sections.blocks import Pictures
from innohub.brief.sections.certainty import certainty
from innohub.brief.sections.front import key_messages, lead, title
from innohub.brief.sections.overall import overall
from innohub.brief.sections.plan import plan
from innohub.brief.sections.profile import profile
from innohub.brief.sections.robustness import robustness
from innohub.brief.sections.unknowns import unknowns
from innohub.words import Language, words

FIGURES: Mapping[Kind, tuple[str, ...]] = {
    "gongwen": ("ranking", "tiers", "map", "indicators", "alternatives"),
    "policy": ("ranking", "tiers", "indicators"),
}
DEFAULT_KIND: Mapping[Language, Kind] = {"zh": "gongwen", "en": "policy"}


def build_brief(
    run: RunLike, language: Language = "zh", kind: Kind | None = None, pictures: Pictures | None = None
) -> Brief:
    """Build the brief of a run in one language.

    Parameters
    ----------
    run : the results; tables that they lack leave out the sections that need them.
    language : the language of every text.
    kind : ``gongwen`` (Chinese default) or ``policy`` (English default).
    pictures : drawn charts by name; ``None`` draws those that the kind shows, ``{}`` leaves figures out.

    Raises
    ------
    ModelError
        If the run has no scores.
    """
    chosen = kind or DEFAULT_KIND[language]
    known = facts(run)
    drawn = draw(run, language, FIGURES[chosen]) if pictures is None else pictures
    return _compose(Ledger(known, language), chosen, drawn)


def draw(run: Any, language: Language, names: Iterable[str]) -> Pictures:
    """Draw the charts that a run can show, of those named."""
    from innohub import chart  # noqa: PLC0415 - matplotlib is heavy, and a brief without figures does not need it

    possible = set(chart.names(run))
    return {name: chart.draw(name, run, language) for name in names if name in possible}


def _compose(book: Ledger, kind: Kind, pictures: Pictures) -> Brief:
    language = book.language
    sections = [
        *overall(book, pictures),
        *certainty(book, pictures),
        *plan(book, pictures),
        *profile(book, pictures, full=kind == "gongwen"),
        *robustness(book, pictures),
        *unknowns(book),
        *advice(book),
    ]
    policy = kind == "policy"
    brief = Brief(
        kind=kind,
        language=language,
        masthead=_masthead(book.facts, language),
        title=title(book),
        subtitle=book.quote(book.facts.settings.study.title.text(language)),
        lead=lead(book, short=policy),
        key_messages=key_messages(book) if policy else (),
        sections=_numbered(sections, language),
        options=options(book) if policy else (),
        method=method_box(book),
        annex=_numbered(annex(book), language, top=2),
        claims={},
        labels=_labels(language),
        run_id=str(book.facts.manifest.get("run") or book.facts.manifest.get("run_id") or ""),
    )
    return replace(brief, claims=_used(brief, book))


def _used(brief: Brief, book: Ledger) -> dict[str, Any]:
    """Keep the claims that a printed text refers to, in the order of their first use."""
    named = dict.fromkeys(span.claim for _, text in brief.texts() for span in text if span.kind == "claim")
    return {key: book.claims[key] for key in named}


def _numbered(sections: Iterable[Section], language: Language, top: int = 1) -> tuple[Section, ...]:
    """Number headings as the language does: 一、 and （一） in Chinese, none in English."""
    book = words(language)
    numerals = book.get("brief.layout.numbers")
    counts = {1: 0, 2: 0}
    found = []
    for section in sections:
        counts[section.level] += 1
        if section.level == top:
            counts[2] = counts[2] if top == 2 else 0
        form = "brief.layout.heading_one" if section.level == 1 else "brief.layout.heading_two"
        found.append(replace(section, number=book.say(form, number=numerals[counts[section.level] - 1])))
    return tuple(found)


def _masthead(known: Facts, language: Language) -> Masthead:
    section = known.settings.brief
    return Masthead(
        organ=section.organ.text(language),
        kind=section.kind.text(language),
        issue=section.issue,
        mark=section.mark.text(language),
        date=section.date,
        contact=section.contact.text(language),
    )


def _labels(language: Language) -> Labels:
    texts = dict(words(language).get("brief.layout"))
    names = Labels.__dataclass_fields__
    return Labels(**{name: _as_label(texts[name]) for name in names})


def _as_label(text: Any) -> Any:
    return tuple(text) if isinstance(text, list) else text

