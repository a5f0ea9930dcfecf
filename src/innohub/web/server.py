"""Serve the page, its data and the tables of the current run from this machine."""

import difflib
import errno
import socket
from collections.abc import Callable

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from innohub.errors import Finding, InnohubError, StoreError
from innohub.web.page import render
from innohub.web.payload import payload
from innohub.web.run_tables import RunTables
from innohub.web.table_export import to_csv, to_json

Load = Callable[[], RunTables]
LOCAL = ("127.0.0.1", "localhost", "::1")


def application(load: Load, hosts: tuple[str, ...] = ("*",)) -> Starlette:
    """Build the web application.

    Parameters
    ----------
    load : opens the run to show; called for every request, so that a new run shows on reload.
    hosts : host names that requests may carry; ``*`` for any.
    """

    def show_page(_request: Request) -> Response:
        return HTMLResponse(render(payload(load())))

    def show_data(_request: Request) -> Response:
        return JSONResponse(payload(load()))

    def show_table(request: Request) -> Response:
        return _table(load(), request.path_params["name"], request.path_params["form"])

    return Starlette(
        routes=[
            Route("/", show_page),
            Route("/data.json", show_data),
            Route("/tables/{name}.{form}", show_table),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))],
        exception_handlers={InnohubError: _explain},
    )


def serve(load: Load, host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve the page until interrupted; by default this machine only.

    Raises
    ------
    StoreError
        W005 when another program uses the port.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as problem:
            code = "W005" if problem.errno == errno.EADDRINUSE else "W006"
            raise StoreError(
                Finding(code, value=str(port), params={"host": host, "next": port + 1})
            ) from None
        app = application(load, LOCAL if host in LOCAL else ("*",))
        uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])


def _table(run: RunTables, name: str, form: str) -> Response:
    if name not in run.table_names or form not in ("csv", "json"):
        near = difflib.get_close_matches(name, run.table_names, n=3, cutoff=0.4) or list(run.table_names)
        finding = Finding("W001", value=f"{name}.{form}", params={"near": tuple(near)})
        return PlainTextResponse(finding.render(), status_code=404)
    table = run.table(name)
    if form == "json":
        return Response(to_json(table), media_type="application/json")
    head = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(to_csv(table), media_type="text/csv; charset=utf-8", headers=head)


def _explain(_request: Request, problem: Exception) -> Response:
    return PlainTextResponse(str(problem), status_code=503)
