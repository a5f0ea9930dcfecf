"""Measure, classify, connect and plan science-and-technology innovation centres.

A study folder goes in; an index with honest uncertainty, tiers with probabilities,
a bilingual brief and an interactive page come out, every number traceable to file and row.
"""

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_FACE = {
    "read_study": "innohub.study",
    "check_study": "innohub.study",
    "Study": "innohub.study",
    "Run": "innohub.run",
    "open_run": "innohub.run",
    "check": "innohub.run",
    "page": "innohub.web",
    "serve": "innohub.web",
    "InnohubError": "innohub.errors",
    "Finding": "innohub.errors",
    "example_names": "innohub.catalog",
}
_ROOMS = (
    "brief",
    "catalog",
    "chart",
    "ecosystem",
    "errors",
    "index",
    "panel",
    "places",
    "position",
    "run",
    "study",
    "trace",
    "words",
)

__all__ = [
    "Finding",
    "InnohubError",
    "Run",
    "Study",
    "__version__",
    "brief",
    "catalog",
    "chart",
    "check",
    "check_study",
    "ecosystem",
    "errors",
    "example_names",
    "index",
    "open_run",
    "page",
    "panel",
    "places",
    "position",
    "read_study",
    "run",
    "serve",
    "study",
    "trace",
    "words",
]

if TYPE_CHECKING:
    from innohub import (
        brief,
        catalog,
        chart,
        ecosystem,
        errors,
        index,
        panel,
        places,
        position,
        run,
        study,
        trace,
        words,
    )
    from innohub.catalog import example_names
    from innohub.errors import Finding, InnohubError
    from innohub.run import Run, check, open_run
    from innohub.study import Study, check_study, read_study
    from innohub.web.page import page
    from innohub.web.server import serve


def __getattr__(name: str) -> Any:
    """Import a public name at its first use, so that ``import innohub`` stays fast."""
    if name in _FACE:
        value = getattr(importlib.import_module(_FACE[name]), name)
    elif name in _ROOMS:
        value = importlib.import_module(f"innohub.{name}")
    else:
        message = f"module 'innohub' has no attribute '{name}'"
        raise AttributeError(message)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public face."""
    return sorted(__all__)
