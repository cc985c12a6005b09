"""A coloured disc with initials beside a name, in place of a picture from somewhere else."""

from dataclasses import dataclass
from hashlib import blake2b

TONES = 8  # tokens.css has as many, each with its ink


@dataclass(frozen=True)
class Disc:
    """Up to two letters, and which of the tones they stand on."""

    letters: str
    tone: int


def disc(name: str) -> Disc:
    """The same for the same name, always; capital and small letters do not matter."""
    words = [word for word in ("".join(filter(str.isalnum, one)) for one in name.split()) if word]
    ends = words[:1] + words[1:][-1:]
    letters = "".join(word[0] for word in ends).upper()[:2]
    digest = blake2b(name.strip().casefold().encode("utf-8", "replace"), digest_size=2).digest()
    return Disc(letters or "·", int.from_bytes(digest) % TONES + 1)
