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


# What the shipped study of ten years does not ask for itself, and figures and briefs can show.
YEARS = {
    "[index.capacity.change]": 'groups = "region"\nneighbours = "nearest(4)"',
    "[index.capacity.design]": (
        'normalise = ["minmax(0, 1)", "rank"]\nweights = ["equal", "entropy"]\n'
        'aggregate = ["arithmetic", "power(0.5)"]'
    ),
    "[efficiency.research]": (
        'inputs = ["rd_expenditure", "rd_personnel"]\n'
        'outputs = ["sci_papers", "invention_patents", "hightech_revenue"]\n'
        'method = "super_sbm(constant, output)"\nmalmquist = "adjacent"'
    ),
}


@pytest.fixture(scope="session")
def years_run(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The results of the shipped study of ten years with every analysis of change, choice and efficiency."""
    target = tmp_path_factory.mktemp("years") / "china-provinces"
    source = root / "examples" / "china-provinces"
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("results"))
    study = target / "study.toml"
    text = study.read_text(encoding="utf-8")
    added = [f"\n{head}\n{body}\n" for head, body in YEARS.items() if head not in text]
    study.write_text(text + "".join(added), encoding="utf-8")
    places = target / "places.csv"
    head, *rows = places.read_text(encoding="utf-8-sig").splitlines()
    if "region" not in head.split(","):
        inland = "SX AH JX HA HB HN SC CQ GZ YN XZ SN GS QH NX XJ"
        grouped = [f"{row},{'inland' if row[3:5] in inland else 'coast'}" for row in rows]
        places.write_text("\n".join([f"{head},region", *grouped]) + "\n", encoding="utf-8")
    return innohub.run(target)
