"""Tables to take away: readable by spreadsheets, safe in them."""

import json

import pandas as pd

from innohub.web.table_export import to_csv, to_json

TABLE = pd.DataFrame(
    {"名称": ["长三角", "=HYPERLINK(1)"], "value": [-1.5, float("nan")], "text": ['a,"b"', "+x"]}
)


def test_csv_has_a_mark_chinese_and_no_formula():
    written = to_csv(TABLE)
    assert written.startswith(b"\xef\xbb\xbf")
    assert (
        written.decode("utf-8-sig") == '名称,value,text\r\n长三角,-1.5,"a,""b"""\r\n\'=HYPERLINK(1),,\'+x\r\n'
    )


def test_json_has_null_for_missing():
    assert json.loads(to_json(TABLE))[1] == {"名称": "=HYPERLINK(1)", "value": None, "text": "+x"}
