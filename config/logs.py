"""What the log says about a request that was refused: one line."""

import logging

LEAST_FAILURE = 500  # status codes below it are answers, not failures of ours


def without_traceback(record: logging.LogRecord) -> bool:
    """Keep the line, and only for failures where in the code it happened; a filter of records."""
    if getattr(record, "status_code", LEAST_FAILURE) < LEAST_FAILURE:
        record.exc_info = record.exc_text = None
    return True
