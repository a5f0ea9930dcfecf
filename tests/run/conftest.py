"""Small studies written to a folder, for steps that need several places and years."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

Values = Mapping[str, Mapping[int, Sequence[float | None]]]

STUDY = """[study]
id = "made"
title = {{ zh = "研究", en = "A study" }}
year = {year}
years = {years}

[index.i]
normalise = "{normalise}"
uncertainty = {{ draws = 100 }}
"""


@pytest.fixture
def write_study(tmp_path: Path) -> Callable[..., Path]:
    """Return a writer of studies: values by indicator and year, one for each place; None for a gap."""

    def write(
        values: Values,
        more: str = "",
        *,
        years: Sequence[int] = (),
        framed: Sequence[str] = (),
        normalise: str = "none",
        places: Mapping[str, Sequence[object]] | None = None,
        files: Mapping[str, str] | None = None,
    ) -> Path:
        folder = tmp_path / "made"
        folder.mkdir(exist_ok=True)
        count = len(next(iter(next(iter(values.values())).values())))
        names = [f"p{number + 1}" for number in range(count)]
        calendar = sorted(years or {year for by_year in values.values() for year in by_year})
        rows = [
            f"{name},{code},{year},{'' if value is None else repr(float(value))}"
            for code, by_year in values.items()
            for year, row in by_year.items()
            for name, value in zip(names, row, strict=True)
        ]
        columns = places or {}
        heads = ["place", *columns]
        lines = [[name, *(str(column[at]) for column in columns.values())] for at, name in enumerate(names)]
        texts = {
            "study.toml": STUDY.format(year=calendar[-1], years=calendar, normalise=normalise) + more,
            "places.csv": "\n".join(map(",".join, [heads, *lines])),
            "indicators.csv": "indicator,name_en,unit,direction\n"
            + "\n".join(f"{code},{code},count,1" for code in values),
            "framework.csv": "node,parent,weight,indicator\ni,,,\n"
            + "\n".join(f"n_{code},i,1,{code}" for code in framed or list(values)[:1]),
            "panel.csv": "place,indicator,year,value\n" + "\n".join(rows),
            **(files or {}),
        }
        for name, text in texts.items():
            (folder / name).write_text(text + "\n", encoding="utf-8")
        return folder

    return write
