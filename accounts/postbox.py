"""Handing a mail to the SMTP server, and the one moment in it that counts.

A server takes a mail when it has read the line with the single dot. Before that it has nothing,
however much it read; after that the mail may be on its way, whatever we hear. So the dot is sent by
itself, and whoever keeps the books is told right before. Settings put this backend in the place of
Django's own for every `smtp…://` address.
"""

import re
import smtplib
from collections.abc import Callable
from typing import Any

from django.core.mail.backends import smtp

LINE = b"\r\n"
DOT = b"." + LINE


class _DotByItself(smtplib.SMTP):
    """A conversation that calls `before_the_dot` when all else was sent."""

    before_the_dot: Callable[[], object] = staticmethod(lambda: None)

    def data(self, msg: Any) -> tuple[int, bytes]:
        """The command DATA; `msg` are the bytes of a mail with CRLF at the end of its lines.

        When `before_the_dot` raises, the connection is cut, and the server has taken nothing.
        """
        code, reply = self.docmd("data")
        if code != 354:
            raise smtplib.SMTPDataError(code, reply)
        self.send(_dotted(msg))
        try:
            self.before_the_dot()
        except BaseException:
            self.close()
            raise
        self.send(DOT)
        return self.getreply()


class _DotByItselfOverTls(_DotByItself, smtplib.SMTP_SSL):
    """The same on a port that begins with TLS."""


class EmailBackend(smtp.EmailBackend):
    """Django's way to an SMTP server; `before_the_dot` is called right before it takes a mail."""

    def __init__(
        self, *args: Any, before_the_dot: Callable[[], object] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.before_the_dot = before_the_dot

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _DotByItselfOverTls if self.use_ssl else _DotByItself

    def open(self) -> bool | None:
        is_new = super().open()
        if isinstance(self.connection, _DotByItself) and self.before_the_dot:
            self.connection.before_the_dot = self.before_the_dot
        return is_new


def _dotted(mail: bytes) -> bytes:
    """The mail as it travels: a dot that begins a line is doubled, and the last line ends."""
    lines = re.sub(rb"(?m)^\.", b"..", mail)
    return lines if lines.endswith(LINE) else lines + LINE
