"""Small studies and texts to check claims with."""

from collections.abc import Callable
from pathlib import Path

import pytest

from innohub.position.claims.check import Checked, check_texts
from innohub.study import Study, read_study
from innohub.study.document import read_document

STUDY = {
    "study.toml": """[study]
id = "claims"
title = { zh = "表述核对", en = "Claims" }
year = 2020

[index.centre]
weights = "given"
""",
    "framework.csv": """node,parent,name_zh,name_en,weight,indicator
centre,,指数,Index,,
i1,centre,,,1,rd
""",
    "places.csv": """place,kind,name_zh,name_en,country,part_of,lat,lon
beijing,province,北京,Beijing,CN,,39.9,116.4
shanghai,province,上海,Shanghai,CN,,31.2,121.5
gba,agglomeration,粤港澳,Guangdong-Hong Kong-Macao Greater Bay Area,CN,,22.6,113.5
delta,agglomeration,长三角,Yangtze River Delta,CN,,31.2,121.5
china,country,中国,China,CN,,35.9,104.2
""",
    "indicators.csv": """indicator,name_zh,name_en,unit,direction
pct,PCT专利申请量占全国比重,Share of national PCT patent applications,% of national total,1
firms,有研发的企业占全国比重,Share of national firms with R&D,% of national total,1
labs,国家重点实验室,State key laboratories,个,1
rd,研发经费投入强度,R&D intensity,% of GDP,1
papers,SCI论文,SCI papers,篇,1
""",
    "sources.csv": """source,title,publisher,year,url,licence,accessed
t1,Table 1,,2022,,facts,2026-01-01
""",
    "panel.csv": """place,indicator,year,value,unit,source,flag
gba,pct,2020,42.29,,t1,
beijing,pct,2020,12.44,,t1,
shanghai,pct,2020,5.16,,t1,
delta,firms,2020,46.71,,t1,
gba,firms,2020,31.35,,t1,
gba,labs,2020,43,,t1,
delta,labs,2020,68,,t1,
beijing,rd,2020,6.44,,t1,
beijing,rd,2021,6.53,,t1,
shanghai,rd,2020,4.17,,t1,
shanghai,rd,2021,4.21,,t1,estimated
beijing,papers,2020,71157,,t1,
beijing,papers,2021,76505,,t1,
china,papers,2020,400000,,t1,
""",
}


@pytest.fixture(scope="session")
def claims_study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """The facts of a published table and a few of the yearbook, as a study."""
    folder = tmp_path_factory.mktemp("claims") / "study"
    folder.mkdir()
    for name, text in STUDY.items():
        (folder / name).write_text(text, encoding="utf-8")
    return read_study(folder)


@pytest.fixture
def check(claims_study: Study, tmp_path: Path) -> Callable[..., Checked]:
    """Check one text or several."""

    def call(*texts: str, study: Study | None = None) -> Checked:
        documents = []
        for number, text in enumerate(texts, 1):
            path = tmp_path / f"text{number}.txt"
            path.write_text(text, encoding="utf-8")
            documents.append(read_document(path))
        return check_texts(documents, study or claims_study)

    return call
