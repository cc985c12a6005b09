"""What the log says: one line for a request that was refused, and no signed link.

A signed link opens a door for whoever reads it.
"""

import logging
import re

LEAST_FAILURE = 500  # status codes below it are answers, not failures of ours
# as Django signs with SHA-256: words, perhaps a time, and 43 characters of signature
SIGNED = re.compile(r"(?<![\w-])[\w-]++(?:[:.][\w-]++)?[:.][\w-]{43}(?![\w-])")


def without_traceback(record: logging.LogRecord) -> bool:
    """Keep the line, and only for failures where in the code it happened; a filter of records."""
    if getattr(record, "status_code", LEAST_FAILURE) < LEAST_FAILURE:
        record.exc_info = record.exc_text = None
    return True


class WithoutSignedLinks(logging.Filter):
    """Writes … for every signed word; drops no line."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        record.msg, record.args = SIGNED.sub("…", said), ()
        return True
