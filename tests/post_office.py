"""A mail server of our own, which remembers what it took and behaves as badly as it is told.

`office.plan["DOT"] = …` says what happens at a moment of the conversation: a function that gets the
usual answer and returns the answer to give (or HANG, DROP, TAKE_AND_DROP). The moments are
CONNECT, EHLO, MAIL, RCPT, DATA, TEXT (the first line of the mail), DOT (all was read) and QUIT.
"""

import threading
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes
from email.message import Message
from socketserver import StreamRequestHandler, ThreadingTCPServer
from types import TracebackType
from typing import Self

HANG, DROP, TAKE_AND_DROP = "hang", "drop", "take and drop"
MOMENTS = ("CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "TEXT", "DOT", "QUIT")
USUAL = {
    "CONNECT": "220 a post office",
    "EHLO": "250 good day",
    "DATA": "354 tell",
    "TEXT": "",
    "QUIT": "221 good bye",
}
Plan = Callable[[str], str]


def always(answer: str) -> Plan:
    return lambda _usual: answer


class Conversation(StreamRequestHandler):
    """Follows plain SMTP as far as a sender of mails needs it."""

    server: "PostOffice"

    def handle(self) -> None:
        self.server.conversations += 1
        self.server.busy.add(self)
        try:
            going_on = self._says("CONNECT")
            while going_on and (line := self.rfile.readline()):
                going_on = self._answers(line.split()[0].decode().upper())
        except OSError:
            pass  # the other side is dead
        finally:
            self.server.busy.discard(self)

    def _answers(self, word: str) -> bool:
        word = word.replace("HELO", "EHLO")
        if word == "DATA":
            return self._says("DATA") and (self.refused or self._reads())
        return self._says(word) and word != "QUIT"

    def _reads(self) -> bool:
        lines: list[bytes] = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line.endswith(b"\r\n"):
                self.server.cut_off += 1
                return False
            if not lines and not self._says("TEXT"):
                return False
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return self._says("DOT", b"".join(lines))

    def _says(self, moment: str, text: bytes = b"") -> bool:
        """Give the answer of this moment; False ends the conversation."""
        usual = USUAL.get(moment, "250 fine")
        answer = self.server.plan.get(moment, always(usual))(usual)
        if moment == "DOT" and (answer.startswith("250") or answer == TAKE_AND_DROP):
            self.server.taken.append(message_from_bytes(text))
        if answer == HANG:
            self.server.is_closing.wait(60)
        if answer in (HANG, DROP, TAKE_AND_DROP):
            return False
        self.refused = not answer.startswith(("2", "3"))
        if answer:
            self.wfile.write(f"{answer}\r\n".encode())
        return True


class PostOffice(ThreadingTCPServer):
    """Listens on a free port while it is used as a context."""

    daemon_threads = True
    request_queue_size = 50

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.port: int = self.server_address[1]
        self.taken: list[Message] = []
        self.plan: dict[str, Plan] = {}
        self.cut_off = self.conversations = 0
        self.busy: set[Conversation] = set()
        self.is_closing = threading.Event()

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05})
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.is_closing.set()
        self.shutdown()
        self._thread.join()
        self.server_close()

    def arrived(self) -> Counter[str]:
        """How often each Message-ID was taken."""
        return Counter(str(message["Message-ID"]) for message in list(self.taken))

    def has_begun(self, number: int) -> bool:
        """Whether so many conversations were begun, since it opened."""
        return self.conversations >= number
