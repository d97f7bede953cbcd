"""What a story is made of. Days are working days from today (negative: ago), so the demo is always of this week."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Way:
    """A way to reach somebody; the only place in the demo where an address, number or e-mail address stands.

    `knows` are the first names of who may know it besides whom it is of: who lives there too, who was told. Sharing a
    roof is no reason: in some of these houses that is the danger.
    """

    value: str
    channel: str = "phone"
    safe: str = "yes"
    note: str = ""
    confirmed: int = -6
    knows: tuple[str, ...] = ()


@dataclass(frozen=True)
class Someone:
    """A person of a family. `born` is (age today, month, day); `born_in` an age of which only the year is known."""

    given: str
    who: str
    surname: str = ""
    infix: str = ""
    partner: str = ""
    partner_infix: str = ""
    name_use: str = "own"
    born: tuple[int, int, int] | None = None
    born_in: int | None = None
    died: int | None = None
    home: bool = True
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True)
class Promise:
    """A follow-up: when, what, and when it was done (None: still open)."""

    day: int
    text: str
    done: int | None = None


@dataclass(frozen=True)
class Note:
    """One contact or attempt. `by` another login than the director's; `with_` first names as in the family."""

    day: int
    at: str
    channel: str
    body: str
    with_: tuple[str, ...] = ()
    minutes: int = 0
    outcome: str = "reached"
    why: tuple[str, ...] = ()
    promise: Promise | None = None
    by: str = ""


@dataclass(frozen=True)
class Story:
    """One family. `pattern` says for the makers of the demo what goes round here; it is not loaded."""

    slug: str
    name: str
    pattern: str
    violence: str
    between: str
    persons: tuple[Someone, ...]
    notes: tuple[Note, ...]
    director: str = ""
    team: int = 1
    status: str = "active"
    intensity: str = "orange"
    form: str = "undecided"
    opened: int = -30
    closed: int | None = None
    guard: str = ""
    reason: str = ""
    deputies: tuple[str, ...] = ()
    seconds: tuple[str, ...] = ()
    # login and reason
    barred: tuple[tuple[str, str], ...] = ()
