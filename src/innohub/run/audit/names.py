"""What conventions are called, with their numbers, in a language."""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from innohub.index.audit import Fit, Outcome
from innohub.words import Language, words

_CALL = re.compile(r"(?P<name>[a-z_]+)\((?P<numbers>[^()]*)\)")


def number(value: float) -> str:
    """Write a number as short as five significant digits allow, with a true minus sign.

    >>> number(0.5), number(75000.0), number(-1.23456789)
    ('0.5', '75000', '−1.2346')
    """
    if not np.isfinite(value):
        return "∞"
    text = f"{value:.5g}"
    if "e" in text:
        text = f"{value:.0f}" if abs(value) >= 1 else f"{value:.8f}".rstrip("0").rstrip(".")
    return text.replace("-", "−")


def convention(fit: Fit, aspect: str, language: Language) -> str:
    """Name a convention with all that it leaves to choose."""
    book, told = words(language), fit.parameters
    if aspect == "aggregation":
        mean = book.say(f"audit.mean.{fit.convention}")
        if told.get("normaliser", "none") == "none":
            return mean
        scale = normaliser(str(told["normaliser"]), told, language)
        return book.say("audit.after", mean=mean, normaliser=scale)
    if aspect == "normalisation":
        return normaliser(fit.convention, told, language)
    if aspect == "classes":
        side = book.say(f"audit.side.{told['side']}") if told["side"] else book.say("audit.side.given")
        return book.say("audit.scheme", scheme=fit.convention, side=side)
    if aspect == "ranks":
        rule = book.say(f"audit.rank.{fit.convention}")
        return book.say("audit.ranked", rule=rule, best=book.say(f"audit.best.{_end(told)}"))
    return book.say(f"audit.{aspect}.{fit.convention}")


def normaliser(name: str, told: Mapping[str, Any], language: Language) -> str:
    """Name a normaliser, its direction, the rows its bounds are of, its goalposts and caps."""
    book = words(language)
    if name.startswith("goalposts"):
        ends = {end: number(float(told[end])) for end in ("lower", "upper")}
        parts = [book.say(f"audit.normaliser.{name}", **ends, top=number(float(told["top"])))]
        parts += [book.say(f"audit.cap.{cap}") for cap in told["caps"]]
    else:
        times = name.startswith("100 ")
        bare = name.removeprefix("100 ")
        call = _CALL.fullmatch(bare)
        if bare.startswith("percentile"):
            parts = [book.say("audit.normaliser.percentile", formula=bare.removeprefix("percentile")[1:-1])]
        elif bare.startswith("rank"):
            parts = [book.say(f"audit.rank.{bare[5:-1]}")]
        else:
            numbers = [text.strip() for text in call["numbers"].split(",")] if call else []
            key = call["name"] if call else bare
            key += f"_ddof{numbers.pop()}" if key == "zscore" else ""
            parts = [book.say(f"audit.normaliser.{key}", **dict(zip(("a", "b"), numbers, strict=False)))]
        parts += [book.say("audit.times")] if times else []
    directions = told.get("directions", (told.get("direction", 1),))
    if any(sign < 0 for sign in directions):
        turned = [str(place + 1) for place, sign in enumerate(directions) if sign < 0]
        key = "audit.cost_columns" if len(directions) > 1 else "audit.cost"
        parts.append(book.say(key, columns=book.say("where.list").join(turned)))
    if told.get("over") == "rows_and_totals":
        parts.append(book.say("audit.with_totals"))
    return book.say("audit.join").join(parts)


def _end(told: Mapping[str, Any]) -> str:
    return "first" if told["best"] == 1 else "last"


def verdict_sentence(outcome: Outcome, file: str, inputs: tuple[str, ...], language: Language) -> str:
    """Write what was found as a sentence that can be cited."""
    book = words(language)
    names = list(dict.fromkeys(convention(fit, outcome.aspect, language) for fit in outcome.fits))
    about = {
        "file": file,
        "aspect": book.say(f"audit.aspect.{outcome.aspect}"),
        "column": outcome.column or book.say("audit.whole"),
        "total": outcome.rows,
        "count": outcome.detail.get("conventions", len(outcome.tested)),
    }
    if outcome.verdict == "undecidable":
        way = f"audit.best.{_end(outcome.fits[0].parameters)}" if outcome.reason == "no_ties" else ""
        reason = book.say(f"audit.reason.{outcome.reason or 'chance'}", best=book.say(way) if way else "")
        return book.say("audit.undecidable", **about, reason=reason)
    if outcome.verdict == "none":
        return book.say("audit.none", **about) + _nearest(outcome, language)
    best = outcome.fits[0]
    about |= {"rows": best.rows, "residual": number(best.residual), "convention": names[0]}
    about |= {"confidence": book.say(f"audit.confidence.{outcome.confidence}")}
    if outcome.verdict == "one":
        text = book.say("audit.one", **about)
    else:
        text = book.say("audit.several", **about, conventions=book.say("where.list").join(names))
    return text + _more(outcome, inputs, language)


def _nearest(outcome: Outcome, language: Language) -> str:
    if outcome.nearest is None or not np.isfinite(outcome.nearest.residual):
        return ""
    near = outcome.nearest
    told = {"convention": convention(near, outcome.aspect, language), "rows": len(near.misfits)}
    return words(language).say("audit.nearest", **told, residual=number(near.residual))


def _more(outcome: Outcome, inputs: tuple[str, ...], language: Language) -> str:
    """Add the weights, whether they are decided, whether inputs were rounded, and what the text states."""
    book, best, text = words(language), outcome.fits[0], ""
    comma = book.say("where.list")
    if best.weights is not None and best.low is not None and best.high is not None:
        spans = [
            book.say("audit.weight", name=name, weight=f"{w:.3f}", low=f"{low:.4f}", high=f"{high:.4f}")
            for name, w, low, high in zip(inputs, best.weights, best.low, best.high, strict=True)
        ]
        text += book.say("audit.weights", weights=comma.join(spans))
        text += "" if best.decided else book.say("audit.loose")
    if best.parameters.get("inputs") == "unrounded":
        text += book.say("audit.unrounded")
    elif outcome.detail.get("printed_decides"):
        text += book.say("audit.printed")
    if "lower_range" in best.parameters:
        text += book.say(
            "audit.posts",
            **{
                f"{end}_{side}": number(float(best.parameters[f"{end}_range"][k]))
                for end in ("lower", "upper")
                for k, side in enumerate(("low", "high"))
            },
        )
    if stated := outcome.detail.get("stated"):
        text += book.say("audit.stated.holds" if stated["holds"] else "audit.stated.fails")
    return text
