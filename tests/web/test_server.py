"""The server: page, data, tables; a new run shows on reload."""

import asyncio
import json
import socket

import httpx
import pytest

import innohub
from innohub.errors import Finding, StoreError
from innohub.web import application, serve
from innohub.web.page import render
from innohub.web.payload import payload


class Client:
    """Asks an application without a network."""

    def __init__(self, app) -> None:
        self.app = app

    def get(self, path: str, **options) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
                return await client.get(path, **options)

        return asyncio.run(ask())


@pytest.fixture
def client(flagship_run):
    return Client(application(lambda: flagship_run))


def test_page(client, flagship_run):
    answer = client.get("/")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.text == render(payload(flagship_run))


def test_data(client, flagship_run):
    assert client.get("/data.json").json() == json.loads(json.dumps(payload(flagship_run)))


def test_tables(client, flagship_run):
    answer = client.get("/tables/scores.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert "attachment" in answer.headers["content-disposition"]
    assert len(answer.text.splitlines()) == len(flagship_run.table("scores")) + 1
    assert len(client.get("/tables/places.json").json()) == 18


@pytest.mark.parametrize("path", ["/tables/score.csv", "/tables/scores.xlsx", "/tables/..%2Fmanifest.json"])
def test_an_unknown_table_names_near_ones(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    if "score" in path:
        assert "W001" in answer.text
        assert "scores" in answer.text


def test_every_request_reads_the_current_run(flagship_run):
    runs = iter([flagship_run, None])

    def load():
        run = next(runs)
        if run is None:
            raise StoreError(Finding("W004"))
        return run

    client = Client(application(load))
    assert client.get("/data.json").status_code == 200
    answer = client.get("/data.json")
    assert answer.status_code == 503
    assert "W004" in answer.text


def test_a_rerun_shows_on_reload(flagship_copy):
    innohub.run(flagship_copy)
    client = Client(application(lambda: innohub.open_run(flagship_copy)))
    before = client.get("/data.json").json()["run"]["id"]
    study = flagship_copy / "study.toml"
    study.write_text(study.read_text(encoding="utf-8").replace("seed = 7", "seed = 8"), encoding="utf-8")
    innohub.run(flagship_copy)
    after = client.get("/data.json").json()["run"]
    assert after["id"] != before
    assert after["seed"] == 8


def test_strange_host_names_are_refused(flagship_run):
    client = Client(application(lambda: flagship_run, hosts=("127.0.0.1",)))
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
    assert client.get("/", headers={"host": "127.0.0.1:8000"}).status_code == 200


def test_a_taken_port_is_told(flagship_run):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(StoreError) as caught:
            serve(lambda: flagship_run, port=other.getsockname()[1])
    assert caught.value.findings[0].code == "W005"
