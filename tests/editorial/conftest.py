"""The spam service that comments are checked by checks reports of errors too."""

from tests.comments.conftest import akismet, running_akismet

__all__ = ["akismet", "running_akismet"]
