"""The interactive page: served, or exported as one offline file."""

from innohub.web.page import page
from innohub.web.payload import payload
from innohub.web.rerank import Reranking, rerank
from innohub.web.schema import Payload
from innohub.web.server import application, serve

__all__ = ["Payload", "Reranking", "application", "page", "payload", "rerank", "serve"]
