from dataclasses import replace

from innohub import fonts
from innohub.brief import Brief, check_brief
from innohub.brief.check import missing_characters
from innohub.brief.model import Claim, Span


def test_a_typed_number_is_found(plain_briefs: dict[str, Brief]) -> None:
    brief = replace(plain_briefs["zh"], lead=(Span("得分为0.785。"),))
    found = check_brief(brief)
    assert [(finding.code, finding.value) for finding in found] == [("B001", "0.785")]
    assert "0.785" in found[0].render("zh")


def test_a_claim_printed_otherwise_than_it_stands_is_found(plain_briefs: dict[str, Brief]) -> None:
    brief = plain_briefs["en"]
    claims = {**brief.claims, "rank/gba": Claim("rank/gba", 3.0, printed={"zh": "x", "en": "2nd (1st–3rd)"})}
    assert {finding.code for finding in check_brief(replace(brief, claims=claims))} == {"B001"}


def test_a_number_in_a_quotation_is_the_study_s(plain_briefs: dict[str, Brief]) -> None:
    brief = replace(plain_briefs["zh"], subtitle=(Span("2020年评价", "quote"),))
    assert check_brief(brief) == ()


def test_a_superlative_needs_a_scope(plain_briefs: dict[str, Brief]) -> None:
    for language, bare, scoped in (
        ("zh", "长三角居首位。", "长三角居14个参评地区首位。"),
        ("en", "It is the largest.", "It is the largest of the regions compared."),
    ):
        brief = plain_briefs[language]
        codes = [finding.code for finding in check_brief(replace(brief, lead=(Span(bare),)))]
        assert codes == ["B002"]
        scoped_text = (Span(scoped.replace("14个", "")),)
        assert check_brief(replace(brief, lead=scoped_text)) == ()


def test_a_character_outside_the_font_is_reported_with_its_place(plain_briefs: dict[str, Brief]) -> None:
    brief = replace(plain_briefs["zh"], subtitle=(Span("主编：吴喆", "quote"),))
    found = missing_characters(brief, fonts.missing_glyphs)
    assert [(f.code, f.value, f.params["part"]) for f in found] == [("B003", "喆", "subtitle")]
    assert "U+5586" in found[0].render("en")


def test_the_flagship_needs_no_other_characters(plain_briefs: dict[str, Brief]) -> None:
    for brief in plain_briefs.values():
        for family in fonts.FAMILIES:
            assert missing_characters(brief, lambda text, f=family: fonts.missing_glyphs(text, f)) == ()
