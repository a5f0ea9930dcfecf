"""Write the interactive page as one HTML file that opens from disk and asks nothing of any network."""

import base64
import errno
import hashlib
import json
import os
from importlib.resources import files
from pathlib import Path

from innohub.errors import ExtraError, Finding, StoreError
from innohub.web.payload import payload
from innohub.web.run_tables import RunTables
from innohub.web.schema import Payload

_SHELL = """<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<div id="page"></div>
<noscript>本页需启用 JavaScript。 This page needs JavaScript.</noscript>
<script type="application/json" id="data">{data}</script>
<script>{script}</script>
</body>
</html>
"""


def page(run: RunTables, path: Path | str) -> Path:
    """Write the page of a run as one self-contained HTML file.

    The file is written under a temporary name and then renamed, so that a reader never meets half of it.

    Raises
    ------
    StoreError
        W003 when the file cannot be written.
    """
    target = Path(path)
    html = render(payload(run))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _write_whole(target, html.encode("utf-8"))
    except OSError as problem:
        reason = os.strerror(problem.errno or errno.EIO)
        raise StoreError(Finding("W003", file=str(target), params={"problem": reason})) from None
    return target


def _write_whole(target: Path, content: bytes) -> None:
    temporary = target.with_name(f".{target.name}-{os.getpid()}")
    try:
        temporary.write_bytes(content)
        temporary.replace(target)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def render(data: Payload) -> str:
    """Return the page with its data, style and script inside."""
    script, style = _static("page.js"), _static("page.css")
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    policy = (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    return _SHELL.format(
        policy=policy,
        title=_escape_text(data["study"]["title"]["zh"]),
        style=style,
        data=escape_json(data),
        script=script,
    )


def escape_json(data: object) -> str:
    r"""Write JSON that cannot end the script element it stands in.

    Examples
    --------
    >>> escape_json({"name": "</script>"})
    '{"name":"\\u003c/script>"}'
    """
    written = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for sign in ("<", "\u2028", "\u2029"):
        written = written.replace(sign, f"\\u{ord(sign):04x}")
    return written


def _escape_text(title: str) -> str:
    return title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _static(name: str) -> str:
    file = files("innohub.web").joinpath("static", name)
    if not file.is_file():
        raise ExtraError(Finding("W002", file=name))
    return file.read_text(encoding="utf-8")
