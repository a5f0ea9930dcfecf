"""A study that asks for everything beside the grid, and one that asks for little."""

import itertools
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import innohub
from innohub import Run

NAMES = {
    "jia": ("甲市", "Jia"), "yi": ("乙市", "Yi"), "bing": ("丙市", "Bing"), "ding": ("丁市", "Ding"),
    "wu": ("戊市", "Wu"), "ji": ("己市", "Ji"), "geng": ("庚市", "Geng"), "xin": ("辛市", "Xin"),
}  # fmt: skip
YEARS = range(2012, 2021)
SLOTS = ("technology", "industry", "institutions", "knowledge", "culture", "market", "research", "government",
         "laboratories", "services", "talent", "capital")  # fmt: skip
INDICATORS = {
    "a": ("集聚指数", "Agglomeration level", "1"), "i": ("创新指数", "Innovation level", "1"),
    "d": ("扩散指数", "Diffusion level", "1"), "size": ("人口", "Population", "万人"),
    "income": ("人均产出", "Output per head", "万元/人"), "age": ("老年人口比重", "Share of the old", "%"),
    "n1": ("基础研究", "Basic research", "万元"), "n2": ("应用研究", "Applied research", "万元"),
    **{slot: (f"{slot}得分", f"{slot} score".capitalize(), "1") for slot in SLOTS},
}  # fmt: skip
STUDY = """[study]
id = "beside"
title = { zh = "八市定位研究", en = "Eight cities" }
year = 2020
years = [2012, 2013, 2014, 2015, 2016, 2017, 2018, 2019, 2020]

[index.all]
normalise = "none"
uncertainty = { draws = 100 }

[tiers]
index = "all"
method = "quota(0.25, 0.25, 0.25)"
names = ["international", "national", "regional", "local"]

[position]
places = [PLACES]
cases = true

[position.similar]
variables = ["size", "income", "age"]
logs = ["size"]
k = 3

[position.compare]
places = ["jia", "yi", "bing"]
indicators = ["size", "income", "age"]

[position.rollup]
index = "all"

[position.containment]
index = "all"
niches = ["n1", "n2"]
k = 1.05

[position.local]
measures = { people_density = "size", industry_density = "income", niche_lq = ["n1", "n2"], liveability = "age" }

[position.models]
index = "all"

[position.modes]

[position.triangle]
agglomeration = "a"
innovation = "i"
diffusion = "d"

[position.hub]
concentration = "size"

[position.laboratories]

[position.path]
planned = { jia = false, yi = true }
roles = { economy = { indicator = "income", bar = 5 } }
"""


def _values() -> list[tuple[str, str, int, float]]:
    """A panel in which each corner follows the one before it by a year, with a little noise."""
    rng = np.random.default_rng(3)
    rows: list[tuple[str, str, int, float]] = []
    for at, place in enumerate(NAMES):
        a, i, d = 0.3 + 0.05 * at, 0.3, 0.3
        for year in YEARS:
            rows += [(place, "a", year, a), (place, "i", year, i), (place, "d", year, d)]
            shock = rng.normal(0, 0.03, 3)
            a, i, d = (
                0.7 * a + 0.2 * d + 0.06 + shock[0],
                0.8 * a + 0.02 + shock[1],
                0.9 * i + 0.02 + shock[2],
            )
    for at, place in enumerate(NAMES):
        fixed = {"size": 300.0 * 1.4**at, "income": 3.0 + at, "age": 10 + (at * 5) % 7, "n1": 50.0 + 9 * at,
                 "n2": 80.0 - 3 * at}  # fmt: skip
        rows += [(place, code, 2020, value) for code, value in fixed.items()]
        rows += [
            (place, slot, 2020, float(rng.uniform(0.1, 0.95)))
            for slot in SLOTS
            if (place, slot) != ("yi", "capital")
        ]
    return rows


def _lines(head: str, rows: object) -> str:
    return "\n".join([head, *(",".join(map(str, row)) for row in rows)]) + "\n"  # type: ignore[attr-defined]


def _files() -> dict[str, str]:
    kinds = ("firm", "firm", "firm", "institute", "university", "government")
    actors = [
        (place, f"{place}{n}", kind, 1)
        for place in ("jia", "yi")
        for n, kind in enumerate(kinds[: 6 if place == "yi" else 4])
    ]
    ties = [("jia", "jia0", "jia1", 3), ("jia", "jia1", "jia2", 2), ("jia", "jia0", "jia3", 1)]
    flows = [
        (a, b, 1 + (n % 4), "papers", 2020, "true")
        for n, (a, b) in enumerate(itertools.permutations(list(NAMES)[:6], 2))
        if n % 3
    ]
    labs = [
        ("jia", "incubator", 30),
        ("jia", "citizen-laboratory", 10),
        ("jia", "shared-office", 20),
        ("jia", "competence-centre", 4),
        ("yi", "incubator", 6),
    ]
    framed = [f"n_{slot},{'hard' if n < 6 else 'soft'},1,{slot}" for n, slot in enumerate(SLOTS)]
    return {
        "places.csv": _lines("place,kind,name_zh,name_en", [(p, "city", *names) for p, names in NAMES.items()]),
        "indicators.csv": _lines(
            "indicator,name_zh,name_en,unit,direction", [(code, *told, 1) for code, told in INDICATORS.items()]
        ),
        "panel.csv": _lines("place,indicator,year,value", [(p, c, y, repr(float(v))) for p, c, y, v in _values()]),
        "framework.csv": "node,parent,weight,indicator\nall,,,\nhard,all,1,\nsoft,all,1,\n" + "\n".join(framed) + "\n",
        "slots.csv": _lines("slot,indicator", [(slot, slot) for slot in SLOTS]),
        "tags.csv": _lines("hierarchy,slot,indicator,weight", [
            ("four-functions", "science", "knowledge", 1), ("four-functions", "technology", "technology", 1),
            ("four-functions", "industry", "industry", 1), ("four-functions", "culture", "culture", 1),
        ]),
        "actors.csv": _lines("place,actor,kind,weight", actors),
        "ties_actors.csv": _lines("place,actor,other,weight", ties),
        "ties.csv": _lines("place,other,weight,layer,year,directed", flows),
        "laboratories.csv": _lines("place,kind,count", labs),
    }  # fmt: skip


@pytest.fixture(scope="session")
def write_beside(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return a writer of the study: which places, and what is changed in ``study.toml``."""

    def write(places: tuple[str, ...] = ("jia", "yi"), change: Callable[[str], str] = str) -> Path:
        folder = tmp_path_factory.mktemp("beside")
        told = STUDY.replace("PLACES", ", ".join(f'"{place}"' for place in places))
        for name, text in {**_files(), "study.toml": change(told)}.items():
            (folder / name).write_text(text, encoding="utf-8")
        return folder

    return write


@pytest.fixture(scope="session")
def beside(write_beside: Callable[..., Path]) -> Run:
    return innohub.run(write_beside())
