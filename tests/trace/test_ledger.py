"""Digests depend on content alone."""

import configparser
import hashlib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from innohub.trace import code_fingerprint, digest, file_digest, versions
from innohub.trace.ledger import COMPUTING_ROOMS

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.dictionaries(st.text(), inner, max_size=4),
)


@given(plain)
def test_order_of_keys_does_not_matter(data):
    turned = dict(reversed(data.items())) if isinstance(data, dict) else data
    assert digest(data) == digest(turned)


def test_different_data_differ():
    assert len({digest(x) for x in (1, "1", None, [1], {"a": 1}, {"a": "1"})}) == 6


def test_file_digest(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(b"innohub")
    assert file_digest(path) == hashlib.sha256(b"innohub").hexdigest()


def test_code_and_versions_are_known():
    assert len(code_fingerprint()) == 64
    assert {"python", "innohub", "numpy", "pandas"} <= set(versions())


def test_every_room_that_computes_is_in_the_fingerprint():
    layers = configparser.ConfigParser()
    layers.read(Path(__file__).parents[2] / ".importlinter", encoding="utf-8")
    rooms = layers["importlinter:contract:rooms"]["layers"].split()
    before_results = rooms[rooms.index("run") :]
    assert set(COMPUTING_ROOMS) == set(before_results) - {"trace", "errors", "words", "fonts", "verb", "|"}
