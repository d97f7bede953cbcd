"""Patterns: whatever stands in a text, the page is the one that the template alone would have made."""

from dataclasses import dataclass

import pytest
from django.template import engines
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from casusregie.core import patterns


@dataclass(frozen=True)
class _Entry:
    """As much of a contact as its template cannot do without."""

    day: str
    icon: str = "phone"


_TEMPLATE = "components/filter_chips.html"


def _chips(*labels: str) -> dict[str, object]:
    return {
        "label": "Kies",
        "items": [{"url": f"?a={label}&b=1", "label": label, "current": False} for label in labels],
    }


@pytest.mark.parametrize(
    "label",
    [
        "Yılmaz",
        "",
        '<b>O\'Neill & "zn"</b>',
        mark_safe("<i>veilig</i>"),
        "\ue0000\ue001",
        "een\ue002twee",
        "\ue001",
        "lang" * 300,
    ],
)
def test_a_pattern_says_what_the_template_says(label: str) -> None:
    chips = _chips(label, "ander", label)
    assert patterns.fill(_TEMPLATE, "chips", chips, frozenset()) == render_to_string(_TEMPLATE, {"chips": chips})


def test_a_switch_and_a_number_decide() -> None:
    on, off = ({"items": [{"url": "/", "label": "x", "current": current, "count": 3}]} for current in (True, False))
    for chips in (on, off, {"items": []}):
        assert patterns.fill(_TEMPLATE, "chips", chips, frozenset()) == render_to_string(_TEMPLATE, {"chips": chips})


def test_a_heading_stands_above_the_first_of_each() -> None:
    template = engines["django"].from_string(
        '{% rows "network/_contact_entry.html" "entry" values heading="day" by="kind icon outcome outcome_label" %}'
    )
    page = template.render({"values": [_Entry("ma 1 jan"), _Entry("ma 1 jan"), _Entry("di 2 jan")]})
    assert page.count("cr-timeline__day") == 2
