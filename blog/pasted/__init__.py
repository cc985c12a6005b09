"""What other programs put on the clipboard, read one habit at a time; `blog.pasting` joins it."""
