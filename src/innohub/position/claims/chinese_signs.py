"""How numbers are written in Chinese: digits, scales, fractions, tenths, ranks; and what is a label."""

import re

HAN = "一二两三四五六七八九十百千万亿〇零"
DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?: \d{3})+(?!\s?\d)(?:\.\d+)?|\d+(?:\.\d+)?"
NUMBER = re.compile(rf"(?P<digits>{DIGITS})|(?<!唯)(?P<han>[{HAN}]+(?:点[{HAN}]+)?)", re.ASCII)
SCALE = re.compile(
    r"\s*(?P<more>[多余])?(?P<scale>万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千(?![米瓦克卡])|百(?!分))?(?P<more2>[多余])?\s*"
)
FRACTION = re.compile(r"(?<![\d/])(?P<above>\d{1,3})/(?P<below>\d{1,4})(?![\d/])", re.ASCII)
PARTS = re.compile(rf"(?P<below>[{HAN}]+)分之(?P<above>[{HAN}]+(?:点[{HAN}]+)?|\d+(?:\.\d+)?)")
TENTHS = re.compile(
    rf"(?P<tenths>[{HAN}半]|\d(?:\.\d)?)成(?P<more>[{HAN}半])?(?![立果为功员本长都交绩熟就效型份套绩])"
)
HALF = re.compile(r"(?:一半|半数)(?=[，。、；以的企左)]|$)|过半(?!百)")
PERCENT = re.compile(r"\s*(?P<sign>%|个百分点|百分点|‰)")
TIMES = re.compile(r"\s*(?P<more>[多余])?倍")
DOUBLED = re.compile(r"翻(?:了)?(?P<n>[一两二三])番")
ORDINAL = re.compile(rf"(?:第|前)\s*(?P<n>\d+|[{HAN}]+)\s*(?P<noun>位|名)?")
RANKED = re.compile(
    r"(?:位居|居|位列|列|排名|排在|排|名列|升至|跃升至|跃居|跻身|全国|世界|全球|全省|国内|国际|亚洲|亚太|保持|蝉联|省内|稳居|进入|位次|之|"
    r"为|是|城市|国家|地区|企业|中)[^，。；、“]{0,4}$"
)
FIRST = re.compile(
    r"(?:位居|居|位列|列|排名|排|名列|国际|全国|世界|全球|全省|蝉联)[^，。；、“]{0,6}?(?P<word>首位|榜首|之首)|(?P<word2>首位)(?=[，。；、)]|$)"
)
RANGE = re.compile(rf"(?P<first>{DIGITS})\s*(?P<sign>%)?\s*(?:-|—|–|~|至|到)\s*(?=(?:{DIGITS}))", re.ASCII)
BARE_BEFORE = re.compile(r"(?:为|达到|达|至|得分)\s*$")
BARE_AFTER = re.compile(r"\s*(?:[，。；、)）]|$)")
SPECIAL = re.compile(
    r"个(?:方面|层级|阶段|维度|面向|服务|积极性|突出特点|特点|层次|重点|月|等级|一)|家庭|人均|人才|人口|分之|分别|分钟|级[^别]|类型|条件|件套"
)
NO_COUNT = ("第", "每", "各", "这", "那", "某", "数", "几", "上", "成", "统", "单")
# 两种方式, 三类问题, 十分重要: parts of the text's own argument, not facts.
STRUCTURAL = ("种", "类", "分", "部", "条", "门", "期", "只", "支", "股", "位")
LETTER = re.compile(r"[A-Za-z_+\-]$")
LABELLED = re.compile(r"(?:图|表|附件|式|注|第|“|《|/|No\.?|GB/T|v|\.)\s*$")
