"""The declared world as data files: methods with their citations, tier names, land, shipped studies."""

from innohub.catalog.examples import example_folder, example_names
from innohub.catalog.methods import Method, method, methods
from innohub.catalog.spec import OWN, Spec, parse_spec
from innohub.catalog.tiers import tier_label

__all__ = [
    "OWN",
    "Method",
    "Spec",
    "example_folder",
    "example_names",
    "method",
    "methods",
    "parse_spec",
    "tier_label",
]
