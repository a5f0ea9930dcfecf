"""The waterfall of a rank."""

import xml.etree.ElementTree as ET

import pytest

from innohub.chart.waterfall import Fall, waterfall


def fall(**changes):
    values = {
        "place": "合肥",
        "before": "2012",
        "after": "2022",
        "start": 12.0,
        "end": 8.0,
        "steps": [("own data", 6.5), ("others' data", -2.5), ("method", 0.0)],
        "printed": ["+6.50", "−2.50", "0.00"],
    }
    return Fall(**{**values, **changes})


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_word_and_number_is_in_the_picture_twice_the_same(language):
    picture = waterfall(fall(), language)
    texts = "".join(ET.fromstring(picture.svg).itertext())
    for piece in ("合肥", "own data", "+6.50", "−2.50", "0.00", "12", "8", "2012", "2022", picture.title):
        assert piece in texts
    assert picture.png[:4] == b"\x89PNG"
    again = waterfall(fall(), language)
    assert (again.svg, again.png) == (picture.svg, picture.png)
    assert "−2.50" in picture.alt


@pytest.mark.parametrize(("end", "word"), [(8.0, "rose"), (15.0, "fell"), (12.0, "kept")])
def test_the_title_says_which_way(end, word):
    steps = [("own data", 12.0 - end)]
    assert word in waterfall(fall(end=end, steps=steps, printed=["x"]), "en").title


def test_long_names_are_broken_and_stay_inside():
    long = "own data and others' data and method and places ranked together"
    picture = waterfall(fall(steps=[(long, 4.0)], printed=["+4.00"]), "en", width_mm=90)
    assert picture.width_mm == 90
    assert long not in "".join(ET.fromstring(picture.svg).itertext())
