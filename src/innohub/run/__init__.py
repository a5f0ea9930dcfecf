"""Run a study: the step graph, the results store, the results."""

from innohub.run.rehearse import check
from innohub.run.result import IndexView, Run, TiersView, open_run
from innohub.run.run import clean, run
from innohub.run.store import runs
from innohub.verb import callable_room

__all__ = ["IndexView", "Run", "TiersView", "check", "clean", "open_run", "run", "runs"]

callable_room(__name__, run)
