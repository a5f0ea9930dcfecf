"""``innohub index`` from files to files."""

import json

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from innohub.cli.index import command
from innohub.errors import StoreError
from innohub.run.coinr import run_coinr
from innohub.study.coinr import read_coinr
from innohub.study.coinr_method import read_method

METHOD = """denominate = true
impute = "group_mean(EurAsia_group)"
screen = { min_available = 0.9 }
treat = { winsorise = 5, skew = 2, kurt = 3.5, otherwise = "log_ct" }
"""
STAGES = ["raw", "denominated", "imputed", "screened", "treated", "normalised", "aggregated"]


@pytest.fixture
def call(root, tmp_path):
    folder = root / "tests" / "reference" / "asem"
    method = tmp_path / "method.toml"
    method.write_text(METHOD, encoding="utf-8")

    def run(*more, data=folder / "ASEM_iData.csv", meta=folder / "ASEM_iMeta.csv"):
        words = ["--coinr", data, meta, "--method", method, "--out", tmp_path / "out", *more]
        done = CliRunner().invoke(command, [str(word) for word in words])
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done

    run.folder, run.method, run.out = folder, method, tmp_path / "out"
    return run


def test_every_data_set_is_written_in_full_precision(call):
    assert call().exit_code == 0
    coinr = read_coinr(call.folder / "ASEM_iData.csv", call.folder / "ASEM_iMeta.csv")
    done = run_coinr(coinr, read_method(call.method))
    for name in (*STAGES, "scores", "ranks"):
        written = pd.read_csv(call.out / f"{name}.csv")
        pd.testing.assert_frame_equal(written, done.tables[name], check_dtype=False, check_exact=True)
    for name in ("iData.csv", "iMeta.csv"):
        assert (call.out / name).read_bytes() == (call.folder / f"ASEM_{name}").read_bytes()


def test_the_folder_can_be_read_again(call):
    call()
    again = read_coinr(call.out / "iData.csv", call.out / "iMeta.csv")
    assert len(again.units) == 51


def test_files_are_replaced_only_by_force(call):
    call()
    with pytest.raises(StoreError, match="F122"):
        call()
    assert call("--force").exit_code == 0


def test_tables_given_are_never_written_over(call):
    call.out.mkdir()
    for name in ("iData.csv", "iMeta.csv"):
        text = (call.folder / f"ASEM_{name}").read_text(encoding="utf-8")
        (call.out / name).write_text(text + "\n\n", encoding="utf-8")
    before = (call.out / "iData.csv").read_bytes()
    assert call(data=call.out / "iData.csv", meta=call.out / "iMeta.csv").exit_code == 0
    assert (call.out / "iData.csv").read_bytes() == before
    assert (call.out / "ranks.csv").exists()


def test_what_was_found_is_data_on_demand(call):
    told = json.loads(call("--json").stdout)
    assert "ranks.csv" in told["files"]
    assert {finding["code"] for finding in told["findings"]} == {"R206"}


def test_denominators_from_a_table_of_their_own(call, tmp_path):
    data = pd.read_csv(call.folder / "ASEM_iData.csv")
    sizes = tmp_path / "sizes.csv"
    data[["uCode", "Area", "Energy", "GDP", "Population"]].assign(GDP=2 * data["GDP"]).to_csv(
        sizes, index=False
    )
    assert call("--denominators", sizes).exit_code == 0
    divided = pd.read_csv(call.out / "denominated.csv")
    np.testing.assert_allclose(divided["Goods"], data["Goods"] / (2 * data["GDP"]), rtol=1e-12)
    assert (call.out / "denominators.csv").read_bytes() == sizes.read_bytes()
