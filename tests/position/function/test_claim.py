"""Claims against the grid, and headings against the conclusion."""

import numpy as np
import pandas as pd
import pytest

from innohub.catalog.functions import functions as catalogue
from innohub.position.function.claim import agree, check_claims
from innohub.position.function.comparison import compare
from innohub.position.function.grid import build_grid

SCOPES = ["international", "asia-pacific", "national", "regional"]


def cells(**verdicts):
    """Cells of one function; ``asia`` stands for asia-pacific."""
    names = {"asia": "asia-pacific"}
    rows = [("a", "f", names.get(scope, scope), verdict) for scope, verdict in verdicts.items()]
    return pd.DataFrame(rows, columns=["place", "function", "scope", "verdict"])


def claim(scope, year=None):
    rows = [("a", "f", scope, year, "text", "s")]
    return pd.DataFrame(rows, columns=["place", "function", "scope", "year", "text", "source"])


def verdict(table, scope, year=None):
    found = check_claims(claim(scope, year), table, SCOPES).table.iloc[0]
    return found["verdict"], found["computed_scope"]


R, M, U = "reached", "not reached", "not tested"


@pytest.mark.parametrize(
    ("table", "scope", "expected"),
    [
        (cells(international=R, asia=R), "international", ("supported", "international")),
        (cells(international=R, asia=U), "asia-pacific", ("supported", "international")),
        (cells(international=M, asia=R), "asia-pacific", ("supported", "asia-pacific")),
        (cells(international=M, asia=R), "international", ("wider than the evidence", "asia-pacific")),
        (cells(international=M, asia=M), "asia-pacific", ("wider than the evidence", "")),
        (cells(international=U, national=R), "international", ("not tested", "national")),
        (cells(national=R), "asia-pacific", ("not tested", "national")),
        (cells(), "national", ("not tested", "")),
    ],
)
def test_verdicts(table, scope, expected):
    assert verdict(table, scope) == expected


def test_a_trend_supports_a_claim_for_a_later_year():
    table = cells(asia=M).assign(ready="by", ready_year=pd.array([2019], dtype="Int64"))
    found = check_claims(
        pd.concat([claim("asia-pacific", y) for y in (2020, 2019, 2018, None)]), table, SCOPES
    )
    assert found.table["verdict"].tolist() == ["supported"] * 2 + ["wider than the evidence"] * 2
    assert found.table["basis"].tolist() == ["trend", "trend", "", ""]
    assert found.table["ready_year"].tolist()[:2] == [2019, 2019]
    assert [(f.code, f.row) for f in found.findings] == [("N100", 4), ("N100", 5)]
    # A trend at a narrower scope is no help.
    assert verdict(table, "international", 2020)[0] == "not tested"


def test_what_the_findings_say():
    found = check_claims(claim("international"), cells(international=M, asia=R), SCOPES)
    text = found.findings[0].render("en")
    assert "wider than its evidence" in text
    assert "asia-pacific" in text
    assert [f.code for f in check_claims(claim("international"), cells(), SCOPES).findings] == ["N101"]


def test_claims_may_be_none():
    found = check_claims(claim("national").iloc[:0], cells(national=R), SCOPES)
    assert found.table.empty
    assert found.findings == ()


@pytest.mark.reference
def test_what_the_text_on_guangzhou_claims(values, functions, peers):
    # The text names its peers abroad without telling Asia-Pacific ones apart: its own peers stand for both scopes.
    near = peers[peers["scope"] == "international"].assign(scope="asia-pacific")
    both = pd.concat([peers, near])
    found = compare(values, "guangzhou", functions["indicator"], peers["place"], directions={})
    grid = build_grid(found, functions, both, SCOPES, rng=np.random.default_rng(1))
    rows = [
        ("guangzhou", f.id, f.position.scope, 2020, f.position.name["zh"], "text")
        for f in catalogue().values()
    ]
    table = check_claims(
        pd.DataFrame(rows, columns=["place", "function", "scope", "year", "text", "source"]),
        grid.cells,
        SCOPES,
    ).table
    assert table.set_index("function")["verdict"].to_dict() == {
        "talent": "supported",
        "information": "supported",
        "knowledge": "supported",
        "technology": "supported",
        "mode": "not tested",
        "technology-diffusion": "not tested",
        "product-diffusion": "not tested",
        "service-diffusion": "not tested",
    }


# Headings and conclusion

HEADINGS = [
    "国际创新人才集聚地", "国际重要的知识源", "亚太信息枢纽", "亚太创业高地",
    "亚太营销策划中心", "亚太模式创新中心", "亚太技术研发中心", "亚太技术扩散中心",
]  # fmt: skip
CONCLUSION = [
    "国际科技创新人才集聚地", "国际重要的知识源", "亚太信息枢纽", "亚太营销策划中心",
    "亚太模式创新中心", "亚太技术研发中心", "亚太扩散中心",
]  # fmt: skip


@pytest.mark.reference
def test_eight_positions_are_argued_and_seven_concluded():
    found = agree(HEADINGS, CONCLUSION)
    assert found.missing == ("亚太创业高地",)
    assert found.extra == ()
    assert dict(found.matched)["亚太技术扩散中心"] == "亚太扩散中心"
    assert [f.code for f in found.findings] == ["N102", "N103", "N103"]
    assert "8" in found.findings[0].text("reason", "en")
    assert agree(HEADINGS[::-1], CONCLUSION).missing == found.missing


def test_a_position_that_was_never_argued():
    found = agree(["亚太信息枢纽"], ["亚太信息枢纽", "全球金融中心"])
    assert found.extra == ("全球金融中心",)
    assert [f.code for f in found.findings] == ["N104"]


def test_empty_lists():
    assert agree([], ["甲"]).extra == ("甲",)
    assert agree(["甲"], []).missing == ("甲",)
    assert agree([], []).findings == ()
