"""Tier methods, tiers of experts and GaWC classes through a study folder."""

import numpy as np
import pytest

import innohub as ih
from innohub.errors import InnohubError
from innohub.run import check

SCORES = {"x": {2015: [9.0, 5.0, 4.5, 2.0, 1.5, 1.0, 0.9, 0.8, 0.7, 0.6]}}


def tiers(method, names=("international", "national", "regional"), more=""):
    listed = ", ".join(f'"{name}"' for name in names)
    return f'\n[tiers]\nindex = "i"\nmethod = "{method}"\nnames = [{listed}]\n{more}'


def errors(folder):
    return [(f.code, f.file, f.row) for f in check(folder) if f.level == "error"]


@pytest.mark.parametrize(
    ("method", "sizes"),
    [
        ("kmeans", [1, 2, 7]),
        ("natural_breaks", [1, 2, 7]),
        ("quota(0.1, 0.2)", [1, 2, 7]),
        ("quota(0.25, 0.25)", [3, 2, 5]),
        ("quantile(0.9, 0.5)", [1, 4, 5]),
        ("mean_sd", [3, 2, 5]),
        ("mean_sd(c = 0.2)", [3, 0, 7]),
    ],
)
def test_every_method_reaches_the_tables(write_study, method, sizes):
    folder = write_study(SCORES, tiers(method))
    run = ih.run(folder)
    limits = run.table("tier_limits").query("scale == 'raw'")
    assert limits["size"].tolist() == sizes
    table = run.table("tiers")
    assigned = table.query("assigned and definition == 'places'")
    counted = [(assigned["tier"] == name).sum() for name in ("international", "national", "regional")]
    assert counted == sizes
    sums = table.groupby(["place", "definition"])["probability"].sum()
    assert sums.to_numpy() == pytest.approx(np.ones(len(sums)))


@pytest.mark.parametrize(
    ("method", "code"),
    [
        ("quota(0.1)", "M006"),
        ("quantile(0.9, 0.8, 0.1)", "M006"),
        ("kmeans(3)", "M103"),
        ("kmeans(seed = 7)", "M103"),
        ("quantile(0.1, 0.8)", "N300"),
        ("quota(0.9, 0.2)", "N301"),
        ("mean_sd(-1)", "N302"),
        ("quantile(0.9, 0.5, closed = both)", "M103"),
        ("kmean", "M102"),
    ],
)
def test_bad_methods_are_known_before_a_run(write_study, method, code):
    folder = write_study(SCORES, tiers(method))
    hits = [f for f in check(folder) if f.level == "error"]
    assert [f.code for f in hits] == [code]
    for language in ("zh", "en"):
        assert hits[0].text("hint", language) and "{" not in hits[0].render(language)
    with pytest.raises(InnohubError):
        ih.run(folder)


def test_mean_and_deviation_need_three_names(write_study):
    folder = write_study(SCORES, tiers("mean_sd", ("international", "national")))
    assert [code for code, _, _ in errors(folder)] == ["M006"]


LABELS = "place,tier,expert,source\np1,international,A,them\np1,national,B,them\np4,national,A,them\np5,区域级,A,them"


def test_tiers_of_experts_stand_beside_the_computed_ones(write_study):
    method = tiers("quota(0.1, 0.2)", more='expert = "labels.csv"\nprobability = "places"\n')
    with_labels = ih.run(write_study(SCORES, method, files={"labels.csv": LABELS}))
    table = with_labels.table("expert_tiers")
    assert table[["place", "expert", "given", "assigned", "agrees", "apart"]].to_numpy().tolist() == [
        ["p1", "A", "international", "international", True, 0],
        ["p1", "B", "national", "international", False, -1],
        ["p4", "A", "national", "regional", False, 1],
        ["p5", "A", "regional", "regional", True, 0],
    ]
    assert table[["file", "row"]].to_numpy().tolist() == [["labels.csv", row] for row in (2, 3, 4, 5)]
    chance = (
        with_labels.table("tiers").query("definition == 'places'").set_index(["place", "tier"])["probability"]
    )
    assert table["probability"].tolist() == [
        chance[p, g] for p, g in zip(table["place"], table["given"], strict=True)
    ]
    # The label moves no place.
    plain = ih.run(write_study(SCORES, tiers("quota(0.1, 0.2)", more='probability = "places"\n')))
    assert plain.table("tiers").equals(with_labels.table("tiers"))
    assert not (plain.folder / "expert_tiers.parquet").exists()
    changed = write_study(SCORES, method, files={"labels.csv": LABELS.replace("p4,national", "p4,regional")})
    assert ih.run(changed).table("expert_tiers")["agrees"].tolist() == [True, False, True, True]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("place,tier\np1,intl", ("M261", "labels.csv", 2)),
        ("place,tier\np99,national", ("P001", "labels.csv", 2)),
        ("place,tier\np1,national\np1,regional", ("M260", "labels.csv", 3)),
        ("place,tier\np1,", ("P020", "labels.csv", 2)),
        ("place\np1", ("R011", "labels.csv", None)),
    ],
)
def test_bad_tiers_of_experts(write_study, labels, expected):
    method = tiers("natural_breaks", more='expert = "labels.csv"\n')
    assert errors(write_study(SCORES, method, files={"labels.csv": labels})) == [expected]


def test_a_table_of_experts_that_is_not_there_and_places_without_a_tier(write_study):
    method = tiers("natural_breaks", more='expert = "labels.csv"\n')
    assert [(code, file) for code, file, _ in errors(write_study(SCORES, method))] == [("F004", "study.toml")]
    values = {"x": {2015: [9.0, 5.0, 4.5, 2.0, None]}}
    folder = write_study(values, method, files={"labels.csv": "place,tier\np5,national\np1,national"})
    (hit,) = [f for f in check(folder) if f.code == "L217"]
    assert (hit.level, hit.file, hit.row) == ("warning", "labels.csv", 2) and "p5" in hit.render("en")
    assert ih.run(folder).table("expert_tiers")["place"].tolist() == ["p1"]


GAWC = '\n[position]\nplaces = ["p1"]\n[position.scheme.gawc-12]\nindicator = "x"\n'
LIMITS = [100.0, 90, 80, 70, 60, 50, 40, 30, 20, 10, 5]
CLASSES = [
    "alpha++", "alpha+", "alpha", "alpha-", "beta+", "beta", "beta-", "gamma+", "gamma", "gamma-",
    "high-sufficiency", "sufficiency",
]  # fmt: skip


def gawc(write_study, values, limits, closed="left"):
    more = GAWC + f"limits = {[float(x) for x in limits]}\n" + (f'closed = "{closed}"\n' if closed else "")
    return write_study({"x": {2015: list(values)}}, more)


@pytest.mark.parametrize(("closed", "shift"), [("left", 0), ("right", 1)])
def test_gawc_takes_the_users_limits_and_gives_all_twelve_classes(write_study, closed, shift):
    on = [float(limit) for limit in LIMITS]
    beyond = [limit + (-1e-6 if closed == "left" else 1e-6) for limit in on]
    run = ih.run(gawc(write_study, [*on, *beyond], LIMITS, closed))
    found = run.table("classes")["class"].tolist()
    assert found[:11] == [CLASSES[at + shift] for at in range(11)]
    assert found[11:] == [CLASSES[at + 1 - shift] for at in range(11)]
    row = run.table("classes").iloc[1]
    assert row["next_class"] == CLASSES[shift] and row["distance"] == pytest.approx(10 * (1 - shift))
    assert row["status"] == "names only"


def test_a_twelfth_limit_is_the_floor_of_the_lowest_class(write_study):
    run = ih.run(gawc(write_study, [5.0, 4.9999, 1.0, 0.9999, 100.0], [*LIMITS, 1]))
    table = run.table("classes").set_index("place")
    assert table["class"].to_dict() == {
        "p1": "high-sufficiency", "p2": "sufficiency", "p3": "sufficiency", "p4": "", "p5": "alpha++",
    }  # fmt: skip
    below = table.loc["p4"]
    assert below["next_class"] == "sufficiency" and below["distance"] == pytest.approx(0.0001)
    assert below["rule"] == "x < 1" and below["value"] == pytest.approx(0.9999)
    right = ih.run(gawc(write_study, [1.0, 1.0001], [*LIMITS, 1], "right")).table("classes")
    assert right["class"].tolist() == ["", "sufficiency"] and right["rule"].iloc[0] == "x ≤ 1"


@pytest.mark.parametrize(
    ("limits", "closed", "code"),
    [
        (LIMITS[:-1], "left", "N165"),
        ([*LIMITS, 1, 0], "left", "N165"),
        (LIMITS[::-1], "left", "N165"),
        ([*LIMITS[:-1], 10], "left", "N165"),
        (LIMITS, "", "N167"),
        ([], "left", "N163"),
    ],
)
def test_bad_limits_of_gawc(write_study, limits, closed, code):
    folder = gawc(write_study, [1.0, 2, 3], limits, closed)
    hits = [f for f in check(folder) if f.level == "error"]
    assert [f.code for f in hits] == [code]
    for language in ("zh", "en"):
        assert "{" not in hits[0].render(language)
    with pytest.raises(InnohubError):
        ih.run(folder)
