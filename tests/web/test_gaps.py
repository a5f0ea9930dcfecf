"""Re-weighting a study with gaps: the page's scores are those that a run with these weights gives."""

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import innohub
from innohub.web import payload, rerank
from innohub.web.index_data import gap_rule
from innohub.web.rerank import unpack_draws

POINTS = (
    pytest.param([1.0] * 14, id="equal"),
    pytest.param([30, 0.5, 7, 12.5, 50, 1, 3, 0, 7.25, 0.01, 40, 2, 1, 1], id="uneven"),
    pytest.param([5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 0, 0, 9, 3], id="nothing on what is missing"),
    pytest.param([5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 9, 3, 0, 0], id="all on what is missing"),
)


@pytest.fixture
def study(root: Path, tmp_path: Path) -> Path:
    """The provinces in 2016, when Tibet lacks two of the four indicators of a dimension; few draws."""
    folder = tmp_path / "gaps"
    shutil.copytree(root / "examples" / "china-provinces", folder, ignore=shutil.ignore_patterns("results"))
    file = folder / "study.toml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("year = 2022", "year = 2016").replace("draws = 10000", "draws = 200")
    # Under other weights Tibet may have no score, which a design refuses.
    start = text.index("# Is it noise?")
    text = text[:start] + text[text.index("# What the provinces draw", start) :]
    # What is told of 2022 alone has nothing to say of 2016.
    text = text[: text.index("\n[position]\n")] + text[text.index("\n[brief]\n") :]
    file.write_text(text, encoding="utf-8")
    return folder


def weigh(folder: Path, points: dict[str, float]) -> None:
    """Write weights of the leaves into the framework; a dimension weighs what its leaves do."""
    file = folder / "framework.csv"
    frame = pd.read_csv(file, dtype=str, keep_default_na=False)
    leaves = frame["indicator"] != ""
    of = {node: points[node] for node in frame.loc[leaves, "node"]}
    above = frame[leaves].assign(points=list(of.values())).groupby("parent")["points"].sum()
    frame["weight"] = [of.get(node, above.get(node, "")) for node in frame["node"]]
    frame.to_csv(file, index=False)
    settings = folder / "study.toml"
    text = settings.read_text(encoding="utf-8").replace('weights = "equal"', 'weights = "given"', 1)
    settings.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("rule", ["min_share = 0.5", "min_share = 0.9", 'min_share = 0.5\nby = "weight"'])
@pytest.mark.parametrize("points", POINTS)
def test_scores_are_those_of_a_run_with_these_weights(study, points, rule):
    file = study / "study.toml"
    text = file.read_text(encoding="utf-8").replace("min_share = 0.5", rule, 1)
    file.write_text(text, encoding="utf-8")
    first = innohub.run(study)
    index = payload(first)["indices"][0]
    assert index["obstacle"] == ""
    assert any(None in row for row in index["normalised"])
    default = np.array([node["effective"] for node in index["nodes"] if node["indicator"]])
    found = rerank(
        np.array(index["normalised"], dtype=float),
        default,
        unpack_draws(index["draws"]["rows"], len(default)),
        np.array(points, dtype=float),
        (),
        rule=gap_rule(first.settings.index["capacity"], index["nodes"]),
    )
    weigh(study, dict(zip(index["leaves"], points, strict=True)))
    scores = innohub.run(study).table("scores")
    root = next(node["id"] for node in index["nodes"] if not node["parent"])
    wanted = scores[scores["node"] == root].set_index("place").reindex(index["places"])
    np.testing.assert_allclose(found.scores, wanted["score"].to_numpy(dtype=float), rtol=1e-9)
    assert found.ranks.tolist() == wanted["rank"].fillna(0).tolist()
