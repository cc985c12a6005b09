"""A small load generator: keep-alive connections that ask for one page again and again.

Loopback only. Bounded in time by `seconds`; it stops by itself.
"""

import socket
import threading
import time
from dataclasses import dataclass

LOOPBACK = "127.0.0.1"
TIMEOUT = 30.0


@dataclass(frozen=True)
class Figures:
    """Requests a second, and milliseconds that half / 99 of 100 requests needed at the most."""

    rate: float
    p50: float
    p99: float
    bytes: int
    requests: int


class Connection:
    """One HTTP/1.1 keep-alive connection."""

    def __init__(self, port: int, path: str, cookie: str = "") -> None:
        self.socket = socket.create_connection((LOOPBACK, port), timeout=TIMEOUT)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        known = f"Cookie: {cookie}\r\n" if cookie else ""
        self.request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{known}\r\n".encode()

    def get(self) -> int:
        """Ask once; returns the size of the body in bytes, refuses anything but 200."""
        self.socket.sendall(self.request)
        received = bytearray()
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._receive()
        head = bytes(received[:end]).lower()
        if b" 200 " not in head.split(b"\r\n", 1)[0]:
            raise RuntimeError(head.split(b"\r\n", 1)[0].decode())
        if b"content-length:" not in head:
            return self._rest_of_chunks(received, end + 4)
        length = int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
        missing = length - (len(received) - end - 4)
        while missing > 0:
            missing -= len(self._receive())
        return length

    def _rest_of_chunks(self, received: bytearray, start: int) -> int:
        while not received.endswith(b"0\r\n\r\n"):
            received += self._receive()
        return len(received) - start

    def _receive(self) -> bytes:
        chunk = self.socket.recv(1 << 18)
        if not chunk:
            raise RuntimeError("the server closed the connection")
        return chunk


def _ask(connection: Connection, until: float, seconds: list[float], sizes: list[int]) -> None:
    while time.perf_counter() < until:
        began = time.perf_counter()
        sizes.append(connection.get())
        seconds.append(time.perf_counter() - began)


def measure(port: int, path: str, *, clients: int, seconds: float, cookie: str = "") -> Figures:
    """Ask for `path` with this many clients at once for this long."""
    times: list[float] = []
    sizes: list[int] = []
    connections = [Connection(port, path, cookie) for _client in range(clients)]
    began = time.perf_counter()
    threads = [
        threading.Thread(target=_ask, args=(connection, began + seconds, times, sizes))
        for connection in connections
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return figures(times, time.perf_counter() - began, sizes[-1])


def figures(times: list[float], took: float, size: int) -> Figures:
    """What single durations, in seconds, come to."""
    ordered = sorted(times)
    return Figures(
        rate=len(ordered) / took,
        p50=ordered[len(ordered) // 2] * 1000,
        p99=ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))] * 1000,
        bytes=size,
        requests=len(ordered),
    )
