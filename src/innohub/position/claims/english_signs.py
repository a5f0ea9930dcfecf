"""How numbers are written in English: digits, words, fractions, ranks; and what is a label."""

import re

CARDINALS = {
    word: n
    for n, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "a hundred": 100, "a dozen": 12}
ORDINALS = {
    word: n
    for n, word in enumerate(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"], 1
    )
}
PIECES = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
N = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
NUMBER = re.compile(rf"(?<![\w.,/–])(?P<n>{N})(?![\d])", re.ASCII)
CARDINAL = "|".join(sorted(CARDINALS, key=len, reverse=True))
SPELLED = re.compile(rf"\b(?P<n>{CARDINAL})\b(?!-)", re.IGNORECASE)
SCALE = re.compile(r"[\s-]*(?P<scale>thousand|million|billion|trillion|mn|bn)\b", re.IGNORECASE)
PERCENT = re.compile(r"\s*(?P<sign>percentage points?|%|per ?cent\b)", re.IGNORECASE)
TIMES = re.compile(r"\s*(?:times\b(?! a\b)|-?fold\b|x\b)", re.IGNORECASE)
FRACTION = re.compile(
    rf"\b(?P<above>a|an|one|{CARDINAL})[\s-](?P<below>{'|'.join(PIECES)})s?\b"
    r"(?!\s+(?:place|largest|highest|in|of its kind))"
    r"|\b(?P<bare>half)\b(?=\s+(?:of|the|its|all))"
    r"|(?<![\d/])(?P<a>\d{1,3})/(?P<b>\d{1,4})(?![\d/])"
    rf"|\b(?P<i>one|{CARDINAL}) in (?P<every>{CARDINAL}|\d+)\b(?!\s+\d{{4}})",
    re.IGNORECASE,
)
MULTIPLES = {
    **dict.fromkeys(("twice", "double", "doubled", "twofold"), 2.0),
    **dict.fromkeys(("triple", "tripled", "threefold"), 3.0),
}
MULTIPLE = re.compile(r"\b(twice|doubled?|tripled?|threefold|twofold)\b(?! first)", re.IGNORECASE)
ORDINAL = rf"(?:(?P<d>\d{{1,3}})(?:st|nd|rd|th)|(?P<w>{'|'.join(ORDINALS)}))"
ORDINAL_2 = ORDINAL.replace("?P<d>", "?P<d2>").replace("?P<w>", "?P<w2>")
RANK = re.compile(
    rf"\b(?:rank(?:s|ed|ing)?|came|placed|stands?|stood)\s+(?:(?:at|as|in)\s+)?(?:the\s+)?{ORDINAL}\b"
    rf"|\b{ORDINAL_2}\s+(?:place\b|position\b|rank\b|largest\b|highest\b|biggest\b|among\b"
    r"|in (?:the )?(?:world|nation|country|province|China|Asia|Europe)|worldwide|globally|nationally|nationwide)"
    r"|\b(?:number|[Nn]o\.?)\s?(?P<n>\d{1,3}|one|two|three|four|five)\b"
    r"|\brank(?:s|ed)?\s+(?:at\s+)?(?P<n2>\d{1,3})\b"
    r"|\btop[\s-](?P<top>\d{1,3}|five|ten|three)\b",
    re.IGNORECASE,
)
YEARLIKE = re.compile(r"(?:1[89]|20)\d{2}")
LABEL = re.compile(
    r"(?:Table|Figure|Fig\.|Section|Chapter|Part|Horizon|RIE|Phase|Article|Annex|Volume|No\.|page|G|Top|top|Fortune)\s*$"
)
RANGE = re.compile(
    rf"(?<![\w.,])(?P<first>{N})\s*(?P<sign>%|per ?cent)?\s*(?:-|–|—|to)\s*(?=(?:US\$|\$|€)?(?:{N}))",
    re.ASCII,
)
PER = re.compile(
    r"\s+(?:per|for every|a)\s+(?P<per>person|head|capita|worker|employee|year|100 people|1,000 people|million people)"
)


OF = re.compile(
    rf"\s+(?:out\s+)?of\s+(?:the\s+|all\s+|a\s+total\s+of\s+|China[’']s\s+|its\s+)*(?={N})", re.ASCII
)


AND = re.compile(rf"\s*(?:,|,? and)\s+(?={N})", re.ASCII)
