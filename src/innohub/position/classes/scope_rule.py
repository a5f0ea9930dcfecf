"""Four tiers by the widest scope in which a place stands out in enough of the three functions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import nan

import numpy as np
import pandas as pd

from innohub.catalog.scheme import Scheme, rule_text
from innohub.errors import Finding, ModelError
from innohub.index.rank import rank_scores
from innohub.position.classes.standing import Standing, standing_table
from innohub.words import LANGUAGES, Language, words

_TINY = 1e-12


@dataclass(frozen=True)
class ScopeRule:
    """The rule: a share of at least ``s`` or a rank of at most ``k`` in at least ``m`` functions.

    ``s`` or ``k`` may be ``None``, and then is not asked for.
    """

    s: float | None
    k: float | None
    m: int

    def meets(self, share: float, rank: float) -> bool | None:
        """Tell whether a function meets the bar; ``None`` when what is known does not settle it."""
        by_share = (
            None if self.s is not None and np.isnan(share) else self.s is not None and share >= self.s - _TINY
        )
        by_rank = None if self.k is not None and np.isnan(rank) else self.k is not None and rank <= self.k
        if by_share or by_rank:
            return True
        return None if by_share is None or by_rank is None else False


@dataclass(frozen=True)
class _Count:
    """In one scope: functions that meet the bar, and functions of which nothing can be said."""

    met: tuple[str, ...]
    open: tuple[str, ...]


def measure_scopes(
    values: pd.DataFrame, areas: pd.DataFrame, totals: Mapping[tuple[str, str, str], float] | None = None
) -> pd.DataFrame:
    """Measure the share and the rank of every place in every scope and function.

    Parameters
    ----------
    values : columns place, function, value (not negative).
    areas : columns place, scope, area: the area of a scope (the world, a country, a region) that holds the place.
    totals : (scope, area, function) to the total of the whole area; without it the total is that of the places
        given, which overstates every share where places are left out.

    Returns
    -------
    Columns place, function, scope, area, value, share, rank, places (how many were compared); ranks from 1 =
    highest, ties sharing the better one.
    """
    given = totals or {}
    joined = areas.merge(values, on="place", how="inner")
    parts = []
    for key, group in joined.groupby(["scope", "area", "function"], sort=False):
        x = group["value"].to_numpy(dtype=float)
        total = given.get((str(key[0]), str(key[1]), str(key[2])), float(np.nansum(x)))
        share = x / total if total > 0 else np.full(len(x), nan)
        parts.append(group.assign(share=share, rank=rank_scores(x), places=int((~np.isnan(x)).sum())))
    columns = ["place", "function", "scope", "area", "value", "share", "rank", "places"]
    return pd.concat(parts)[columns].reset_index(drop=True) if parts else pd.DataFrame(columns=columns)


def place_by_scope(
    measures: pd.DataFrame,
    found: Scheme,
    rule: ScopeRule,
    *,
    scopes: Sequence[str] = ("world", "nation", "region"),
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Give each place the tier of the widest scope in which enough functions meet the bar.

    Parameters
    ----------
    measures : columns place, function, scope, share, rank; either number may be missing.
    scopes : from the widest down, one fewer than the classes of the scheme; the last class is for the rest.

    Returns
    -------
    The table of :func:`standing_table`: ``value`` = functions that meet the bar in the scope that decides,
    ``distance`` = functions missing in the next wider scope. A place is the last class only when every scope is
    settled; else it has no class. Warnings N172 name the scopes that missing numbers leave open.

    Raises
    ------
    ModelError
        N179 when s, k, m or the number of scopes do not fit.
    """
    names = {str(entry["id"]): entry for entry in found.parameters.get("functions", ())}
    given = set(measures["function"].astype(str))
    functions = [name for name in names if name in given] + sorted(given - set(names))
    _check(rule, found, scopes, len(functions))
    _check_once(measures)
    keys = zip(*(measures[column].astype(str) for column in ("place", "scope", "function")), strict=True)
    numbers = measures[["share", "rank"]].astype(float).to_numpy()
    known = {key: rule.meets(*pair) for key, pair in zip(keys, numbers.tolist(), strict=True)}
    rows, findings = [], []
    for place in dict.fromkeys(measures["place"].astype(str)):
        counts = [_count(known, place, scope, functions) for scope in scopes]
        rows.append(_stand(place, counts, rule, names, scopes))
        limit = rows[-1].index if rows[-1].index is not None else len(scopes)
        findings += [
            Finding("N172", "warning", params={"place": place, "what": scope, "missing": count.open})
            for scope, count in list(zip(scopes, counts, strict=True))[:limit]
            if _is_open(count, rule)
        ]
    return standing_table(found, rows), tuple(findings)


def _check(rule: ScopeRule, found: Scheme, scopes: Sequence[str], functions: int) -> None:
    wrong = []
    if rule.s is None and rule.k is None:
        wrong.append(("s, k", "-", "s = 0.1, k = 3"))
    if rule.s is not None and not 0 < rule.s <= 1:
        wrong.append(("s", f"{rule.s:g}", "0 < s ≤ 1"))
    if rule.k is not None and not rule.k >= 1:
        wrong.append(("k", f"{rule.k:g}", "k ≥ 1"))
    if not 1 <= rule.m <= functions:
        wrong.append(("m", f"{rule.m}", f"1 ≤ m ≤ {functions}"))
    if len(scopes) != len(found.grades) - 1:
        wrong.append(("scopes", ", ".join(scopes), str(len(found.grades) - 1)))
    if wrong:
        raise ModelError(
            [Finding("N179", params={"name": n, "given": given, "wanted": w}) for n, given, w in wrong]
        )


def _check_once(measures: pd.DataFrame) -> None:
    key = ["place", "scope", "function"]
    twice = measures.loc[measures.duplicated(key), key].drop_duplicates()
    if len(twice):
        told = {"name": "place, scope, function", "wanted": "1"}
        rows = [", ".join(map(str, row)) for row in twice.itertuples(index=False)]
        raise ModelError([Finding("N179", value=row, params={**told, "given": row}) for row in rows])


def _count(
    known: Mapping[tuple[str, str, str], bool | None], place: str, scope: str, functions: Sequence[str]
) -> _Count:
    verdict = {name: known.get((place, scope, name)) for name in functions}
    return _Count(
        met=tuple(name for name, says in verdict.items() if says),
        open=tuple(name for name, says in verdict.items() if says is None),
    )


def _is_open(count: _Count, rule: ScopeRule) -> bool:
    return len(count.met) < rule.m <= len(count.met) + len(count.open)


def _stand(
    place: str,
    counts: Sequence[_Count],
    rule: ScopeRule,
    names: Mapping[str, Mapping[str, str]],
    scopes: Sequence[str],
) -> Standing:
    index = next((number for number, count in enumerate(counts) if len(count.met) >= rule.m), None)
    where = "" if index is None else scopes[index]
    if index is None:
        is_open = any(_is_open(count, rule) for count in counts)
        key, index = ("scope-unknown", None) if is_open else ("scope-none", len(counts))
        met: tuple[str, ...] = counts[-1].met
    else:
        key, met = "scope", counts[index].met
    zh, en = (
        rule_text(
            key,
            language,
            count=len(met),
            functions=_listed(met, names, language),
            wanted=rule.m,
            bar=_test(rule, language),
            scope=rule_text(f"in-{where}", language) if where else "",
        )
        for language in LANGUAGES
    )
    above = counts[index - 1] if index else None
    return Standing(
        place=place,
        value=float(len(met)) if index is not None else nan,
        index=index,
        rule=f"{len(met)} {'<' if key != 'scope' else '≥'} {rule.m}: {' | '.join(_signs(rule))}",
        closed="left",
        distance=float(rule.m - len(above.met)) if above else nan,
        distance_in="functions" if above else "",
        rule_zh=zh,
        rule_en=en,
    )


def _test(rule: ScopeRule, language: Language) -> str:
    """Tell what a function must have: a share, a rank, or either."""
    asked = "both" if rule.s is not None and rule.k is not None else "rank" if rule.s is None else "share"
    return rule_text(f"bar-{asked}", language, share=f"{100 * (rule.s or 0):g}", rank=f"{rule.k or 0:g}")


def _signs(rule: ScopeRule) -> list[str]:
    signs = (("s ≥", rule.s), ("r ≤", rule.k))
    return [f"{sign} {number:g}" for sign, number in signs if number is not None]


def _listed(met: Sequence[str], names: Mapping[str, Mapping[str, str]], language: Language) -> str:
    labels = [names[name][language] if name in names else name for name in met]
    return words(language).say("where.list").join(labels)
