"""The results store: whole or not at all, kept when nothing changes, readable whatever happens."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

import innohub as ih
from innohub.errors import StoreError
from innohub.run import open_run, runs, store
from innohub.trace import file_digest


def digests(run):
    return {resource["name"]: resource["hash"] for resource in run.manifest["resources"]}


def edit(folder: Path, old: str, new: str, name: str = "study.toml"):
    path = folder / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def steps(run_folder):
    seen = {}
    ih.run(run_folder, progress=lambda name, computed: seen.update({name: computed}))
    return seen


def test_manifest_describes_every_table(flagship_run):
    manifest = json.loads((flagship_run.folder / "manifest.json").read_text(encoding="utf-8"))
    files = {path.name for path in flagship_run.folder.glob("*.parquet")}
    assert {resource["path"] for resource in manifest["resources"]} == files
    for resource in manifest["resources"]:
        path = flagship_run.folder / resource["path"]
        assert resource["bytes"] == path.stat().st_size
        assert resource["hash"].startswith("sha256:")
        fields = [field["name"] for field in resource["schema"]["fields"]]
        assert fields == pd.read_parquet(path).columns.tolist()
    assert manifest["innohub:seed"] == 7
    assert set(manifest["innohub:inputs"]) >= {"study.toml", "panel.csv", "places.csv"}


def test_leading_columns_keep_their_contract(flagship_run):
    contract = {
        "scores": "index node place year score score_low score_high rank rank_low rank_high",
        "weights": "index node weight",
        "acceptability": "index place rank probability",
        "wins": "index place other probability",
        "tiers": "place tier definition probability assigned",
        "findings": "code level file row",
    }
    for name, columns in contract.items():
        assert flagship_run.table(name).columns.tolist()[: len(columns.split())] == columns.split()


def test_same_inputs_same_seed_same_bytes(flagship_copy):
    first = ih.run(flagship_copy)
    shutil.rmtree(flagship_copy / "results" / "blocks")
    second = ih.run(flagship_copy, fresh=True)
    assert digests(first) == digests(second)


def test_nothing_changed_nothing_done(flagship_copy):
    first = ih.run(flagship_copy)
    assert steps(flagship_copy) == {"index:centre": False, "tiers": False}
    assert open_run(flagship_copy).folder == first.folder
    assert len(runs(flagship_copy / "results")) == 1


def test_only_what_changed_is_computed(flagship_copy):
    ih.run(flagship_copy)
    edit(flagship_copy, 'scale = "raw"', 'scale = "log"')
    assert steps(flagship_copy) == {"index:centre": False, "tiers": True}
    edit(flagship_copy, "seed = 7", "seed = 8")
    assert steps(flagship_copy) == {"index:centre": True, "tiers": True}


def test_tiers_from_stored_draws_equal_tiers_from_fresh_ones(flagship_copy):
    ih.run(flagship_copy)
    edit(flagship_copy, 'scale = "raw"', 'scale = "log"')
    reused = ih.run(flagship_copy)
    assert digests(ih.run(flagship_copy, fresh=True)) == digests(reused)


def test_a_title_changes_the_run_but_no_step(flagship_copy):
    first = ih.run(flagship_copy)
    edit(flagship_copy, "科技创新中心综合指数", "综合指数", "framework.csv")
    second = ih.run(flagship_copy)
    assert second.folder != first.folder


def test_damaged_block_is_computed_again(flagship_copy):
    first = ih.run(flagship_copy)
    for path in (flagship_copy / "results" / "blocks").rglob("scores.parquet"):
        path.write_bytes(b"broken")
    shutil.rmtree(first.folder)
    assert digests(ih.run(flagship_copy)) == digests(first)


def test_damaged_table_says_so(flagship_copy):
    run = ih.run(flagship_copy)
    (run.folder / "scores.parquet").write_bytes(b"broken")
    with pytest.raises(StoreError, match="F112"):
        open_run(flagship_copy).table("scores")


def test_no_results_yet(flagship_copy):
    with pytest.raises(StoreError, match="F113"):
        open_run(flagship_copy)


def test_two_writers_are_refused(flagship_copy):
    (flagship_copy / "results").mkdir()
    with store.writing(flagship_copy / "results"), pytest.raises(StoreError, match="F111"):
        ih.run(flagship_copy)


def test_results_that_cannot_be_written(flagship_copy):
    (flagship_copy / "results").write_text("a file, not a folder", encoding="utf-8")
    with pytest.raises(StoreError) as caught:
        ih.run(flagship_copy)
    assert caught.value.findings[0].code == "F110"
    assert "results" in caught.value.render("en")
    assert "无法" in caught.value.render("zh")


def test_stale_folders_are_swept_and_old_runs_dropped(flagship_copy):
    results = flagship_copy / "results"
    stale = results / "tmp-999999999-0"
    stale.mkdir(parents=True)
    for seed in range(20, 28):
        edit(flagship_copy, f"seed = {seed - 1 if seed > 20 else 7}", f"seed = {seed}")
        ih.run(flagship_copy)
    assert not stale.exists()
    assert len(runs(results)) == store.KEPT_RUNS
    assert len(list(results.glob("blocks/index-centre/*"))) == store.KEPT_RUNS
    kept = open_run(flagship_copy).folder
    assert len(ih.run.clean(flagship_copy, 1)) == 2 * (store.KEPT_RUNS - 1) + store.KEPT_RUNS - 1
    assert runs(results) == [kept]


@pytest.mark.slow
@pytest.mark.parametrize("delay", [0.0, 0.05, 0.1, 0.2, 0.3, 0.5])
def test_a_killed_run_leaves_the_last_good_result(flagship_copy, delay):
    good = ih.run(flagship_copy)
    before = digests(good)
    edit(flagship_copy, "seed = 7", "seed = 9")
    code = (
        "import sys, innohub as ih; ih.read_study(sys.argv[1]); print('go', flush=True); "
        "[ih.run(sys.argv[1], fresh=True) for _ in range(50)]"
    )
    child = subprocess.Popen([sys.executable, "-c", code, str(flagship_copy)], stdout=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.readline()
    time.sleep(delay)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    now = open_run(flagship_copy)
    for resource in now.manifest["resources"]:
        assert resource["hash"] == f"sha256:{file_digest(now.folder / resource['path'])}"
    if now.folder == good.folder:
        assert digests(now) == before
    after = ih.run(flagship_copy)
    assert not list((flagship_copy / "results").glob("tmp-*"))
    assert after.table("scores")["rank"].notna().all()
