"""The shipped studies."""

from pathlib import Path

import innohub


def _shelf() -> Path:
    """Return the folder of shipped studies, installed or in a source checkout."""
    package = Path(innohub.__file__).parent
    installed = package / "examples"
    return installed if installed.is_dir() else package.parents[1] / "examples"


def example_names() -> list[str]:
    """Name the shipped studies."""
    return sorted(path.parent.name for path in _shelf().glob("*/study.toml"))


def example_folder(name: str) -> Path:
    """Return the folder of a shipped study; ``KeyError`` for an unknown one."""
    if name not in example_names():
        raise KeyError(name)
    return _shelf() / name
