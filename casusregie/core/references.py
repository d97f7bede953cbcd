"""Random public references: what stands in an address never counts and never tells."""

import secrets

# Without letters and digits that are read for one another on the phone (0 O 1 I L U V).
ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"


def new_ref(length: int = 10) -> str:
    """A random reference of `length` characters (29 signs each: 10 give 48 bits); the table's unique index guards it."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def case_ref() -> str:
    """A reference for a case, short enough to say aloud."""
    return new_ref(8)


def party_ref() -> str:
    """A reference for a party."""
    return new_ref(12)
