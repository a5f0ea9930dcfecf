"""Whether science and technology are spread more unevenly over places than another quantity, such as output."""

import numpy as np
import pandas as pd

from innohub.errors import Finding, InnohubError, ModelError
from innohub.position.standing.unevenness import compare_unevenness
from innohub.run.standing.ask import Ask, Found, Vector, at
from innohub.study.centre_section import UnevennessSection

KEY = "position.unevenness"


def unevenness(ask: Ask) -> Found:
    """Return the table unevenness: a row an indicator that is set against another."""
    section = ask.section.unevenness
    if section is None:
        return Found({})
    places = ask.members(section.places, f"{KEY}.places") if section.places else _all(ask)
    against = _values(ask, section, section.against, places)
    rows: list[dict[str, object]] = []
    wrong: list[Finding] = []
    for code in section.indicators:
        own = _values(ask, section, code, places)
        rng = np.random.default_rng(ask.study.settings.study.seed)
        try:
            found = compare_unevenness(own, against, rng, draws=section.draws, level=section.level)
        except InnohubError as problem:
            wrong += at(problem.findings, KEY)
            continue
        rows.append({"indicator": code, "against": section.against, **vars(found), "verdict": found.verdict})
    if wrong:
        raise ModelError(wrong)
    table = pd.DataFrame(rows)
    table.insert(2, "year", section.year or ask.year)
    left_out = len(places) - int(table["places"].min())
    told = {"count": left_out, "all": len(places)}
    noticed = (Finding("N401", "warning", params=told),) if left_out else ()
    return Found({"unevenness": table}, at(noticed, KEY))


def _all(ask: Ask) -> list[str]:
    """Return the places that are ranked together; in a study that ranks none, those of the kinds positioned."""
    return list(ask.ground.selection.kept) or ask.alike(ask.positioned())


def _values(ask: Ask, section: UnevennessSection, code: str, places: list[str]) -> Vector:
    return np.asarray(ask.column(code, places, section.year, section.max_gap), dtype=np.float64)
