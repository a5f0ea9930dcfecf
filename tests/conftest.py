"""What all tests share: the shipped study, a language, and one way to run hypothesis."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

import innohub
from innohub import Run

# Charts are drawn without a display, and findings speak English unless a test asks for Chinese.
os.environ["MPLBACKEND"] = "Agg"
os.environ["INNOHUB_LANG"] = "en"

# A slow or busy machine must not fail a property; the same examples on every machine.
settings.register_profile("house", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("house")

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def flagship_folder() -> Path:
    """The shipped study, to read only."""
    return ROOT / "examples" / "china-regions-2020"


@pytest.fixture(scope="session")
def flagship_run(flagship_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The results of the shipped study, computed once; to read only."""
    target = tmp_path_factory.mktemp("flagship") / "china-regions-2020"
    shutil.copytree(flagship_folder, target, ignore=shutil.ignore_patterns("results"))
    return innohub.run(target)


@pytest.fixture
def flagship_copy(flagship_folder: Path, tmp_path: Path) -> Path:
    """A copy of the shipped study that a test may change and run."""
    target = tmp_path / "study"
    shutil.copytree(flagship_folder, target, ignore=shutil.ignore_patterns("results"))
    return target


@pytest.fixture(scope="session")
def years_run(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The results of the shipped study of ten years, with its change, efficiency and design; to read only."""
    target = tmp_path_factory.mktemp("years") / "china-provinces"
    shutil.copytree(root / "examples" / "china-provinces", target, ignore=shutil.ignore_patterns("results"))
    return innohub.run(target)
