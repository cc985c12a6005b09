"""`make bench`: how many pages a second, next to a bare Django view under the same server."""
