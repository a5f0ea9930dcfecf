"""The two word files say the same things."""

import re

import pytest

from innohub.errors import Finding
from innohub.words import choose_language, words


def flatten(node, path=""):
    if isinstance(node, dict):
        return {
            key: text
            for name, below in node.items()
            for key, text in flatten(below, f"{path}.{name}").items()
        }
    return {path.lstrip("."): node}


ZH, EN = flatten(words("zh").texts), flatten(words("en").texts)


def test_same_keys():
    assert set(ZH) == set(EN)


def test_same_placeholders():
    def names(text):
        return {name.split(":")[0] for name in re.findall(r"\{(\w+)[^}]*\}", str(text))}

    unlike = {key: (ZH[key], EN[key]) for key in set(ZH) & set(EN) if names(ZH[key]) != names(EN[key])}
    assert not unlike


def test_every_code_has_title_and_explanation():
    for code, texts in words("en").get("finding").items():
        assert re.fullmatch(r"[MRPLSNBWXFC]\d{3}", code)
        assert texts["title"], code
        assert texts["explain"], code


def test_language_is_chosen_from_the_wish_then_the_environment(monkeypatch):
    monkeypatch.setenv("INNOHUB_LANG", "zh_CN.UTF-8")
    assert choose_language() == "zh"
    assert choose_language("en") == "en"


def test_missing_text_names_its_key():
    with pytest.raises(KeyError, match="nothing"):
        words("en").say("nothing.here")


def test_a_finding_reads_like_a_message():
    text = Finding("P102", file="panel.csv", row=3, column="value", params={"count": 1}).render("en")
    assert text.splitlines()[0].startswith("error[P102]: ")
    assert "  --> panel.csv, row 3, column value" in text
    assert "innohub explain P102" in text
