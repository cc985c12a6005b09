"""A publication to look at: loaded into an empty database through the same rules as everything.

The words are in `content/`, one module for each noun builds its part, `load.py` puts them together.
"""
