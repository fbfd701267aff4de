"""A routing server on loopback that answers in the table form and remembers what it was asked."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


class FakeOsrm(ThreadingHTTPServer):
    """Every leg is 1,499 m and 61 s longer for each place between its ends in the list; `broken` changes what it answers."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[str] = []
        self.status, self.broken = 200, {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def answer(self, path: str) -> dict[str, object]:
        """Return the tables of a request."""
        parts = urlsplit(path)
        query = {name: values[0] for name, values in parse_qs(parts.query, separator="&").items()}
        sources, targets = ([int(n) for n in query[name].split(";")] for name in ("sources", "destinations"))
        metres = [[1_499 * abs(t - s) for t in targets] for s in sources]
        seconds = [[61 * abs(t - s) for t in targets] for s in sources]
        return {"code": "Ok", "distances": metres, "durations": seconds} | self.broken


class _Handler(BaseHTTPRequestHandler):
    server: FakeOsrm

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        body = json.dumps(self.server.answer(self.path)).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def running() -> Iterator[FakeOsrm]:
    """Run a server until the block ends."""
    with FakeOsrm() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
