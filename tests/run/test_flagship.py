"""What must come out of the flagship study: the published tiers, and three answers to "how sure?"."""

import pytest

ORDER = [
    *("yangtze-river-delta", "jingjinji", "gba"),
    *("shandong", "northeast", "chengdu-chongqing", "hubei", "shaanxi"),
    *("fujian", "henan", "gansu", "shanxi", "yunnan", "guangxi"),
]
SCORES = (0.785, 0.651, 0.507, 0.177, 0.172, 0.167, 0.155, 0.115, 0.095, 0.071, 0.046, 0.028, 0.016, 0.011)

pytestmark = pytest.mark.reference


def ranking(run):
    scores = run.index["centre"].scores
    return scores[scores["node"].eq("centre")].sort_values("rank").set_index("place")


def probability(run, definition):
    table = run.tiers.table
    chosen = table[table["definition"].eq(definition)]
    return chosen.pivot_table(index="place", columns="tier", values="probability")


def test_scores_and_order(flagship_run):
    table = ranking(flagship_run)
    assert table.index.tolist() == ORDER
    assert table["score"].tolist() == pytest.approx(SCORES, abs=6e-4)
    assert table["rank"].tolist() == list(range(1, 15))


def test_natural_breaks_are_the_published_tiers(flagship_run):
    limits = flagship_run.tiers.limits
    raw, log = (limits[limits["scale"].eq(scale)] for scale in ("raw", "log"))
    assert raw["size"].tolist() == [3, 5, 6]
    assert raw["lower"].tolist()[:2] == pytest.approx([0.342, 0.105], abs=6e-4)
    assert raw["fit"].iloc[0] == pytest.approx(0.9414, abs=5e-5)
    assert log["size"].tolist() == [3, 7, 4]
    assert len(flagship_run.tiers.plan) == 14
    assert flagship_run.tiers.plan["agrees"].all()


def test_places(flagship_run):
    p = probability(flagship_run, "places")
    assert p.loc["shaanxi", "national"] == pytest.approx(0.77, abs=0.01)
    assert p.loc["fujian", "national"] == pytest.approx(0.23, abs=0.011)
    others = p.drop(["shaanxi", "fujian"]).max(axis=1)
    assert (others >= 0.975).all()


def test_thresholds(flagship_run):
    p = probability(flagship_run, "thresholds")
    assert p.loc["shaanxi", "national"] == pytest.approx(0.53, abs=0.011)
    assert p.loc["fujian", "national"] == pytest.approx(0.31, abs=0.01)
    assert p.loc["henan", "national"] == pytest.approx(0.10, abs=0.01)
    assert p.loc["hubei", "national"] == pytest.approx(0.94, abs=0.01)


def test_refitted(flagship_run):
    sizes = flagship_run.tiers.sizes.set_index("sizes")["probability"]
    assert sizes.index[:2].tolist() == ["1/2/11", "2/1/11"]
    assert sizes["1/2/11"] == pytest.approx(0.34, abs=0.02)
    assert sizes["2/1/11"] == pytest.approx(0.25, abs=0.02)
    assert sizes["3/6/5"] == pytest.approx(0.19, abs=0.02)
    assert sizes["3/5/6"] == pytest.approx(0.06, abs=0.015)
    p = probability(flagship_run, "refitted")
    assert p.loc["gba", "international"] == pytest.approx(0.32, abs=0.015)
    assert p.loc["jingjinji", "international"] == pytest.approx(0.66, abs=0.015)
    assert p.loc["yangtze-river-delta", "international"] == pytest.approx(0.98, abs=0.015)


def test_the_definition_is_named(flagship_run):
    assert flagship_run.tiers.definition == "places"
    assert flagship_run.tiers.probabilities.columns.tolist() == [
        "place",
        "international",
        "national",
        "regional",
    ]


def test_entropy_weights_alone_exchange_shaanxi_and_fujian(flagship_run):
    table = flagship_run.index["centre"].alternatives
    nominal = flagship_run.tiers.table.query("assigned and definition == 'places'").set_index("place")["tier"]
    moved = {
        name: sorted(
            place for place, tier in rows.set_index("place")["tier"].items() if tier != nominal[place]
        )
        for name, rows in table.groupby("alternative")
    }
    assert moved == {"entropy": ["fujian", "shaanxi"], "geometric": [], "rank": [], "zscore": []}
    assert set(table["alternative"]) == {"entropy", "rank", "zscore", "geometric"}


def test_four_nested_regions_are_left_out(flagship_run):
    places = flagship_run.table("places")
    left_out = set(places.loc[~places["ranked"], "place"])
    assert left_out == {"beijing", "shanghai", "guangdong", "liaoning"}
    assert len(flagship_run.table("overlaps")) == 4
