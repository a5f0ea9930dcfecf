"""Briefs: one object, several writers; every number in them is a claim with its source."""

from innohub.brief.build import build_brief
from innohub.brief.check import check_brief
from innohub.brief.html import write_html
from innohub.brief.markdown import write_markdown
from innohub.brief.model import Brief, Claim
from innohub.brief.pdf import write_pdf
from innohub.brief.word import write_docx
from innohub.brief.write import brief, targets, write_all
from innohub.verb import callable_room

__all__ = [
    "Brief",
    "Claim",
    "brief",
    "build_brief",
    "check_brief",
    "targets",
    "write_all",
    "write_docx",
    "write_html",
    "write_markdown",
    "write_pdf",
]

callable_room(__name__, brief)
