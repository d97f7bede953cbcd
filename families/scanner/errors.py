"""Why the scanner cannot answer; whoever asks releases nothing then."""


class Unreadable(Exception):
    """The text of these bytes cannot be read for certain."""


class CannotLook(Exception):
    """The facts of this case cannot be opened now."""
