"""By what names another source may call a study's indicators, counts behind shares of the nation among them."""

import re
from collections.abc import Mapping
from dataclasses import replace

from innohub.errors import Finding
from innohub.study.columns import fold, split_unit
from innohub.study.names import Names, names_of
from innohub.study.study import Study
from innohub.study.units import is_percent

_OF_NATION = re.compile(r"national total|nation's total|of the nation|占?全国", re.IGNORECASE)
_SHARE_WORDS = re.compile(
    r"占全国的?(?:比重|比例|份额|总数的比重)?|全国占比|^shares? of (?:the )?(?:national|nation's|nation) ",
    re.IGNORECASE,
)
_COUNT_WORDS = re.compile(r"^(?:number of |total )|(?:总数|数量|总量|合计|数|量)$", re.IGNORECASE)


def is_national_share(unit: str) -> bool:
    """Say whether a unit is a percentage of the nation's total.

    >>> is_national_share("% of national total"), is_national_share("% of GDP")
    (True, False)
    """
    return is_percent(unit) and bool(_OF_NATION.search(unit))


def indicator_names(study: Study, matches: Mapping[str, str], found: list[Finding]) -> Names:
    """Return the names of the study's indicators, with those of the counts behind shares and the matches given."""
    names = names_of(study.indicators, "indicator", "P002")
    by_name = dict(names.by_name)
    for row in study.indicators.to_dict("records"):
        if is_national_share(str(row["unit"])):
            for title in (row["name_zh"], row["name_en"]):
                stem = stem_of(str(title))
                if stem and stem != fold(str(title)):
                    by_name.setdefault(stem, (str(row["indicator"]),))
    for other, own in matches.items():
        hits = names.find(own)
        if len(hits) == 1:
            by_name[fold(other)] = hits
        else:
            found.append(Finding("C163", value=own, params={"other": other, "near": names.near(own)}))
    return replace(names, by_name=by_name)


def stem_of(title: str) -> str:
    """Return what a share or a count is of, folded."""
    return fold(_COUNT_WORDS.sub("", _SHARE_WORDS.sub("", split_unit(title)[0].strip()).strip()))


def find_indicator(text: str, names: Names) -> str:
    """Return the study's indicator that a text names, "" without one; by its stem where nothing else fits."""
    hits = names.by_name.get(fold(text)) or names.find(text) or names.by_name.get(stem_of(text), ())
    return hits[0] if len(hits) == 1 else ""


def is_count(text: str, unit: str, key: str, units: Mapping[str, str], names: Names) -> bool:
    """Say whether a value is a count of which the study has the share of the nation."""
    if not is_national_share(units[key]) or (unit and is_percent(unit)):
        return False
    shares = {
        fold(key),
        *(name for name, hits in names.by_name.items() if hits == (key,) and _SHARE_WORDS.search(name)),
    }
    return bool(unit) or fold(text) not in shares
