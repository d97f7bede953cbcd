"""The marks of a note: text becomes lines, and lines become the same text again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.choices import LineKind
from network.lines import MAX_SOURCE, Line, Voice, marks, parse, write

VOICES = [Voice(1, "Marianne van Halteren"), Voice(2, "Noor Halteren"), Voice(3, "Noor de Wit")]
NAMES = {voice.party_id: voice.name for voice in VOICES}
_PIECE = st.sampled_from(
    [
        "@Marianne: ",
        "@Noor Halteren*: ",
        "!",
        "! ",
        "~",
        "~ ",
        "(bron: ",
        "(Bron:",
        ")",
        " ",
        "\n",
        "\r\n",
        "rust",
        "é",
        "*",
    ]
)
# Whatever somebody types, with our own signs in it more often than by chance; an @ alone names nobody.
BODIES = st.lists(_PIECE | st.text(max_size=6).filter(lambda text: "@" not in text), max_size=30).map("".join)


def _parsed(body: str) -> list[Line] | None:
    try:
        return parse(body, VOICES)
    except Exception:  # a mark in the middle of a name: answered at the field
        return None


@given(BODIES)
def test_what_was_written_is_read_again_the_same(body: str) -> None:
    lines = _parsed(body)
    if lines is not None:
        assert parse(write(lines, NAMES), VOICES) == lines


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_fact_and_its_source_are_parted_and_joined_again(text: str, source: str) -> None:
    lines = _parsed(f"! {text} (bron: {source})")
    if lines and len(lines) == 1 and lines[0].kind == LineKind.FACT:
        assert parse(write(lines, NAMES), VOICES) == lines


@pytest.mark.parametrize(
    ("body", "text", "source"),
    [
        ("! De deur is heel (bron: zelf gezien)", "De deur is heel", "zelf gezien"),
        ("!De deur is heel (Bron:zelf gezien)", "De deur is heel", "zelf gezien"),
        ("! De deur is heel (bron: Jan (buurman))", "De deur is heel", "Jan (buurman)"),
        ("! De deur is heel (bron: )", "De deur is heel", ""),
        ("! De deur is heel", "De deur is heel", ""),
        ("! (bron: zelf gezien)", "(bron: zelf gezien)", ""),
        ("! Zij las (bron: krant) hardop", "Zij las (bron: krant) hardop", ""),
    ],
)
def test_a_fact_says_how_it_is_known_at_its_end(body: str, text: str, source: str) -> None:
    assert parse(body, VOICES) == [Line(LineKind.FACT, text, known_from=source)]


def test_a_source_that_is_too_long_stays_in_the_text() -> None:
    line = parse(f"! Feit (bron: {'x' * (MAX_SOURCE + 1)})", VOICES)[0]
    assert line.known_from == ""
    assert "xxx" in line.text


def test_only_a_fact_has_a_source() -> None:
    assert parse("~ Zij is op (bron: gevoel)", VOICES)[0].text == "Zij is op (bron: gevoel)"
    assert parse("@Marianne: Ja (bron: mij)", VOICES)[0].text == "Ja (bron: mij)"


def test_the_shortest_mark_is_the_first_name_unless_two_have_it() -> None:
    assert marks([voice.name for voice in VOICES]) == ["Marianne", "Noor Halteren", "Noor de Wit"]


@given(
    st.lists(
        st.sampled_from(["Noor", "Noor Halteren", "Jan", "Jan Jansen", "Éva Nagy", "Eva", "A: B", "Ster*"]), max_size=6
    )
)
def test_every_mark_finds_its_own_voice(names: list[str]) -> None:
    voices = [Voice(number, name) for number, name in enumerate(names, start=1)]
    for voice, mark in zip(voices, marks(names), strict=True):
        if mark:
            assert parse(f"@{mark}: hoi", voices)[0].voice_id == voice.party_id
