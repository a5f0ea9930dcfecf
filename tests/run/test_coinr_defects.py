"""Where COINr goes wrong, or was reported to: the right behaviour, over its own two tables."""

import builtins

import click
import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from innohub.cli.index import command
from innohub.errors import InnohubError
from innohub.run.coinr import run_coinr
from innohub.study.coinr import read_coinr
from innohub.study.coinr_method import Method

CODES = ["1st", "专利", "c", "d"]
DATA = pd.DataFrame(
    [[1, 4, 2, 7.5], [2, np.nan, 3, 1], [3, 8, 7, 3], [5, 2, 5, np.nan], [6, 3, 1, 9], [4, 7, 9, 2]],
    columns=CODES,
    index=list("abcdef"),
)


def lay_out(folder, data=DATA, directions=(1, -1, 1, 1)):
    meta = pd.DataFrame(
        {
            "iCode": [*CODES, "P", "I"],
            "Parent": ["P", "P", "I", "I", "I", ""],
            "Direction": [*directions, 1, 1],
            "Type": ["Indicator"] * 4 + ["Aggregate"] * 2,
            "Weight": 1,
        }
    )
    meta.to_csv(folder / "iMeta.csv", index=False)
    data.rename_axis("uCode").reset_index().to_csv(folder / "iData.csv", index=False)
    return folder / "iData.csv", folder / "iMeta.csv"


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    folder = tmp_path_factory.mktemp("coinr")
    return lambda **more: read_coinr(*lay_out(folder, **more))


def index(coinr, **method):
    return run_coinr(coinr, Method(**method)).scores.set_index("uCode")["I"]


def test_the_gii_logarithm_changes_the_values(read):
    done = run_coinr(read(), Method.model_validate({"treat": "log_gii"})).stages["treated"]
    x = DATA["c"]
    np.testing.assert_allclose(done["c"], np.log((x.max() - 1) * (x - x.min()) / (x.max() - x.min()) + 1))
    assert not np.allclose(done["c"], x)


def test_a_geometric_mean_lives_with_a_gap(read):
    done = run_coinr(read(), Method(normalise="minmax(1, 100)", aggregate="geometric"))
    z = done.stages["normalised"].set_index("uCode").loc["b"]
    assert np.isnan(z["专利"])
    assert done.scores.set_index("uCode").loc["b", "P"] == pytest.approx(z["1st"])
    assert done.scores["I"].notna().all()


def copeland(x):
    """By definition, one pair at a time, on what both have."""
    wins = np.zeros((len(x), len(x)))
    for i, one in enumerate(x):
        for k, other in enumerate(x):
            both = ~np.isnan(one) & ~np.isnan(other)
            wins[i, k] = (one[both] > other[both]).sum() + (one[both] == other[both]).sum() / 2
    return (wins > wins.T).sum(axis=1) - (wins < wins.T).sum(axis=1)


def test_copeland_can_be_called(read):
    done = run_coinr(read(), Method(aggregate="copeland"))
    z = done.stages["aggregated"][["c", "d", "P"]].to_numpy()
    assert done.scores["I"].tolist() == copeland(z).tolist()


@given(order=st.permutations(range(len(DATA))))
def test_copeland_with_gaps_does_not_depend_on_the_order_of_rows(read, order):
    whole, turned = (index(read(data=data), aggregate="copeland") for data in (DATA, DATA.iloc[order]))
    pd.testing.assert_series_equal(turned[whole.index], whole)


def test_weights_of_components_are_shares_whatever_the_sign_of_the_loadings(read):
    data = DATA.fillna(5.0)
    done = [
        run_coinr(read(data=one, directions=signs), Method(weights="pca")).nominal.shares
        for one, signs in ((data, (1, -1, 1, 1)), (data * [-1, 1, 1, 1], (-1, -1, 1, 1)))
    ]
    for shares in done:
        assert (shares >= 0).all()
        assert shares[[1, 2, 3]].sum() == pytest.approx(1)
    np.testing.assert_allclose(*done, rtol=1e-9)


def test_nothing_is_asked_on_the_console(tmp_path, monkeypatch):
    def refuse(*_, **__):
        pytest.fail("a question was asked")

    for where, name in ((builtins, "input"), (click, "prompt"), (click, "confirm")):
        monkeypatch.setattr(where, name, refuse)
    tables = lay_out(tmp_path)
    method = tmp_path / "m.toml"
    method.write_text('treat = "skew_kurt(0, 0)"\nscreen = { min_available = 0.9 }\n', encoding="utf-8")
    words = ["--coinr", *tables, "--method", method, "--out", tmp_path / "out"]
    done = CliRunner().invoke(command, [str(word) for word in words], input="")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "out" / "scores.csv").exists()


def test_the_direction_of_an_aggregate_is_refused_when_it_would_be_ignored(tmp_path):
    data, meta = lay_out(tmp_path)
    meta.write_text(meta.read_text(encoding="utf-8").replace("P,I,1", "P,I,-1"), encoding="utf-8")
    with pytest.raises(InnohubError) as problem:
        read_coinr(data, meta)
    assert problem.value.findings[0].code == "M212"


def constant(column):
    return DATA.assign(**{column: 4.0})


@pytest.mark.parametrize(
    ("data", "method", "name"),
    [
        (DATA.assign(c=[-1, 2, 3, 4, 5, 6]), {"treat": "log"}, "c"),
        (DATA.assign(c=[-1, -2, -3, -4, -5, -6]), {"normalise": "frac_max"}, "c"),
        (DATA, {"normalise": "frac_max"}, "专利"),
        (DATA.assign(d=np.nan), {"impute": "column_mean"}, "d"),
        (DATA, {"weights": "pca"}, "专利"),
        (DATA, {"normalise": "minmax(0, 1)", "aggregate": "geometric"}, "1st"),
        (DATA.drop(columns="d"), {}, "d"),
        (DATA.astype(object).assign(d=["x", 1, 2, 3, 4, 5]), {}, "d"),
        (DATA, {"normalise": "dist_target(own)"}, "1st"),
    ],
)
def test_an_error_names_the_indicator(read, data, method, name):
    with pytest.raises(InnohubError) as problem:
        run_coinr(read(data=data), Method.model_validate(method))
    for language in ("zh", "en"):
        assert name in problem.value.render(language)


@pytest.mark.parametrize(
    ("method", "code"), [({"normalise": "minmax(0, 1)"}, "S104"), ({"weights": "entropy"}, "S104")]
)
def test_a_constant_indicator_is_named_in_a_warning(read, method, code):
    done = run_coinr(read(data=constant("d")), Method(**method))
    (warning,) = [finding for finding in done.findings if finding.code == code]
    assert warning.column == "d"
