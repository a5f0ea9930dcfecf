import json
import re
from dataclasses import replace

import pytest

from innohub.brief import Brief
from innohub.brief.html import html
from innohub.brief.model import Span


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_claim_is_marked_and_nothing_else(plain_briefs: dict[str, Brief], language: str) -> None:
    brief = plain_briefs[language]
    page = html(brief)
    assert set(re.findall(r'data-claim="([^"]+)"', page)) == set(brief.claims)
    data = re.search(r'<script type="application/json" id="claims">(.*?)</script>', page, re.DOTALL)
    assert data is not None
    assert set(json.loads(data[1])) == set(brief.claims)


def test_no_outside_request(plain_briefs: dict[str, Brief]) -> None:
    page = html(plain_briefs["zh"])
    assert not re.search(r'(?:src|href)="(?!data:)', page)
    assert "@import" not in page
    assert "url(" not in page


def test_user_text_is_escaped(plain_briefs: dict[str, Brief]) -> None:
    brief = replace(plain_briefs["en"], subtitle=(Span("<script>alert(1)</script>", "quote"),))
    assert "<script>alert" not in html(brief)


def test_language_and_structure(plain_briefs: dict[str, Brief]) -> None:
    zh, en = html(plain_briefs["zh"]), html(plain_briefs["en"])
    assert '<html lang="zh-CN">' in zh
    assert '<html lang="en">' in en
    assert zh.count("<h1>") == 1
    assert 'scope="col"' in zh
