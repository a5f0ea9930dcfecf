"""What a text claims of places, beside what the grid supports, and its headings beside its conclusion."""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from innohub.errors import Finding
from innohub.position.function.claim import agree, check_claims
from innohub.run.blocks import Tables
from innohub.run.position_ground import PositionGround
from innohub.study.claims import ARGUED, CONCLUDED

_CLAIM = [
    "place", "function", "part", "claimed_scope", "claimed_year", "computed_scope", "verdict", "basis", "ready_year",
    "text_zh", "text_en", "source", "file", "row",
]  # fmt: skip
_AGREEMENT = ["place", "text", "status", "other", "text_zh", "text_en", "other_zh", "other_en", "file", "row"]


def claim_tables(base: PositionGround, cells: pd.DataFrame) -> tuple[Tables, tuple[Finding, ...]]:
    """Return the tables position_claims and claim_agreement, with what was found; none without claims."""
    claims = base.told.claims
    if claims is None:
        return {}, ()
    claims = claims[claims["place"].isin(base.told.places)]
    tested = claims[(claims["function"] != "") & (claims["scope"] != "")].reset_index(drop=True)
    checked = check_claims(tested.assign(text=tested["text_zh"]), cells, base.scopes)
    beside = tested[["part", "text_zh", "text_en", "file", "row"]]
    tables = {"position_claims": pd.concat([checked.table.drop(columns="text"), beside], axis=1)[_CLAIM]}
    rows, findings = [], list(checked.findings)
    for place in base.told.places:
        told, said = _agreement(claims[claims["place"] == place])
        rows += told
        findings += said
    table = pd.DataFrame(rows, columns=_AGREEMENT)
    tables["claim_agreement"] = table.astype({"row": "Int64"})
    return tables, tuple(findings)


def _agreement(claims: pd.DataFrame) -> tuple[list[list[object]], list[Finding]]:
    """Pair the positions that are argued with those that are concluded; nothing without both."""
    worded = claims[claims["text_zh"] != ""]
    parts = {
        part: list(dict.fromkeys(worded.loc[worded["part"] == part, "text_zh"]))
        for part in (ARGUED, CONCLUDED)
    }
    if not all(parts.values()):
        return [], []
    agreement = agree(parts[ARGUED], parts[CONCLUDED])
    first = worded.drop_duplicates(["part", "text_zh"]).to_dict("records")
    stands = {(str(row["part"]), str(row["text_zh"])): row for row in first}
    rows = [
        *(_row(stands[ARGUED, one], "matched", stands[CONCLUDED, other]) for one, other in agreement.matched),
        *(_row(stands[ARGUED, one], "missing") for one in agreement.missing),
        *(_row(stands[CONCLUDED, one], "extra") for one in agreement.extra),
    ]
    findings = []
    for finding in agreement.findings:
        part = CONCLUDED if finding.code == "N104" else ARGUED
        at = stands[part, str(finding.value)]
        findings.append(replace(finding, file=str(at["file"]), row=int(at["row"]), column="text_zh"))
    return rows, findings


def _row(
    at: Mapping[Hashable, Any], status: str, other: Mapping[Hashable, Any] | None = None
) -> list[object]:
    paired = (other["text_zh"], other["text_en"]) if other else ("", "")
    texts = [at["text_zh"], at["text_en"], *paired]
    return [at["place"], at["text_zh"], status, paired[0], *texts, at["file"], at["row"]]
