"""A small sound study in a temporary folder, and ways to spoil it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from innohub.errors import Finding
from innohub.study import check_study

FILES = {
    "study.toml": """[study]
id = "small"
title = { zh = "小研究", en = "A small study" }
year = 2020

[index.centre]
weights = "given"

[tiers]
index = "centre"
method = "sizes(1, 2)"
names = ["national", "regional"]
plan = "plan.csv"
""",
    "places.csv": """place,kind,name_zh,name_en,country,part_of,lat,lon
beijing,city,北京,Beijing,CN,jjj,39.9,116.4
jjj,agglomeration,京津冀,Jing-Jin-Ji,CN,,39.2,116.3
hubei,province,湖北,Hubei,CN,,30.97,112.27
""",
    "indicators.csv": """indicator,name_zh,name_en,unit,direction,note
rd,研发强度（%）,R&D intensity,% of GDP,1,why
univ,高校（个）,Universities,count,1,
energy,能耗,Energy use,万元,-1,
""",
    "sources.csv": """source,title,publisher,year,url,licence,accessed
yb,Yearbook,NBS,2021,,facts,2026-01-01
""",
    "framework.csv": """node,parent,name_zh,name_en,weight,indicator
centre,,指数,Index,,
input,centre,投入,Input,2,
output,centre,产出,Output,1,
i1,input,,,1,rd
i2,input,,,1,univ
o1,output,,,1,energy
""",
    "panel.csv": """place,indicator,year,value,unit,source,flag,note
beijing,rd,2020,6.5,% of GDP,yb,,
jjj,rd,2020,3.99,% of GDP,yb,substituted,Tianjin is 2021
hubei,rd,2020,2.3,% of GDP,yb,,
beijing,univ,2020,27,count,yb,,
jjj,univ,2020,32,count,yb,,
hubei,univ,2020,7,count,yb,,
beijing,energy,2020,5,万元,yb,,
jjj,energy,2020,6,万元,yb,,
hubei,energy,2020,7,万元,yb,,
""",
    "plan.csv": """place,tier,centre_zh,centre_en,lat,lon,source
jjj,national,北京,Beijing,39.9,116.4,yb
,regional,长沙,Changsha,28.2,112.97,yb
""",
}


class Folder:
    """A study folder that tests can spoil."""

    files = FILES

    def __init__(self, path: Path) -> None:
        self.path = path
        for name, text in FILES.items():
            (path / name).write_text(text, encoding="utf-8")

    def write(self, name: str, content: str | bytes) -> "Folder":
        data = content.encode("utf-8") if isinstance(content, str) else content
        (self.path / name).write_bytes(data)
        return self

    def change(self, name: str, old: str, new: str) -> "Folder":
        text = (self.path / name).read_text(encoding="utf-8")
        assert old in text, (name, old)
        return self.write(name, text.replace(old, new, 1))

    def find(self, code: str) -> list[Finding]:
        return [finding for finding in check_study(self.path) if finding.code == code]

    def one(self, code: str) -> Finding:
        found = self.find(code)
        assert len(found) == 1, [(f.code, f.row, dict(f.params)) for f in check_study(self.path)]
        return found[0]


@pytest.fixture(scope="session")
def make_folder() -> type[Folder]:
    """What lays a sound study into a folder."""
    return Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    path = tmp_path / "small"
    path.mkdir()
    return Folder(path)


@pytest.fixture
def table(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Write one table and return its path."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    return write
