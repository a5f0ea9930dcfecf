"""What no single room can check: the documentation is current, the shipped studies are whole, the house is clean."""

import ast
import csv
import importlib
import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pandas as pd
import pytest

import innohub
from innohub import Run
from innohub.catalog.examples import example_folder, example_names
from innohub.catalog.methods import FAMILIES, methods
from innohub.study.schema import Settings
from innohub.words import LANGUAGES, words

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "innohub"
DOCS = ROOT / "docs"
SKIPPED = {
    ".git",
    ".venv",
    "node_modules",
    "site",
    "dist",
    "build",
    "innohub-demo",
    "results",
    ".make",
    ".hypothesis",
}
TEXTS = {
    ".py",
    ".toml",
    ".md",
    ".csv",
    ".txt",
    ".in",
    ".yml",
    ".ts",
    ".mjs",
    ".json",
    ".html",
    ".css",
    ".typ",
    "",
}


def _house() -> list[Path]:
    """Every text file that belongs to the project."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    names = listed.stdout.splitlines() if listed.returncode == 0 else []
    files = [ROOT / name for name in names] or [path for path in ROOT.rglob("*") if path.is_file()]
    return [
        path
        for path in files
        if path.is_file() and path.suffix in TEXTS and not SKIPPED & set(path.relative_to(ROOT).parts)
    ]


def _generator():
    spec = importlib.util.spec_from_file_location("reference", DOCS / "reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# The house is clean


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a path of one machine", r"(?<![\w.])/(work|root|Users|home/(?!me/)\w+|tmp/\w+)/\w"),
        ("the address of a package index", r"(pypi|pythonhosted|npmjs|yarnpkg|npmmirror)\.(org|com|io)"),
        ("an unfinished conflict", r"^(<{7}|>{7}) "),
        ("a note to oneself", r"\b(TO[D]O|FIX[M]E|X{3})\b"),
    ],
)
def test_no_file_holds(what: str, pattern: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in _house()
        if "static" not in path.parts
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if re.search(pattern, line)
    ]
    assert not found, f"{what}:\n" + "\n".join(found)


def test_every_text_is_utf8() -> None:
    for path in _house():
        path.read_text(encoding="utf-8")


# Requirements


def test_constraints_are_exact_and_name_no_address() -> None:
    lines = (ROOT / "requirements" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert lines
    for line in lines:
        assert re.fullmatch(r"[a-z0-9-]+==[\w.]+( ; [\w ()'.<>=!]+)?", line), line


def test_constraints_hold_every_declared_package() -> None:
    lines = (ROOT / "requirements" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {line.partition("==")[0] for line in lines}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = [
        *project["dependencies"],
        *(name for extra in project["optional-dependencies"].values() for name in extra),
    ]
    wanted = {re.match(r"[\w-]+", name)[0].lower().replace("_", "-") for name in declared}
    assert wanted <= pinned, f"run make lock: {sorted(wanted - pinned)}"


def test_page_packages_name_no_address() -> None:
    text = (ROOT / "webui" / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in text


# Shape of the house


def test_importing_innohub_is_light() -> None:
    code = "import sys, innohub; print(*({'pandas', 'numpy', 'matplotlib', 'pydantic'} & set(sys.modules)))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()
    assert loaded == ""


def test_every_room_stands_in_the_contract() -> None:
    contract = (ROOT / ".importlinter").read_text(encoding="utf-8")
    named = set(re.findall(r"\w+", contract.partition("layers =")[2]))
    rooms = {
        path.stem for path in SOURCE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert rooms - {"__init__", "__main__"} == named


@pytest.mark.parametrize(
    "room", sorted(path.name for path in SOURCE.iterdir() if (path / "__init__.py").exists())
)
def test_every_room_has_its_tests(room: str) -> None:
    assert list((ROOT / "tests" / room).rglob("test_*.py")) or (ROOT / "tests" / f"test_{room}.py").exists()


def _public(body: list[ast.stmt]) -> list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Return the public definitions of a module or class, those inside functions left out."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    here = [node for node in body if isinstance(node, kinds) and not node.name.startswith("_")]
    return here + [inner for node in here if isinstance(node, ast.ClassDef) for inner in _public(node.body)]


def test_every_public_definition_is_documented() -> None:
    bare = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in sorted(SOURCE.rglob("*.py"))
        for node in _public(ast.parse(path.read_text(encoding="utf-8")).body)
        if not ast.get_docstring(node)
    ]
    assert not bare, "\n".join(bare)


# Documentation


def test_generated_pages_are_current() -> None:
    stale = [
        str(path.relative_to(ROOT))
        for path, text in _generator().pages().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    assert not stale, f"run python docs/reference.py: {stale}"


@pytest.mark.parametrize("page", ["docs/reference/commands.md", "docs/zh/reference/commands.md"])
def test_every_command_has_its_section(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    app = importlib.import_module("innohub.cli").app
    context = click.Context(app)
    for name in app.list_commands(context):
        section = re.search(rf"^## {name}$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
        assert section, f"{page} has no section '{name}'"
        assert f"innohub {name}" in section[1]
        options = [option for parameter in app.get_command(context, name).params for option in parameter.opts]
        for option in (option for option in options if option.startswith("--")):
            assert option in section[1], f"{page}, section '{name}' does not tell of {option}"
    for option in (
        option for parameter in app.params for option in parameter.opts if option.startswith("--")
    ):
        assert option in text or option == "--version", f"{page} does not tell of {option}"


def test_every_public_name_has_a_line() -> None:
    text = (DOCS / "reference" / "python.md").read_text(encoding="utf-8")
    for name in innohub.__all__:
        assert name == "__version__" or re.search(rf"^\| `{name}[`(]", text, re.MULTILINE), name


def test_every_public_name_can_be_imported() -> None:
    for name in innohub.__all__:
        assert getattr(innohub, name) is not None


def test_every_result_table_is_told_column_by_column(flagship_run: Run) -> None:
    told = tomllib.loads((DOCS / "tables.toml").read_text(encoding="utf-8"))
    given = {name: sorted(flagship_run.table(name).columns) for name in flagship_run.table_names}
    always = {name: table for name, table in told.items() if not table.get("optional")}
    assert {name: sorted(table["columns"]) for name, table in always.items()} == given


def test_every_code_in_the_source_has_its_text() -> None:
    used = {
        code
        for path in SOURCE.rglob("*.py")
        for code in re.findall(r"[\"']([A-Z]\d{3})[\"']", path.read_text(encoding="utf-8"))
    }
    told = set(words("en").get("finding"))
    assert used <= told, f"no text: {sorted(used - told)}"


@pytest.mark.parametrize(
    "page",
    ["README.md", "README.zh.md", "CONTRIBUTING.md", *(str(p.relative_to(ROOT)) for p in DOCS.rglob("*.md"))],
)
def test_links_lead_somewhere(page: str) -> None:
    path = ROOT / page
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text(encoding="utf-8")):
        assert re.match(r"https?:", target) or (path.parent / target).exists(), f"{page}: {target}"


def test_every_page_is_in_the_menu() -> None:
    menu = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for path in DOCS.rglob("*.md"):
        assert path.relative_to(DOCS).as_posix() in menu


def test_first_screen_names_the_two_commands() -> None:
    for name in ("README.md", "README.zh.md"):
        first = (ROOT / name).read_text(encoding="utf-8").splitlines()[:16]
        assert any("make demo" in line for line in first)
        assert any("make test" in line for line in first)


def test_changelog_names_the_version() -> None:
    assert f"## [{innohub.__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_method_cites_its_source() -> None:
    for family in FAMILIES:
        for method in methods(family).values():
            assert method.citation, method.name
            assert all(method.label[language] and method.note[language] for language in LANGUAGES), (
                method.name
            )


# Shipped studies


def _cells(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", example_names())
def test_shipped_study_is_whole(name: str) -> None:
    folder = example_folder(name)
    settings = Settings.model_validate(tomllib.loads((folder / "study.toml").read_text(encoding="utf-8")))
    assert settings.study.id == name
    assert all((settings.study.title.zh, settings.study.title.en))
    told = (folder / "README.md").read_text(encoding="utf-8")
    for path in folder.glob("*.*"):
        assert path.name == "README.md" or f"`{path.name}`" in told, f"README.md is silent on {path.name}"
    sources = {row["source"] for row in _cells(folder, "sources.csv")}
    # A study of works or registers may do without a panel.
    panel = _cells(folder, "panel.csv") if (folder / "panel.csv").exists() else []
    assert {row["source"] for row in panel} <= sources
    # A positioning study may name places of which it has no value, only the class that others gave them.
    classed = _cells(folder, "classes.csv") if (folder / "classes.csv").exists() else []
    # A study of registers or works may name places that only these tell about.
    registered = [
        row for path in (folder / "registers").glob("*.csv") for row in _cells(path.parent, path.name)
    ]
    worked = _cells(folder, "works.csv") if (folder / "works.csv").exists() else []
    placed = [row for row in [*registered, *worked] if row.get("place")]
    assert {row["place"] for row in [*panel, *classed, *placed]} == {
        row["place"] for row in _cells(folder, "places.csv")
    }
    assert {row["source"] for row in registered if "source" in row} <= sources
    indicators = _cells(folder, "indicators.csv") if panel else []
    assert {row["indicator"] for row in panel} == {row["indicator"] for row in indicators}
    for row in indicators:
        assert all(row.values()), row


@pytest.mark.reference
def test_flagship_carries_the_published_table(flagship_folder: Path) -> None:
    with (ROOT / "tests" / "reference" / "zhang2022_table1.csv").open(encoding="utf-8", newline="") as file:
        published = {row["region_id"]: row for row in csv.DictReader(file)}
    panel = _cells(flagship_folder, "panel.csv")
    assert len(panel) == 180
    for cell in panel:
        assert cell["value"] == published[cell["place"]][cell["indicator"]], (
            cell["place"],
            cell["indicator"],
        )


def test_flagship_flags_have_notes(flagship_folder: Path) -> None:
    panel = pd.DataFrame(_cells(flagship_folder, "panel.csv"))
    assert panel["flag"].value_counts().to_dict() == {"": 157, "doubtful": 16, "substituted": 7}
    notes = panel.filter(regex="^note")
    assert (notes.ne("").all(axis=1) == panel["flag"].ne("")).all()


def test_flagship_reads_without_a_finding_worse_than_a_note(flagship_folder: Path) -> None:
    told = [f.render("en") for f in innohub.check_study(flagship_folder) if f.level != "note"]
    assert not told, "\n".join(told)


@pytest.mark.parametrize("page", ["docs/tutorial.md", "docs/zh/tutorial.md"])
def test_tutorial_prints_what_the_run_gives(page: str, flagship_run: Run) -> None:
    """The numbers of the tutorial's two tables are those of a run."""
    run = flagship_run
    names = run.table("places").set_index("place")
    scores = run.table("scores").query("node == 'centre'").set_index("place")
    tiers = run.table("tiers").set_index(["definition", "tier", "place"])["probability"]
    told = (ROOT / page).read_text(encoding="utf-8")
    language = "name_zh" if "zh" in page else "name_en"
    found = 0
    for place, row in scores.iterrows():
        name = re.escape(names.loc[place, language].removeprefix("Guangdong-Hong Kong-Macao "))
        if line := re.search(rf"^\| {row['rank']:.0f} \| {name} \| .*$", told, re.MULTILINE):
            top = tiers.loc["places"].xs(place, level="place").max()
            assert f"| {row['score']:.3f} |" in line[0]
            assert line[0].endswith(f" {top:.2f} |")
            found += 1
    assert found == 6
    for definition in ("places", "thresholds", "refitted"):
        assert f"`{definition}` | {tiers[definition, 'national', 'shaanxi']:.2f} |" in told
