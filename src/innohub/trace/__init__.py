"""The chain behind a number, and the ledger of a run."""

from innohub.trace.chain import Kind, Link
from innohub.trace.ledger import code_fingerprint, digest, file_digest, versions

__all__ = ["Kind", "Link", "code_fingerprint", "digest", "file_digest", "versions"]
