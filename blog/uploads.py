"""How files come in: into the temporary folder, and no more of one than an image may have.

Django limits forms but not files. What goes beyond the limit is not stored, though counted, so that
the person hears how much was too much; whoever goes on for long is not listened to.
"""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler

TIMES_HEARD = 5  # as many bytes as the limit, and the connection is left


class UpToALimit(TemporaryFileUploadHandler):
    """A file on disk that ends at the limit; its `size` is the true one."""

    received = received_in_all = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.received = 0
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        self.received_in_all += len(raw_data)
        if self.received_in_all > TIMES_HEARD * settings.IMAGE_MAX_BYTES:
            raise StopUpload(connection_reset=True)
        if self.received <= settings.IMAGE_MAX_BYTES:
            super().receive_data_chunk(raw_data, start)
