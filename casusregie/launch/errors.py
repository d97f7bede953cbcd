"""The one error of the launcher: something a person can mend, said in one plain sentence."""


class LaunchError(Exception):
    """A start that cannot go on; its text is shown on the terminal as it is, without a traceback."""
