"""What a run says of presets: which are used and what is unknown of them, and which published values come out."""

from collections.abc import Iterable

import pandas as pd

from innohub.errors import Finding
from innohub.index.published import allowed_difference, reproduces
from innohub.run.blocks import Outcome, findings_table
from innohub.run.ground import Ground
from innohub.study import Study
from innohub.trace import digest

_PRESETS = (
    "index", "preset", "name_zh", "name_en", "edition_zh", "edition_en", "status", "source", "url",
    "verified_zh", "verified_en", "unknown_zh", "unknown_en",
)  # fmt: skip
_DEPARTURES = ("index", "preset", "key", "kind", "said", "used")
_MOST_NAMED = 8


def preset_tables(study: Study) -> dict[str, pd.DataFrame]:
    """Return the result tables presets and departures of a study that names presets; none for one that does not.

    ``presets`` has a row an index: what it follows, how well that is known, what is unknown. ``departures`` has a row
    for every key that the study wrote itself: ``departure`` where the preset says something else, ``supplied`` where
    its choice is unknown.
    """
    if not study.presets:
        return {}
    told, changes = [], []
    for index, applied in study.presets.items():
        chosen = applied.preset
        texts = (chosen.label, chosen.edition, chosen.verified, chosen.unknown)
        label, edition, verified, unknown = ([each["zh"], each["en"]] for each in texts)
        told.append(
            (
                index,
                chosen.id,
                *label,
                *edition,
                chosen.status,
                chosen.source,
                chosen.url,
                *verified,
                *unknown,
            )
        )
        changes += [(index, chosen.id, c.key, c.kind, c.said, c.used) for c in applied.changes]
    tables = {"presets": pd.DataFrame(told, columns=_PRESETS, dtype="str")}
    tables["departures"] = pd.DataFrame(changes, columns=_DEPARTURES, dtype="str")
    return tables


def reproduced_step(ground: Ground, name: str, index: Outcome) -> Outcome:
    """Compare an index with its published values, in every year of the panel that has any."""
    table = _reproduced(ground, name, index.tables["history"])
    fingerprint = digest(index.fingerprint, table.to_csv(index=False, float_format="%r"))
    tables = {"reproduced": table, "findings": findings_table(reproduced_findings(ground, name, table))}
    return Outcome(f"reproduced:{name}", fingerprint, tables, computed=True)


def rehearse_reproduced(ground: Ground, name: str, history: pd.DataFrame) -> Iterable[Finding]:
    """Return the warnings of the comparison without writing anything."""
    return reproduced_findings(ground, name, _reproduced(ground, name, history))


def _reproduced(ground: Ground, name: str, history: pd.DataFrame) -> pd.DataFrame:
    """Return the table reproduced: a row for every place and year with a published value."""
    about = ground.study.settings.index[name].published
    if about is None:
        message = f"index {name} names no published values"
        raise ValueError(message)
    values = ground.values
    told = values[values["indicator"].eq(about.indicator) & values["value"].notna()]
    told = told[told["year"].isin(ground.panel.calendar)][["place", "year", "value"]]
    told = told.rename(columns={"value": "published"}).astype({"year": "int64"})
    root = ground.model(name).tree.root
    scores = history[history["node"].eq(root)][["place", "year", "score"]]
    table = told.merge(scores, how="left", on=["place", "year"]).sort_values(["year", "place"], kind="stable")
    allowed = allowed_difference(about.digits, about.within)
    score, published = (table[column].to_numpy(dtype=float) for column in ("score", "published"))
    laid = {
        "index": name,
        "place": table["place"].to_numpy(),
        "year": table["year"].to_numpy(),
        "score": score,
        "published": published,
        "difference": score - published,
        "allowed": allowed,
        "agrees": reproduces(score, published, allowed),
    }
    return pd.DataFrame(laid)


def reproduced_findings(ground: Ground, name: str, table: pd.DataFrame) -> list[Finding]:
    """Warn of the published values that do not come out; C202."""
    lost = table[~table["agrees"]]
    if lost.empty:
        return []
    shown = [f"{row.place} {row.year}" for row in lost.head(_MOST_NAMED).itertuples()]
    shown += ["…"] if len(lost) > _MOST_NAMED else []
    within = f"{table['allowed'].iloc[0]:g}"
    params = {"count": len(lost), "total": len(table), "within": within, "which": tuple(shown)}
    column = f"index.{name}.published"
    return [Finding("C202", "warning", "study.toml", column=column, params=params)]
