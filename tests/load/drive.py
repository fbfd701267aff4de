"""Sends requests over many kept connections at once and reads their answers; one thread, to cost little beside the server."""

from __future__ import annotations

import selectors
import socket
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Rate:
    """What came back in so many seconds."""

    seconds: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        """Answers per second."""
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def quantile(self, share: float) -> float:
        """Milliseconds within which this share of the answers came."""
        ordered = sorted(self.latencies)
        return 1_000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0

    @property
    def errors(self) -> int:
        """Answers that are no 2xx."""
        return sum(count for status, count in self.statuses.items() if not 200 <= status < 300)


class _Line:
    """One kept connection with the answer that it waits for."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), 10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.setblocking(False)
        self.sent_at, self.received = 0.0, b""

    def send(self, request: bytes) -> None:
        self.sent_at, self.received = time.perf_counter(), b""
        while request:
            try:
                request = request[self.socket.send(request) :]
            except BlockingIOError:
                time.sleep(0.0001)

    def read(self) -> int | None:
        """Return the status when the whole answer is there."""
        part = self.socket.recv(65_536)
        if not part:
            raise ConnectionError("the server closed a kept connection")
        self.received += part
        head, found, body = self.received.partition(b"\r\n\r\n")
        if not found:
            return None
        length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
        return int(head[9:12]) if len(body) >= length else None


def drive(port: int, request: Callable[[int], bytes], connections: int, seconds: float) -> Rate:
    """Ask for so many seconds over so many connections; `request(n)` gives the bytes of the n-th request."""
    lines = [_Line(port) for _ in range(connections)]
    picker = selectors.DefaultSelector()
    rate, number = Rate(), 0
    for line in lines:
        picker.register(line.socket, selectors.EVENT_READ, line)
        line.send(request(number))
        number += 1
    began = time.perf_counter()
    waiting = len(lines)
    while waiting:
        for key, _ in picker.select(1.0):
            line = key.data
            status = line.read()
            if status is None:
                continue
            now = time.perf_counter()
            rate.statuses[status] += 1
            rate.latencies.append(now - line.sent_at)
            if now - began < seconds:
                line.send(request(number))
                number += 1
            else:
                picker.unregister(line.socket)
                waiting -= 1
    rate.seconds = time.perf_counter() - began
    for line in lines:
        line.socket.close()
    return rate
