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


POSITION = """[study]
id = "placed"
title = {{ zh = "定位", en = "Positioning" }}
year = 2015

[position]
places = ["gz"]
horizon = 2020
{more}
"""
# The labour force and papers of Guangzhou beside those of other places, as the first founding text prints them.
PLACED = {
    "places.csv": """place,kind,name_zh,name_en,part_of
gz,city,广州,Guangzhou,gd
gd,province,广东,Guangdong,cn
cn,country,中国,China,
paris,region,巴黎大区,Ile-de-France,
london,metropolitan,大伦敦,Greater London,
hk,city,香港,Hong Kong,
israel,country,以色列,Israel,
sg,city-state,新加坡,Singapore,
sydney,city,悉尼,Sydney,
tokyo,city,东京,Tokyo,
telaviv,city,特拉维夫,Tel Aviv,
far,city,远城,Far,
""",
    "indicators.csv": """indicator,name_zh,name_en,unit,direction
labour,15—64岁人口,Population aged 15-64,万人,1
sci,SCI论文,SCI papers,万篇,1
sci_share,SCI论文占全国比重,SCI papers share,%,0
""",
    "panel.csv": """place,indicator,year,value
gz,labour,2015,1068
paris,labour,2014,784
london,labour,2014,592
hk,labour,2015,536
israel,labour,2015,511
sg,labour,2015,403
gz,sci,2011-2015,7.33
telaviv,sci,2011-2015,2.15
hk,sci,2011-2015,6.08
sg,sci,2011-2015,6.35
sydney,sci,2011-2015,7.69
london,sci,2011-2015,21.02
tokyo,sci,2011-2015,15.45
gz,sci_share,2011-2015,6.3
""",
    "functions.csv": """function,indicator,weight
talent,labour,1
knowledge,sci,1
""",
    "peers.csv": "scope,set,place\n"
    + "\n".join(
        f"international,world,{name}"
        for name in ("paris", "london", "hk", "israel", "sg", "sydney", "tokyo", "telaviv")
    ),
}


@pytest.fixture
def write_position(tmp_path: Path) -> Callable[..., Path]:
    """Return a writer of positioning studies: the founding text's numbers, with files replaced and keys added."""

    def write(more: str = "", name: str = "placed", **files: str) -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        texts = {"study.toml": POSITION.format(more=more), **PLACED}
        texts |= {f"{file}.csv": text for file, text in files.items()}
        for file, text in texts.items():
            (folder / file).write_text(text.rstrip("\n") + "\n", encoding="utf-8")
        return folder

    return write
