"""Openness of a place: works with members elsewhere or abroad, and how many places they come from."""

import numpy as np
import pandas as pd

from innohub.ecosystem.bootstrap import FEW_WORKS, bootstrap_interval, ratio
from innohub.errors import Finding

COLUMNS = (
    "elsewhere", "elsewhere_low", "elsewhere_high", "abroad", "abroad_low", "abroad_high", "partners", "effective",
    "works",
)  # fmt: skip


def tie_kinds(ties: pd.DataFrame, place: str) -> pd.DataFrame:
    """Return the ties that touch a place with their kind: internal, inward, outward or coupled.

    Knowledge flows from an end that gives to one that takes; an end that says neither does both. Ties in which
    nothing can flow, such as of two that give, are coupled: the two act together.

    Parameters
    ----------
    ties : columns work, place, other_place, flow and other_flow ("out", "in", "both" or ""), weight.
    """
    here = ties["place"].eq(place)
    own = ties[here | ties["other_place"].eq(place)]
    here = here[own.index]
    mine, other = own["flow"].where(here, own["other_flow"]), own["other_flow"].where(here, own["flow"])
    out = mine.ne("in") & other.ne("out")
    into = mine.ne("out") & other.ne("in")
    kind = np.select([own["place"].eq(own["other_place"]), out & ~into, into & ~out],
                     ["internal", "outward", "inward"], "coupled")  # fmt: skip
    return own.assign(kind=kind)


def openness(
    members: pd.DataFrame, place: str, draws: int, rng: np.random.Generator, level: float = 0.9
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Return how open the works of a place are.

    Parameters
    ----------
    members : columns work, place ("" outside of the study), country ("" not known): a row for each member.

    Returns
    -------
    One row: elsewhere (share of the works that have a member in another place or outside of the study), abroad
    (share with a member of another country, of the works whose members' countries are known), each with _low and
    _high, partners (other places), effective (exponential of the entropy of joint works over them), works. Finding N206
    for few works.
    """
    own = members[members["work"].isin(members.loc[members["place"].eq(place), "work"])]
    home = own.loc[own["place"].eq(place) & own["country"].ne(""), "country"]
    base = home.iloc[0] if len(home) else ""
    strange = own["country"].ne(base) & own["country"].ne("") & (base != "")
    told = own.assign(
        elsewhere=own["place"].ne(place), strange=strange, unknown=own["country"].eq("") | (base == "")
    ).groupby("work")[["elsewhere", "strange", "unknown"]].any()  # fmt: skip
    # A member of unknown country leaves the work open, unless another one is known to be abroad.
    known = told["strange"] | ~told["unknown"]
    parts = pd.DataFrame(
        {"elsewhere": told["elsewhere"], "one": True, "abroad": told["strange"], "known": known}
    ).astype(float)
    away = bootstrap_interval(parts[["elsewhere", "one"]].to_numpy(), ratio, draws, rng, level)
    abroad = bootstrap_interval(parts[["abroad", "known"]].to_numpy(), ratio, draws, rng, level)
    joint = own.loc[own["place"].ne(place) & own["place"].ne("")].drop_duplicates(["work", "place"])
    share = joint["place"].value_counts(normalize=True).to_numpy()
    effective = float(np.exp(-(share * np.log(share)).sum())) if len(share) else 0.0
    row = (
        away.value,
        away.low,
        away.high,
        abroad.value,
        abroad.low,
        abroad.high,
        len(share),
        effective,
        len(told),
    )
    few = {"count": 1, "rows": (place,), "least": FEW_WORKS}
    found = (Finding("N206", "warning", params=few),) if len(told) < FEW_WORKS else ()
    return pd.DataFrame([row], columns=list(COLUMNS)), found
