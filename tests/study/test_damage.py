"""Damaged files of every kind give findings, never a traceback, and stay as they were."""

import io
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innohub.study import check_study

_SCRAPS = [
    b'"', b",", b"\n", b"\r", b";", b"\t", b"{", b"[", b"=", b"%", b"~", b"#", b"\x00", b"\xff", b"\x1b",
    "１万".encode(),
    "�".encode(), "北京".encode(), b"-1", b"nan", b"1e999", b"../", b"<", b"</row>",
]  # fmt: skip


@st.composite
def damaged(draw, content):
    """Content with a few bytes inserted, removed or replaced."""
    data = bytearray(content)
    for _ in range(draw(st.integers(1, 5))):
        place = draw(st.integers(0, len(data)))
        kind = draw(st.sampled_from(["insert", "cut", "random"]))
        if kind == "insert":
            data[place:place] = draw(st.sampled_from(_SCRAPS))
        elif kind == "cut":
            del data[place : place + draw(st.integers(1, 40))]
        else:
            data[place : place + 1] = draw(st.binary(max_size=8))
    return bytes(data)


@pytest.fixture(scope="session")
def workbook(make_folder):
    """The sound panel as a workbook."""
    stream = io.BytesIO()
    pd.read_csv(io.StringIO(make_folder.files["panel.csv"]), dtype=str).to_excel(stream, index=False)
    return stream.getvalue()


@pytest.fixture(scope="session")
def parquet(make_folder):
    """The sound panel as Parquet."""
    stream = io.BytesIO()
    pd.read_csv(io.StringIO(make_folder.files["panel.csv"]), dtype=str).to_parquet(stream)
    return stream.getvalue()


def _check(make_folder, files):
    with tempfile.TemporaryDirectory() as name:
        folder = make_folder(Path(name))
        if "panel.csv" not in files:
            (folder.path / "panel.csv").unlink()
        for file, content in files.items():
            folder.write(file, content)
        before = {file.name: file.read_bytes() for file in folder.path.iterdir()}
        for finding in check_study(folder.path):
            assert finding.render("zh") and finding.render("en")
        assert before == {file.name: file.read_bytes() for file in folder.path.iterdir()}


@settings(max_examples=60)
@given(data=st.data())
def test_damaged_text(make_folder, data):
    name = data.draw(st.sampled_from(sorted(make_folder.files)))
    content = data.draw(damaged(make_folder.files[name].encode()))
    _check(make_folder, {"panel.csv": make_folder.files["panel.csv"], name: content})


@settings(max_examples=25)
@given(data=st.data())
def test_damaged_workbook(make_folder, workbook, data):
    _check(make_folder, {"panel.xlsx": data.draw(damaged(workbook))})


@settings(max_examples=25)
@given(data=st.data())
def test_damaged_parquet(make_folder, parquet, data):
    _check(make_folder, {"panel.parquet": data.draw(damaged(parquet))})


@settings(max_examples=25)
@given(
    content=st.binary(max_size=300),
    name=st.sampled_from(["study.toml", "panel.csv", "panel.xlsx", "panel.parquet"]),
)
def test_random_bytes(make_folder, content, name):
    _check(make_folder, {name: content})
