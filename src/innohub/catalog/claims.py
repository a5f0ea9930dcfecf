"""The words by which the claims of a text are read: qualifiers, measure words, scopes, superlatives, comparisons."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Lists = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Lexicon:
    """The declared words, each list as in ``claims.toml``.

    ``same_zh`` and ``same_en`` are pairs (written, read as), in the order in which they apply.
    """

    before: Lists
    after: Lists
    measure: Lists
    noun: Lists
    currency_sign: Mapping[str, str]
    currency_word: Mapping[str, str]
    scope: Lists
    superlative: Lists
    comparison: Lists
    label_after: tuple[str, ...]
    ordinal_after: tuple[str, ...]
    apart: Lists
    vague: tuple[str, ...]
    plan: tuple[str, ...]
    filler_zh: tuple[str, ...]
    filler_en: frozenset[str]
    same_zh: tuple[tuple[str, str], ...]
    same_en: tuple[tuple[str, str], ...]
    endings: tuple[str, ...]
    nation: tuple[str, ...]
    places: tuple[str, ...]
    conclusion: tuple[str, ...]

    def base(self, word: str) -> str:
        """Return what a measure word or noun comes to: ``count``, ``person``, a currency; "" for an unknown one.

        >>> lexicon().base("万篇"), lexicon().base("亿元"), lexicon().base("papers")
        ('count', 'CNY', 'count')
        """
        bare = word.lstrip("万亿千百十 ")
        for table in (self.measure, self.noun):
            for base, names in table.items():
                if bare in names:
                    return base
        return ""


@cache
def lexicon() -> Lexicon:
    """Return the declared words."""
    told: Mapping[str, Any] = tomllib.loads(
        files("innohub.catalog").joinpath("claims.toml").read_text(encoding="utf-8")
    )

    def lists(table: Mapping[str, list[str]]) -> Lists:
        return {name: tuple(words) for name, words in table.items()}

    return Lexicon(
        before=lists(told["qualifier"]["before"]),
        after=lists(told["qualifier"]["after"]),
        measure=lists(told["measure"]),
        noun=lists(told["noun"]),
        currency_sign=told["currency_sign"],
        currency_word=told["currency_word"],
        scope=lists(told["scope"]),
        superlative=lists(told["superlative"]),
        comparison=lists(told["comparison"]),
        label_after=tuple(told["label"]["after"]),
        ordinal_after=tuple(told["label"]["ordinal_after"]),
        apart=lists(told["apart"]),
        vague=tuple(told["vague"]["words"]),
        plan=tuple(told["plan"]["words"]),
        filler_zh=tuple(sorted(told["filler"]["zh"], key=len, reverse=True)),
        filler_en=frozenset(told["filler"]["en"]),
        same_zh=tuple((a, b) for a, b in told["same"]["zh"]),
        same_en=tuple((a, b) for a, b in told["same"]["en"]),
        endings=tuple(told["place"]["endings"]),
        nation=tuple(told["place"]["nation"]),
        places=(*told["place"]["zh"], *told["place"]["en"]),
        conclusion=tuple(told["conclusion"]["words"]),
    )
