"""The chain behind a number, and the ledger of a run."""

from innohub.trace.chain import Link
from innohub.trace.ledger import code_fingerprint, digest, file_digest, versions

__all__ = ["Link", "code_fingerprint", "digest", "file_digest", "versions"]
