"""The study of 31 provinces, run once for all tests of it."""

import shutil
from pathlib import Path

import pytest

import innohub
from innohub import Run


@pytest.fixture(scope="session")
def provinces(root: Path) -> Path:
    """The folder of the shipped study, to read only."""
    return root / "examples" / "china-provinces"


@pytest.fixture(scope="session")
def provinces_run(provinces: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Its results, with fewer draws of the index; to read only."""
    target = tmp_path_factory.mktemp("provinces") / "china-provinces"
    shutil.copytree(provinces, target, ignore=shutil.ignore_patterns("results"))
    settings = target / "study.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("draws = 10000", "draws = 400"), encoding="utf-8")
    return innohub.run(target)
