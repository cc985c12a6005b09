"""How a rule says no: an exception that carries a sentence for people."""


class Refusal(Exception):  # noqa: N818  it is an answer, not an error
    """Something may not happen; `sentence` says why, in words a person can act on."""

    def __init__(self, sentence: object) -> None:
        super().__init__(str(sentence))
        self.sentence = str(sentence)


class NotAllowed(Refusal):
    """The wrong person asked."""


class WrongMoment(Refusal):
    """The thing is not in a state in which this can happen."""


class Invalid(Refusal):
    """What was given does not make sense here."""


class Conflict(Refusal):
    """Somebody else changed it since the person looked."""
