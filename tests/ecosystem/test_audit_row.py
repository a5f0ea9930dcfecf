"""The audit of published tables: right conventions, every common error, rounding, impossible rows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.ecosystem.audit_row import audit_table
from innohub.ecosystem.coupling import couple
from innohub.errors import ModelError, ScaleError

RNG = np.random.default_rng(11)
U = RNG.uniform(0.1, 0.9, (12, 3)).round(4)
A = np.array([0.5, 0.3, 0.2])


def printed(u=U, a=A, *, coupling=None, level=None, coordination=None, digits=4):
    """A published table: right unless told otherwise."""
    c = couple(u).coupling if coupling is None else coupling
    t = u @ a if level is None else level
    d = np.sqrt(c * t) if coordination is None else coordination
    return u, c.round(digits), t.round(digits), d.round(digits)


def codes(audit):
    return [finding.code for finding in audit.findings]


def test_a_right_table_is_found_right():
    audit = audit_table(*printed(), weights=A)
    assert audit.verdict == {"coupling": ("classic",), "level": ("weighted_mean",), "coordination": ("root",)}
    assert audit.rows["holds"].all()
    assert audit.findings == ()
    assert audit.conventions.query("convention == 'classic'")["max_error"].item() < 6e-5


def test_a_corrected_table_is_found_corrected():
    audit = audit_table(*printed(coupling=couple(U, "corrected").coupling), weights=A)
    assert audit.verdict["coupling"] == ("corrected",)
    assert audit.findings == ()


C = couple(U).coupling


@pytest.mark.parametrize(
    ("convention", "column", "values"),
    [
        ("n_missing", "coupling", C / 3),
        ("no_root", "coupling", C**3),
        ("weights_inside", "coupling", couple(U * A).coupling),
        ("weighted_means", "coupling", (U**A).prod(axis=1) / (U @ A)),
        ("plain_mean", "level", U.mean(axis=1)),
        ("sum", "level", U.sum(axis=1)),
        ("geometric_mean", "level", U.prod(axis=1) ** (1 / 3)),
        ("is_coupling", "coordination", C),
        ("no_root", "coordination", C * (U @ A)),
    ],
)
def test_every_common_error_is_named(convention, column, values):
    audit = audit_table(*printed(**{column: values}), weights=A)
    assert audit.verdict[column] == (convention,)
    assert "S345" in codes(audit)
    told = next(finding for finding in audit.findings if finding.code == "S345")
    assert convention in told.render("zh")


@pytest.mark.reference
def test_the_worked_errors_of_two_subsystems():
    u, t = np.array([[0.3, 0.6]]), np.array([0.45])
    for c, name in (
        (0.471405, "n_missing"),
        (0.888889, "no_root"),
        (0.942809, "classic"),
        (0.591608, "corrected"),
    ):
        audit = audit_table(u, np.array([c]), t, np.array([np.nan]), decimals={"scores": 6})
        assert audit.verdict["coupling"] == (name,)


def test_a_column_of_coordination_that_repeats_coupling_is_impossible_in_rows():
    audit = audit_table(*printed(coordination=C), weights=A)
    rows = audit.rows
    # D = C implies T' = C, above every score here.
    assert rows["implied_level"].to_numpy() == pytest.approx(C, abs=1e-3)
    assert codes(audit) == ["S346", "S345"]
    assert not rows["holds"].all()


def test_one_wrong_row_is_pointed_at():
    u, c, t, d = printed()
    d = d.copy()
    d[4] = 0.99
    audit = audit_table(u, c, t, d, weights=A)
    assert audit.rows.loc[~audit.rows["holds"], "row"].tolist() == [5]
    own = audit.conventions.query("column == 'coordination' and convention == 'root'").iloc[0]
    assert (own["reproduced"], own["rows"], own["holds"]) == (11, 12, False)
    assert codes(audit) == ["S346", "S337"]


def test_with_equal_weights_weights_inside_cannot_be_told():
    even = np.full(3, 1 / 3)
    audit = audit_table(*printed(a=even))
    assert audit.verdict == {"coupling": ("classic",), "level": ("weighted_mean",), "coordination": ("root",)}
    assert not audit.conventions["convention"].isin(["weights_inside", "weighted_means", "plain_mean"]).any()


def test_rows_that_cannot_tell_leave_several_conventions():
    u = np.full((3, 2), 0.5)
    one = np.ones(3)
    four = dict.fromkeys(("scores", "coupling", "level", "coordination"), 4)
    audit = audit_table(u, one, one / 2, one / 2**0.5, decimals=four)
    assert audit.verdict["coupling"][0] == "classic"
    assert set(audit.verdict["coupling"]) == {"classic", "corrected", "no_root"}
    assert audit.findings == ()


@given(st.integers(0, 10_000), st.integers(2, 4), st.integers(2, 5))
def test_rounding_never_refuses_a_right_table(seed, many, digits):
    rng = np.random.default_rng(seed)
    exact, a = rng.uniform(0.05, 0.95, (6, many)), rng.dirichlet(np.full(many, 3.0))
    c, t = couple(exact).coupling, exact @ a
    d = np.sqrt(c * t)
    audit = audit_table(
        exact.round(digits), c.round(digits), t.round(digits), d.round(digits), weights=a,
        decimals=dict.fromkeys(("scores", "coupling", "level", "coordination"), digits),
    )  # fmt: skip
    assert "classic" in audit.verdict["coupling"]
    assert "weighted_mean" in audit.verdict["level"]
    assert "root" in audit.verdict["coordination"]
    assert audit.rows["holds"].all()


def test_missing_columns_zeros_and_gaps_are_left_out():
    u = np.array([[0.0, 0.5], [0.0, 0.0], [0.3, 0.6], [np.nan, 0.4]])
    nothing = np.full(4, np.nan)
    c, d = np.array([0, np.nan, 0.9428, 0.9]), np.array([0, np.nan, 0.6514, 0.5])
    audit = audit_table(u, c, nothing, d, decimals={"scores": 4})
    assert audit.verdict["coupling"] == ("classic",)
    assert audit.verdict["level"] == ()
    assert audit.conventions.query("column == 'level'")["rows"].tolist() == [0] * 3
    assert audit.rows["holds"].isna().tolist() == [True, True, False, True]
    assert audit.findings == ()


def test_what_does_not_belong_together_is_refused():
    x = np.full(2, 0.5)
    with pytest.raises(ModelError, match="S348"):
        audit_table(np.full((3, 2), 0.5), x, x, x)
    with pytest.raises(ModelError, match="S349"):
        audit_table(np.full((2, 1), 0.5), x, x, x)
    with pytest.raises(ScaleError, match="N156"):
        audit_table(np.full((2, 2), 1.5), x, x, x)
