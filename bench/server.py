"""A granian of our own on a free port, for as long as a `with` block lasts."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bench.load import LOOPBACK

START_SECONDS = 20


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(application: str, environment: dict[str, str]) -> Iterator[int]:
    """Serve a WSGI application with one worker and four threads; yields the port."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", LOOPBACK]
    command += ["--port", str(port), "--workers", "1", "--blocking-threads", "4"]
    command += ["--no-log", application]
    server = subprocess.Popen(command, env={**os.environ, **environment})  # noqa: S603
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=START_SECONDS)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            socket.create_connection((LOOPBACK, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")
