"""A small server for tests, on this computer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

__all__ = ["Page", "Site"]


@dataclass
class Page:
    """What a path answers: `body` is sent piece by piece if it is no bytes."""

    body: bytes | Iterable[bytes] = b""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


class Site:
    """Pages by their path, served while the context lasts; `asked` holds the paths and headers asked for."""

    def __init__(self, pages: Mapping[str, Page | Callable[[dict[str, str]], Page]]) -> None:
        self.pages = dict(pages)
        self.asked: list[tuple[str, dict[str, str]]] = []

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def __enter__(self) -> Site:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                site.asked.append((self.path, headers))
                page = site.pages.get(self.path, Page(status=404))
                page = page(headers) if callable(page) else page
                self.send_response(page.status)
                for name, value in {"Content-Type": page.kind, **page.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                try:
                    for piece in [page.body] if isinstance(page.body, bytes) else page.body:
                        self.wfile.write(piece)
                except OSError:
                    pass  # whoever asked has heard enough

            def log_message(self, *arguments: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
