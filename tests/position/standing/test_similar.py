"""Similar peers against scikit-learn's neighbours and brute force."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.covariance import ledoit_wolf
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import StandardScaler

from innohub.errors import ModelError, ScaleError
from innohub.position.standing.similar import similar_peers


def drawn(seed, places=14, variables=4):
    x = np.random.default_rng(seed).gamma(2, size=(places, variables))
    names = ["size", "income", "mix", "age", "density", "rain", "hills", "coast"][:variables]
    return pd.DataFrame(x, [f"p{n}" for n in range(places)], names)


@given(st.integers(0, 9999))
def test_neighbours_are_those_of_scikit_learn(seed):
    data = drawn(seed)
    z = StandardScaler().fit_transform(data)
    distance, index = NearestNeighbors(n_neighbors=6).fit(z).kneighbors(z[:1])
    found = similar_peers(data, "p0")
    chosen = found.table.loc[found.table["chosen"]]
    assert chosen["peer"].tolist() == [f"p{n}" for n in index[0][1:]]
    assert chosen["distance"].to_numpy() == pytest.approx(distance[0][1:])
    assert chosen["rank"].tolist() == [1, 2, 3, 4, 5]
    assert np.isnan(found.shrinkage)
    assert found.findings == ()


@given(st.integers(0, 9999))
def test_mahalanobis_with_ledoit_wolf_is_that_of_scikit_learn(seed):
    data = drawn(seed)
    z = StandardScaler().fit_transform(data)
    covariance, shrinkage = ledoit_wolf(z)
    metric = {
        "metric": "mahalanobis",
        "metric_params": {"VI": np.linalg.inv(covariance)},
        "algorithm": "brute",
    }
    distance, index = NearestNeighbors(n_neighbors=14, **metric).fit(z).kneighbors(z[:1])
    found = similar_peers(data, "p0", metric="mahalanobis")
    assert found.table["peer"].tolist() == [f"p{n}" for n in index[0][1:]]
    assert found.table["distance"].to_numpy() == pytest.approx(distance[0][1:])
    assert found.shrinkage == pytest.approx(shrinkage)


@given(st.integers(0, 9999), st.sampled_from(["euclid", "mahalanobis"]), st.floats(0, 0.25))
def test_parts_sum_to_the_squared_distance(seed, metric, gaps):
    data = drawn(seed, 20)
    holes = np.random.default_rng(seed + 1).random(data.shape) < gaps
    holes[:6] = False
    found = similar_peers(data.mask(holes), "p0", metric=metric)
    sums = found.parts.groupby("peer")["contribution"].sum()
    matches = found.table.loc[found.table["match"]].set_index("peer")
    assert set(sums.index) == set(matches.index)
    assert sums.reindex(matches.index).to_numpy() == pytest.approx(matches["squared"].to_numpy())
    assert found.parts.groupby("peer")["share"].sum().to_numpy() == pytest.approx(1.0)
    assert (found.parts["contribution"].dropna() >= 0).all()


@given(
    st.integers(0, 9999),
    st.sampled_from(["euclid", "mahalanobis"]),
    st.floats(0.001, 1000),
    st.floats(-50, 50),
)
def test_units_origins_and_order_change_nothing(seed, metric, factor, shift):
    data = drawn(seed)
    first = similar_peers(data, "p0", metric=metric).table.set_index("peer")["distance"]
    other = data.assign(size=data["size"] * factor + shift, income=-data["income"])
    other = other.sample(frac=1, random_state=seed)[["mix", "size", "age", "income"]]
    again = similar_peers(other, "p0", metric=metric).table.set_index("peer")["distance"]
    assert again[first.index].to_numpy() == pytest.approx(first.to_numpy(), rel=1e-6)


def test_distance_runs_both_ways():
    data = drawn(3)
    there = similar_peers(data, "p0", metric="mahalanobis").table.set_index("peer").at["p4", "distance"]
    back = similar_peers(data, "p4", metric="mahalanobis").table.set_index("peer").at["p0", "distance"]
    assert there == pytest.approx(back)


def test_a_twin_is_at_no_distance_and_ties_are_all_chosen():
    data = drawn(3, 6)
    data.loc["twin"] = data.loc["p0"]
    data.loc["other twin"] = data.loc["p0"]
    found = similar_peers(data, "p0", k=1)
    assert found.table.loc[found.table["chosen"], ["peer", "rank"]].values.tolist() == [
        ["other twin", 1],
        ["twin", 1],
    ]
    assert found.table["rank"].tolist()[:3] == [1, 1, 3]
    assert found.parts.query("peer == 'twin'")["share"].isna().all()


def test_full_shrinkage_is_the_distance_of_euclid():
    data = drawn(8)
    plain, shrunk = (
        similar_peers(data, "p0", metric=m, shrinkage=1.0).table for m in ("euclid", "mahalanobis")
    )
    assert plain["distance"].to_numpy() == pytest.approx(shrunk["distance"].to_numpy())


@pytest.mark.parametrize(
    ("missing", "share", "match"), [(0, 1.0, True), (1, 2 / 3, True), (2, 1 / 3, False), (3, 0, False)]
)
def test_missing_variables_and_the_share_that_is_needed(missing, share, match):
    data = drawn(4, 8, 3)
    data.iloc[5, :missing] = np.nan
    found = similar_peers(data, "p0")
    row = found.table.set_index("peer").loc["p5"]
    assert (row["share"], row["match"]) == (pytest.approx(share), match)
    assert row["variables"] == 3 - missing
    assert pd.isna(row["rank"]) == (not match)
    assert [finding.params["peers"] for finding in found.findings] == ([] if match else [("p5",)])
    z = (data - data.mean()) / data.std(ddof=0)
    if match:
        wanted = 3 / (3 - missing) * ((z.loc["p5"] - z.loc["p0"]) ** 2).sum()
        assert row["squared"] == pytest.approx(wanted)
    else:
        assert not row["chosen"]
        assert "p5" not in set(found.parts["peer"])


def test_gaps_of_the_place_itself_count():
    data = drawn(4, 8, 3)
    data.iloc[0, :2] = np.nan
    found = similar_peers(data, "p0")
    assert not found.table["match"].any()
    assert found.parts.empty
    assert found.findings[0].params["count"] == 7


def test_repeated_variables_are_shrunk_with_a_warning():
    data = drawn(4).assign(again=lambda t: 2 * t["size"])
    found = similar_peers(data, "p0", metric="mahalanobis", shrinkage=0)
    assert [(finding.code, finding.level) for finding in found.findings] == [("N138", "warning")]
    assert found.shrinkage >= 0.01
    assert np.isfinite(found.table["distance"]).all()
    assert "again" in found.findings[0].render("zh")


def test_fewer_places_than_variables_still_have_distances():
    found = similar_peers(drawn(4, 5, 8), "p0", metric="mahalanobis")
    assert np.isfinite(found.table["distance"]).all()


def test_variables_that_do_not_differ_are_left_out():
    found = similar_peers(drawn(4).assign(flat=7.0, lone=np.nan), "p0")
    assert found.variables == ("size", "income", "mix", "age")
    assert found.findings[0].params["variables"] == ("flat", "lone")
    assert found.table["distance"].tolist() == similar_peers(drawn(4), "p0").table["distance"].tolist()


def test_logarithms():
    data = drawn(4)
    logged = similar_peers(data, "p0", logs=["size"]).table
    assert logged.equals(similar_peers(data.assign(size=np.log(data["size"])), "p0").table)
    assert similar_peers(data, "p0", logs=["size"]).parts["value"].iloc[0] == data.at["p0", "size"]
    data.iloc[2, 0] = 0
    with pytest.raises(ScaleError):
        similar_peers(data, "p0", logs=["size"])


@pytest.mark.parametrize(
    ("data", "options", "word"),
    [
        (drawn(1), {"place": "nowhere"}, "nowhere"),
        (drawn(1, 2), {}, "2 places"),
        (drawn(1)[[]], {}, "0 variables"),
        (drawn(1), {"k": 0}, "0 peers"),
        (drawn(1), {"metric": "taxi"}, "taxi"),
        (drawn(1), {"metric": "mahalanobis", "shrinkage": 1.5}, "1.5"),
        (drawn(1), {"outcomes": ["age", "patents"]}, "age"),
        (drawn(1) * 0, {}, "No variable"),
        (pd.concat([drawn(1), drawn(1)]), {}, "twice"),
        (drawn(1, 4, 3).mask(np.eye(4, 3, dtype=bool)), {"metric": "mahalanobis"}, "Only 1"),
    ],
)
def test_questions_that_cannot_be_asked(data, options, word):
    with pytest.raises(ModelError) as caught:
        similar_peers(data, **({"place": "p0"} | options))
    assert caught.value.findings[0].code == "N136"
    assert word in caught.value.render("en")
    assert "{" not in caught.value.render("zh")
