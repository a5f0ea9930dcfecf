"""Take the pictures that the READMEs show: the page and the first pages of the brief.

Usage: python tools/pictures.py STUDY (a study that has been run, with its brief and page written).
Needs Debian's chromium and poppler-utils.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import innohub as ih

ASSETS = Path(__file__).parents[1] / "docs" / "assets"
SHEET = """<body style="margin:0"><div style="background:#e8e8e8;display:inline-flex;gap:16px;padding:16px">
{}</div></body>"""


def main(study: str) -> None:
    """Write page.png and brief.png for both languages of the README."""
    run = ih.open_run(study)
    with sync_playwright() as play, tempfile.TemporaryDirectory() as scratch:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 1280, "height": 800})
        for language, name in (("en", "page.png"), ("zh", "page.zh.png")):
            tab.goto(f"{(run.folder / 'page.html').as_uri()}#lang={language}&place=shaanxi")
            tab.wait_for_selector(".ranking tbody tr")
            tab.screenshot(path=ASSETS / name)
            tab.goto("about:blank")
        sheets = [
            f'<img height="560" src="{path.as_uri()}">'
            for language in ("zh", "en")
            for path in _pages(run.folder / f"brief.{language}.pdf", Path(scratch))
        ]
        sheet = Path(scratch) / "sheet.html"
        sheet.write_text(SHEET.format("\n".join(sheets)), encoding="utf-8")
        tab.goto(sheet.as_uri())
        tab.locator("div").screenshot(path=ASSETS / "brief.png")
        browser.close()


def _pages(pdf: Path, scratch: Path) -> list[Path]:
    stem = scratch / pdf.stem
    subprocess.run(["pdftoppm", "-r", "70", "-l", "2", "-png", pdf, stem], check=True)
    return sorted(scratch.glob(f"{pdf.stem}-*.png"))


if __name__ == "__main__":
    main(sys.argv[1])
