"""Evidence sentences read as an analyst writes them, and every number is the value behind it."""

import re

import pandas as pd
import pytest

from innohub.position.evidence.gather import Evidence, Share, gather, order_relations
from innohub.position.evidence.sentence import compose, render
from innohub.position.function.comparison import Rules, compare
from innohub.position.function.relation import Value, compare_values, read_values

ENGLISH = {
    "hong-kong": "Hong Kong", "tel-aviv": "Tel Aviv", "united-states": "the United States",
    "south-korea": "South Korea", "ile-de-france": "Île-de-France", "greater-london": "Greater London",
    "inner-london": "Inner London", "new-york-state": "New York State", "new-york": "New York",
}  # fmt: skip
NAMES = {
    "population_15_64": {"zh": "15—64岁人口", "en": "Population aged 15–64"},
    "tertiary_educated_population": {"zh": "受高等教育人口", "en": "Tertiary-educated population"},
    "sci_papers": {"zh": "SCI收录论文", "en": "Output of SCI papers"},
    "fixed_broadband_subscriptions": {"zh": "固定宽带普及率", "en": "Fixed broadband penetration"},
    "rd_intensity": {"zh": "研发投入强度", "en": "R&D intensity"},
    "labour_productivity": {"zh": "劳动生产率", "en": "Labour productivity"},
    "new_limited_companies": {"zh": "新注册有限责任公司", "en": "Number of new limited companies"},
    "gdp_usd": {"zh": "地区生产总值", "en": "GDP"},
    "gdp_per_capita_usd": {"zh": "人均GDP", "en": "GDP per head"},
    "software_revenue": {"zh": "软件开发营业收入", "en": "Revenue of software development"},
}
# As a Chinese yearbook writes the units.
UNITS = {
    "population_15_64": "万人", "tertiary_educated_population": "万人", "sci_papers": "万篇",
    "fixed_broadband_subscriptions": "户/百人", "new_limited_companies": "万家",
}  # fmt: skip


@pytest.fixture(scope="module")
def write(facts, peers):
    table = facts.assign(
        unit=[UNITS.get(name, unit) for name, unit in zip(facts["indicator"], facts["unit"], strict=True)]
    )
    values = read_values(table)
    places = {
        row.place: {"zh": row.place_zh, "en": ENGLISH.get(row.place, row.place.capitalize())}
        for row in table.itertuples()
    }

    def told(*indicators, shares=None):
        found = compare(values, "guangzhou", indicators, peers["place"], directions={}, rules=Rules())
        return gather(found, indicators, places=places, names=NAMES, shares=shares)

    return told


@pytest.mark.reference
def test_working_age_population(write):
    told = write("population_15_64", "tertiary_educated_population")
    assert render(told, "zh") == (
        "2015年广州15—64岁人口1068万人，高于巴黎大区（2014年，784万人）、大伦敦（2014年，592万人）、"
        "香港（536万人）、以色列（511万人）和新加坡（403万人），其中以色列为国家口径，新加坡为城市国家；"
        "受高等教育人口319万人，高于巴黎大区（2014年，277万人）和大伦敦（2014年，262万人）。"
    )
    assert render(told, "en") == (
        "In 2015 Guangzhou's population aged 15–64 stood at 10.68 million, above Île-de-France (7.84 million in 2014), "
        "Greater London (5.92 million in 2014), Hong Kong (5.36 million), Israel (5.11 million) and Singapore "
        "(4.03 million); Île-de-France is a region, Israel is a whole country, and Singapore is a city state. "
        "Its tertiary-educated population stood at 3.19 million, above Île-de-France (2.77 million in 2014) and "
        "Greater London (2.62 million in 2014)."
    )


@pytest.mark.reference
def test_papers_of_five_years(write):
    told = write("sci_papers", shares={"sci_papers": [Share({}, 6.3)]})
    assert render(told, "zh") == (
        "2011—2015年广州SCI收录论文7.33万篇，占全国的6.3%，高于新加坡（6.35万篇）、香港（6.08万篇）和特拉维夫"
        "（2.15万篇），接近悉尼（7.69万篇），但低于东京（15.45万篇）和伦敦（21.02万篇），其中新加坡为城市国家。"
    )
    assert render(told, "en") == (
        "In 2011–2015 Guangzhou's output of SCI papers stood at 73,300, 6.3% of the national total, above Singapore "
        "(63,500), Hong Kong (60,800) and Tel Aviv (21,500), close to Sydney (76,900), but below Tokyo (154,500) and "
        "London (210,200); Singapore is a city state."
    )


@pytest.mark.reference
def test_broadband_names_its_countries(write):
    told = write("fixed_broadband_subscriptions")
    assert "，其中韩国、美国和以色列为国家口径，新加坡为城市国家。" in render(told, "zh")
    assert (
        "; South Korea, the United States and Israel are whole countries, and Singapore is a city state."
        in (render(told, "en"))
    )


@pytest.mark.reference
def test_new_firms_are_compared_with_countries_only(write):
    told = write("new_limited_companies")
    assert render(told, "zh") == (
        "2014年广州新注册有限责任公司2.5万家，高于以色列（1.6万家）和日本（1.2万家），对比对象均为国家口径。"
    )
    assert render(told, "en").endswith("Japan (12,000); all of these are whole countries.")


def test_another_year_opens_a_new_sentence_without_the_place(write):
    times = [Share({"zh": "广东", "en": "Guangdong"}, 2, "times"), Share({}, 2.6, "times")]
    told = write("rd_intensity", "labour_productivity", "gdp_usd", shares={"labour_productivity": times})
    zh, en = render(told, "zh"), render(told, "en")
    assert zh.count("广州") == 1
    assert zh.count("2015年") == 1
    assert (
        "。2014年劳动生产率21.3万元/人，为广东平均水平的2倍、全国平均水平的2.6倍，高于北京（18.6万元/人）"
        in zh
    )
    assert "纽约州为" not in zh
    assert en.count("Guangzhou") == 1
    assert "and slightly above Singapore (2.19% in 2014)" in en
    assert (
        "In 2014 its labour productivity stood at CNY 213,000 per person, 2 times the Guangdong average and"
        in en
    )


def test_a_gap_without_any_peer_passed(write):
    told = write("gdp_per_capita_usd")
    assert render(told, "zh").startswith("2015年广州人均GDP为2.15万美元，低于以色列（3.53万美元）、香港")
    assert "stood at USD 21,500, below Israel (USD 35,300)" in render(told, "en")


def test_a_value_without_year_or_peers(write):
    guangdong = {"zh": "广东", "en": "Guangdong"}
    told = write("software_revenue", shares={"software_revenue": [Share(guangdong, 43.5), Share({}, 6.4)]})
    assert render(told, "zh") == "广州软件开发营业收入508亿元（年份未注明），占广东的43.5%、全国的6.4%。"
    assert render(told, "en") == (
        "Guangzhou's revenue of software development stood at CNY 50.8 billion (year not stated), 43.5% of the "
        "Guangdong total and 6.4% of the national total."
    )


# Sentences made up for one trait each


def made(own, *peers, direction=1, shares=(), **names):
    places = {value.place: {"zh": value.place, "en": value.place} for value in (own, *peers)}
    relations = order_relations(compare_values(own, peers, direction))
    name = names or {"zh": "指标", "en": "Index"}
    return Evidence(own, places[own.place], name, direction, tuple(shares), relations, places)


def value(place, number, **more):
    return Value(place, "x", number, **{"unit": "万人", "year": 2015, "area": "city", **more})


def test_lower_is_better_turns_the_words():
    told = made(value("甲", 3.0), value("乙", 5.0), value("丙", 3.1), value("丁", 1.0), direction=-1)
    assert render(told, "zh") == (
        "2015年甲指标3万人（以低为优），低于乙（5万人），略低于丙（3.1万人），但高于丁（1万人）。"
    )
    assert "(lower is better), below 乙 (50,000), slightly below 丙 (31,000), but above 丁 (10,000)." in (
        render(told, "en")
    )


def test_ties():
    told = made(value("甲", 3.0), value("乙", 3.0))
    assert render(told, "zh") == "2015年甲指标3万人，与乙（3万人）持平。"
    assert render(told, "en").endswith("level with 乙 (30,000).")


@pytest.mark.parametrize(
    ("qualifier", "zh", "en"),
    [
        (">", "超过3万人", "more than 30,000"),
        ("<", "不足3万人", "less than 30,000"),
        ("~", "约3万人", "about 30,000"),
        ("~<", "近3万人", "nearly 30,000"),
    ],
)
def test_qualifiers_are_said(qualifier, zh, en):
    told = made(value("甲", 3.0, qualifier=qualifier))
    assert zh in render(told, "zh")
    assert en in render(told, "en")


def test_an_order_that_figures_leave_open_is_told():
    told = made(value("甲", 3.0), value("乙", 2.9, qualifier=">"))
    assert render(told, "zh").endswith("，因部分数值并非确数，与乙孰高孰低尚难确定。")
    assert render(told, "en").endswith("; as not all figures are exact, the order against 乙 remains open.")


def test_another_currency_rule_is_told():
    told = made(value("甲", 3.0, rule="ppp"), value("乙", 2.0, rule="average rate"))
    assert "，其中乙的币值折算方法不同。" in render(told, "zh")
    assert "; money is converted by another rule for 乙." in render(told, "en")


def test_undated_peers_and_unknown_boundaries():
    told = made(value("甲", 3.0), value("乙", 2.0, year=None, area="harbour"))
    assert render(told, "zh").endswith("高于乙（年份未注明，2万人），其中乙为“harbour”口径。")
    assert render(told, "en").endswith("above 乙 (20,000, year not stated); 乙 (boundary: harbour).")


def test_long_lists_are_summed_up():
    peers = [value(f"P{n}", float(n)) for n in range(1, 10)]
    told = made(value("甲", 30.0), *peers)
    assert render(told, "zh", most=2).endswith("高于P9（9万人）、P8（8万人）等9个对象。")
    assert render(told, "en", most=2).endswith("above P9 (90,000), P8 (80,000) and others (9 in all).")
    assert "P1（1万人）" in render(told, "zh", most=9)


def test_two_places_are_both_named():
    told = (made(value("甲", 3.0)), made(value("乙", 3.0)))
    assert render(told, "zh") == "2015年甲指标3万人；2015年乙指标3万人。"
    assert render(told, "en").count("In 2015") == 2


def test_a_computed_share_is_rounded_and_a_stated_one_is_not():
    told = made(
        value("甲", 3.0),
        shares=[Share({"zh": "省", "en": "provincial"}, 4.56789, computed=True), Share({}, 1.2345)],
    )
    assert "占省的4.57%、全国的1.2345%" in render(told, "zh")


def test_nothing_to_say():
    assert render((), "zh") == ""


# Every number is the value behind it


def _read(text):
    """Return the number that a printed amount states, without its unit's size."""
    scale = {"billion": 1e9, "million": 1e6}
    number = float(re.search(r"-?[\d,]*\.?\d+", text)[0].replace(",", ""))
    return number * next((size for word, size in scale.items() if word in text), 1.0)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_numbers_are_those_of_the_facts(write, language):
    told = write(*NAMES, shares={"sci_papers": [Share({}, 6.3)]})
    pieces = compose(told, language)
    assert "".join(piece.text for piece in pieces) == render(told, language)
    found = [piece for piece in pieces if piece.fact is not None]
    expected = [one for e in told for one in (e.own, *e.shares, *(r.peer for r in e.relations))]
    assert [piece.fact for piece in found] == expected
    for piece in found:
        sizes = (1.0,) if language == "zh" else (1.0, 1e4, 1e8)
        assert any(_read(piece.text) == pytest.approx(piece.fact.value * size) for size in sizes), piece
    words = "".join(piece.text for piece in pieces if piece.fact is None)
    for name in NAMES.values():
        words = words.replace(name[language], "").replace(name[language][:1].lower() + name[language][1:], "")
    assert set(re.findall(r"\d+", words)) <= {"2011", "2013", "2014", "2015"}


def test_every_language_fills_every_placeholder(write):
    for language in ("zh", "en"):
        assert "{" not in render(write(*NAMES), language)


def test_rows_may_come_in_any_order(facts, write):
    table = pd.DataFrame({"place": ["b", "a"], "indicator": "x", "value": [1.0, 2.0], "year": 2015})
    names = {name: {"zh": name, "en": name} for name in ("a", "b", "x")}

    def text(panel):
        found = compare(read_values(panel), "a", ["x"], ["b"], directions={})
        return render(gather(found, ["x"], places=names, names=names), "zh")

    assert text(table) == text(table.iloc[::-1]) == "2015年ax为2，高于b（1）。"
