"""A study is laid whole or not at all."""

import errno
import shutil

import pytest

from innohub.cli.app import _denied
from innohub.cli.files import lay_study
from innohub.errors import StudyError


@pytest.fixture
def source(tmp_path):
    (tmp_path / "shipped" / "results").mkdir(parents=True)
    (tmp_path / "shipped" / "study.toml").write_text("x", encoding="utf-8")
    return tmp_path / "shipped"


def test_results_are_not_copied(source, tmp_path):
    lay_study(source, tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["study.toml"]


def test_nothing_is_written_over(source, tmp_path):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for taken in (source, tmp_path / "file"):
        with pytest.raises(StudyError, match="F120"):
            lay_study(source, taken)


def test_a_full_disk_leaves_no_half_study(source, tmp_path, monkeypatch):
    def full(origin, target, **_):
        target.mkdir()
        told = f"[Errno {errno.ENOSPC}] No space left on device: '{origin}' -> '{target}'"
        raise shutil.Error([(str(origin), str(target), told)])

    monkeypatch.setattr(shutil, "copytree", full)
    with pytest.raises(shutil.Error) as caught:
        lay_study(source, tmp_path / "mine")
    assert not (tmp_path / "mine").exists()
    finding = _denied(caught.value)
    assert (finding.code, finding.file) == ("F124", str(tmp_path / "mine"))
    assert "The system says: No space left on device." in finding.render("en")
