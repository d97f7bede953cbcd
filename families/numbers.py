"""The citizen service number (BSN): the eleven-proof, and how it is shown (domain.md g). Valid is not issued."""

import re

from django.utils.translation import gettext as _

_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_DIGITS = 9


class NotANumber(ValueError):
    """What was typed is no citizen service number; the text is the sentence for who typed it."""


def is_valid(number: str) -> bool:
    """Whether nine digits pass the eleven-proof: nine times the first to twice the eighth, less the ninth."""
    if len(number) != _DIGITS or not (number.isascii() and number.isdigit()) or number == "0" * _DIGITS:
        return False
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=True)) % 11 == 0


def number_of(text: str, *, takes_test_numbers: bool) -> str:
    """The nine digits of what was typed, with points, spaces or a zero in front that somebody left out.

    `takes_test_numbers`: 9999xxxxx is nobody's and belongs in a demo only. Raises NotANumber.
    """
    digits = re.sub(r"[\s.\-]", "", text)
    if len(digits) == _DIGITS - 1:
        digits = f"0{digits}"
    if not re.fullmatch(r"[0-9]{9}", digits):
        raise NotANumber(_("A citizen service number has nine digits, sometimes eight."))
    if not is_valid(digits):
        raise NotANumber(_("This is no citizen service number: a digit is wrong. Look at it once more."))
    if digits.startswith("9999") and not takes_test_numbers:
        raise NotANumber(_("This is a test number; it belongs to nobody."))
    return digits


def masked(number: str) -> str:
    """The last four digits behind dots."""
    return f"•••••{number[-4:]}"


def spellings(number: str) -> list[str]:
    """How the number can stand in a text: whole, and without the zero in front."""
    return [number, number.lstrip("0")] if number.startswith("0") else [number]
