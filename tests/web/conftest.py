"""What the tests of the page share: a run that may be changed, and the comparison of data with its declared shape."""

import math
import shutil
from pathlib import Path
from types import UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints, is_typeddict

import pandas as pd
import pytest

import innohub
from innohub.study.schema import Settings
from innohub.web import page

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))),
    None,
)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--force-color-profile=srgb"]


CHOICES = """
[index.capacity.sensitivity]
size = 16
replicates = 2
"""

# What the shipped study of provinces does not ask for: models, modes, cases, ties, paths, local types.
SECTIONS = """
[position.models]
min_share = 0.3

[position.modes]

[position.hub]
concentration = "rd_expenditure"

[position.path]
planned = true
roles.economy = { indicator = "gdp", bar = 50000 }
roles.research = { indicator = "rd_intensity_pct", bar = 2.5 }

[position.local]
measures = { science_lq = ["sci_papers", "gdp"], liveability = "rd_enterprise_pct" }
"""

FILES = {
    "slots.csv": """slot,indicator
technology,invention_patents
industry,hightech_revenue
knowledge,sci_papers
research,rd_expenditure
government,fiscal_st_share_pct
talent,rd_personnel
""",
    "actors.csv": """place,actor,kind,weight
CN-AH,A,企业,4
CN-AH,B,firm,3
CN-AH,C,university,3
CN-AH,D,institute,2
CN-AH,E,government,1
""",
    "ties_actors.csv": """place,actor,other,weight
CN-AH,A,B,2
CN-AH,B,C,5
CN-AH,C,D,3
CN-AH,D,E,1
""",
    "ties.csv": """place,other,weight,layer,directed
CN-SH,CN-AH,30,papers,true
CN-SH,CN-JS,55,papers,true
CN-JS,CN-AH,25,papers,true
CN-BJ,CN-SH,60,papers,true
CN-BJ,CN-AH,20,papers,true
CN-AH,CN-HB,10,papers,true
CN-BJ,CN-HB,35,papers,true
CN-BJ,CN-AH,8,patents,false
CN-SH,CN-AH,14,patents,false
CN-HB,CN-SH,5,patents,false
""",
}


def ask_for_more(folder: Path) -> None:
    """Ask the study in a folder for everything else that positioning computes."""
    file = folder / "study.toml"
    text = file.read_text(encoding="utf-8").replace("\n[position]\n", "\n[position]\ncases = true\n", 1)
    file.write_text(text + SECTIONS, encoding="utf-8")
    for name, table in FILES.items():
        (folder / name).write_text(table, encoding="utf-8")


class Tables:
    """A run whose tables and settings a test may change."""

    def __init__(self, run) -> None:
        self.manifest = run.manifest
        self.settings = run.settings
        self.tables = {name: run.table(name) for name in run.table_names}

    def table(self, name: str) -> pd.DataFrame:
        return self.tables[name]

    def with_settings(self, change) -> "Tables":
        data = self.settings.model_dump()
        change(data)
        self.settings = Settings.model_validate(data)
        return self


@pytest.fixture(scope="session")
def changeable():
    """Make a run whose tables and settings a test may change."""
    return Tables


def _mismatches(value: Any, kind: Any, path: str = "data") -> list[str]:
    """Compare a value with a declared type, in depth."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is UnionType:
        tries = [_mismatches(value, one, path) for one in inner]
        return min(tries, key=len)
    if not is_typeddict(kind) and origin not in (list, dict):
        return [] if fits(value, kind) else [f"{path}: {value!r} is no {kind}"]
    if not isinstance(value, list if origin is list else dict):
        return [f"{path}: {value!r} is no {kind}"]
    if is_typeddict(kind):
        parts = get_type_hints(kind)
        found = [] if set(value) == set(parts) else [f"{path}: keys {sorted(set(value) ^ set(parts))}"]
    else:
        parts = {key: inner[-1] for key in (range(len(value)) if origin is list else value)}
        found = []
    return found + [fault for key in parts for fault in _mismatches(value[key], parts[key], f"{path}.{key}")]


def fits(value: Any, kind: Any) -> bool:
    """Compare a plain value with a plain type; numbers must be finite."""
    if get_origin(kind) is Literal:
        return value in get_args(kind)
    if isinstance(value, float) and not math.isfinite(value):
        return False
    return type(value) in (int, float) if kind is float else type(value) is kind


@pytest.fixture(scope="session")
def mismatches():
    """Compare a value with a declared type, in depth."""
    return _mismatches


@pytest.fixture(scope="session")
def provinces(root: Path, tmp_path_factory: pytest.TempPathFactory):
    """The study over the years with all that positioning computes, a design and a sampled analysis; few draws."""
    folder = tmp_path_factory.mktemp("years") / "provinces"
    shutil.copytree(root / "examples" / "china-provinces", folder, ignore=shutil.ignore_patterns("results"))
    file = folder / "study.toml"
    text = file.read_text(encoding="utf-8").replace("draws = 10000", "draws = 200") + CHOICES
    file.write_text(text, encoding="utf-8")
    ask_for_more(folder)
    return innohub.run(folder)


@pytest.fixture(scope="session")
def guangzhou(root: Path, tmp_path_factory: pytest.TempPathFactory):
    """The study that positions a city and has no index."""
    folder = tmp_path_factory.mktemp("positions") / "guangzhou"
    example = root / "examples" / "guangzhou-positioning"
    shutil.copytree(example, folder, ignore=shutil.ignore_patterns("results"))
    return innohub.run(folder)


@pytest.fixture(scope="session")
def holdings(root: Path, tmp_path_factory: pytest.TempPathFactory):
    """The study of a city's registers: no index, no position."""
    folder = tmp_path_factory.mktemp("registers") / "guangzhou"
    shutil.copytree(root / "examples" / "guangzhou-2025", folder, ignore=shutil.ignore_patterns("results"))
    return innohub.run(folder)


@pytest.fixture(scope="session")
def works(root: Path, tmp_path_factory: pytest.TempPathFactory):
    """The study of who works with whom, with few draws: no index, no position."""
    folder = tmp_path_factory.mktemp("works") / "projects"
    shutil.copytree(
        root / "examples" / "eu-energy-projects", folder, ignore=shutil.ignore_patterns("results")
    )
    file = folder / "study.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("draws = 1000", "draws = 100"), encoding="utf-8")
    return innohub.run(folder)


@pytest.fixture(scope="session")
def both(flagship_run, guangzhou):
    """A run with an index and a grid of positions: the flagship's tables with those of the positions beside them."""
    run = Tables(flagship_run)
    grid = Tables(guangzhou)
    section = grid.settings.model_dump()["position"]
    run.with_settings(lambda data: data.update(position=section))
    for name, table in grid.tables.items():
        if name in ("places", "indicators", "sources", "panel"):
            run.tables[name] = pd.concat([run.tables[name], table], ignore_index=True)
        else:
            run.tables.setdefault(name, table)
    return run


@pytest.fixture(scope="session")
def exported(flagship_run, tmp_path_factory):
    """The page of the flagship."""
    return page(flagship_run, tmp_path_factory.mktemp("export") / "page.html")


@pytest.fixture(scope="module")
def browser():
    """A browser that the page is opened in; its event loop must not outlive the module."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: apt install chromium")
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as play:
        found = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def open_page(browser, exported):
    """Open the exported page at a hash; any request but the file itself, and any error, fails the test."""
    faults, contexts = [], []

    def start(hash_="lang=zh", width=1280, height=800, file=exported, ready=".ranking tbody tr"):
        context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
        contexts.append(context)
        tab = context.new_page()
        tab.set_default_timeout(10_000)
        tab.on(
            "request",
            lambda r: None if r.url.startswith(("file:", "data:", "blob:")) else faults.append(r.url),
        )
        tab.on("pageerror", lambda problem: faults.append(str(problem)))
        tab.on("console", lambda note: faults.append(note.text) if note.type == "error" else None)
        tab.goto(f"{file.as_uri()}#{hash_}")
        tab.wait_for_selector(ready)
        return tab

    yield start
    for context in contexts:
        context.close()
    assert faults == []
