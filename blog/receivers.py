"""What the index of posts hears from Django: that tables were emptied without a word."""

from typing import Any

from blog import search_index


def migrated(**kwargs: Any) -> None:
    """Sent after every migration and every flush."""
    search_index.forget_strays()
