import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pypdf
import pytest

from innohub import Run
from innohub.brief import Brief, build_brief, write_all
from innohub.study.schema import Settings


@dataclass(frozen=True)
class Stand:
    """A run whose tables are changed or left out."""

    base: Any
    settings: Settings
    changed: Mapping[str, pd.DataFrame | None] = field(default_factory=dict)

    @property
    def manifest(self) -> Mapping[str, Any]:
        return self.base.manifest

    def table(self, name: str) -> pd.DataFrame:
        table = self.changed[name] if name in self.changed else self.base.table(name)
        if table is None:
            raise KeyError(name)
        return table


@pytest.fixture(scope="session")
def plain_briefs(flagship_run: Run) -> dict[str, Brief]:
    return {language: build_brief(flagship_run, language, pictures={}) for language in ("zh", "en")}


@pytest.fixture(scope="session")
def briefs(flagship_run: Run) -> dict[str, Brief]:
    return {language: build_brief(flagship_run, language) for language in ("zh", "en")}


@pytest.fixture(scope="session")
def files(flagship_run: Run, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("briefs")
    return {path.name: path for path in write_all(flagship_run, folder)}


@pytest.fixture(scope="session")
def stand() -> type[Stand]:
    return Stand


@pytest.fixture(scope="session")
def read_pdf() -> Callable[[Path], str]:
    return lambda path: "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


@pytest.fixture(scope="session")
def read_docx() -> Callable[[Path], str]:
    """Return the text of a Word file, a line feed after each paragraph."""

    def read(path: Path) -> str:
        with zipfile.ZipFile(path) as archive:
            body = archive.read("word/document.xml").decode()
        lines = re.sub(r"</w:p>", "\n", body)
        kept = re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|(\n)|(<w:tab/>)", lines)
        text = "".join(words or feed or " " for words, feed, _ in kept)
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")

    return read
