"""Several processes that live and die together.

Each child leads a process group of its own: a Ctrl-C in the terminal reaches only us, and we stop
the children one and the same way however we were told to. On Linux the kernel stops them as well
if we are killed without a chance to.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from types import FrameType

PATIENCE = 10.0  # seconds for a child to finish what it is doing
GLANCE = 0.1  # seconds between two looks at the children
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


class Supervisor:
    """Starts children, waits until one of them or we ourselves should stop, stops all."""

    def __init__(self) -> None:
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.asked_to_stop = False
        signal.signal(signal.SIGINT, self._stop)
        signal.signal(signal.SIGTERM, self._stop)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.asked_to_stop = True

    def start(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        if self.asked_to_stop:
            return
        self.children[name] = subprocess.Popen(  # noqa: S603  our own commands
            command,
            env=environment,
            process_group=0,
            preexec_fn=_stop_with_us,  # noqa: PLW1509  no thread of ours runs yet
        )

    def first_to_end(self) -> str | None:
        """The name of a child that has ended, if one has."""
        ended = (name for name, child in self.children.items() if child.poll() is not None)
        return next(ended, None)

    def wait(self) -> str | None:
        """Return when we are asked to stop (None) or a child has ended (its name)."""
        ended = None
        while not self.asked_to_stop and ended is None:
            time.sleep(GLANCE)
            ended = self.first_to_end()
        return ended

    def stop(self) -> None:
        """Ask every child to stop, wait for it, and leave nobody of its group behind."""
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        until = time.monotonic() + PATIENCE
        for child in self.children.values():
            _wait(child, until)
            _end_group(child.pid)


def _wait(child: subprocess.Popen[bytes], until: float) -> None:
    try:
        child.wait(max(0.0, until - time.monotonic()))
    except subprocess.TimeoutExpired:
        _end_group(child.pid)
        child.wait()


def _end_group(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return  # nobody was left
    except PermissionError:
        return  # only what has ended already (macOS says it so)


def _stop_with_us() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGTERM)
