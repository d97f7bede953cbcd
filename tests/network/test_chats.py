"""A pasted chat becomes lines with sender and time; nothing of it is lost."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.chats import Chat, Message, Words, body, read
from network.lines import Voice, parse

WORDS = Words("Chat", "(bijlage in de chat)", "ik")
AT = datetime(2026, 11, 12, 14, 3)


@pytest.mark.parametrize(
    "line",
    [
        "12-11-2026 14:03 - Ellen: Ben je er?",
        "[12-11-2026, 14:03:22] Ellen: Ben je er?",
        "[12-11-2026 14:03:22] Ellen: Ben je er?",
        "12/11/26, 2:03 PM - Ellen: Ben je er?",
        "12/11/2026, 14:03 - Ellen: Ben je er?",
        "12/11/26, 2:03\u202fpm - Ellen: Ben je er?",
        "\u200e[12-11-26, 14:03:22] Ellen: \u200eBen je er?",
        "2026-11-12 14:03 - Ellen: Ben je er?",
        "12.11.26, 14:03 - Ellen: Ben je er?",
    ],
)
def test_each_form_of_a_phone_is_read(line: str) -> None:
    assert read(line).messages == [Message(AT, "Ellen", "Ben je er?")]


def test_months_come_first_when_the_numbers_say_so() -> None:
    chat = read("11/12/26, 2:03 PM - Ellen: Ja\n11/13/26, 9:00 AM - Gijs: Nee")
    assert [message.at.day for message in chat.messages] == [12, 13]


@pytest.mark.parametrize(("hour", "read_as"), [("12:05 AM", 0), ("12:05 PM", 12), ("1:05 am", 1), ("11:05 p.m.", 23)])
def test_halves_of_the_day(hour: str, read_as: int) -> None:
    assert read(f"12/11/26, {hour} - Ellen: x").messages[0].at.hour == read_as


def test_further_lines_belong_to_the_message_above() -> None:
    chat = read("12-11-2026 14:03 - Ellen: Eerst\n\nDan: dit\n12-11-2026 14:04 - Gijs: Ok")
    assert [message.text for message in chat.messages] == ["Eerst\n\nDan: dit", "Ok"]
    assert chat.senders == ["Ellen", "Gijs"]


def test_a_line_of_the_app_has_no_sender_and_media_is_said() -> None:
    chat = read(
        "12-11-2026 14:00 - Berichten zijn beveiligd\n12-11-2026 14:03 - Ellen: <Media weggelaten>\n"
        "12-11-2026 14:04 - Ellen: IMG-2026.jpg (bestand bijgevoegd)"
    )
    assert [message.sender for message in chat.messages] == ["", "Ellen", "Ellen"]
    assert [message.is_media for message in chat.messages] == [False, True, True]


@pytest.mark.parametrize("text", ["", "Gewoon een verslag.", "Om 14:03 - belde zij", "99-99-2026 14:03 - Ellen: x"])
def test_what_is_no_chat_gives_no_message(text: str) -> None:
    assert read(text) == Chat([], text, [])


def test_the_note_has_a_line_a_message_under_its_day() -> None:
    chat = read(
        "Vooraf.\n12-11-2026 14:03 - Ellen: Ben je\ner?\n12-11-2026 14:04 - Sanne: Ja\n12-11-2026 14:05 - Opa: Fijn"
    )
    text = body(chat, {"Ellen": "Ellen", "Sanne": ""}, WORDS, {AT.date(): "12 november 2026"})
    assert text.split("\n") == [
        "Vooraf.",
        "Chat, 12 november 2026",
        "@Ellen: 14:03 Ben je / er?",
        "14:04 ik: Ja",
        "14:05 Opa: Fijn",
    ]


_TEXT = st.text(
    st.characters(exclude_categories=["Cc", "Cf", "Zl", "Zp", "Cs"], exclude_characters="@!~\ufeff"), max_size=30
)
_MESSAGES = st.lists(
    st.tuples(
        st.datetimes(datetime(2010, 1, 1), datetime(2029, 12, 31)),
        st.sampled_from(["Ellen", "Gijs de Wit", "06 1"]),
        _TEXT,
    ),
    max_size=12,
)


@given(_MESSAGES, st.booleans())
def test_what_a_phone_wrote_is_read_back(messages: list[tuple[datetime, str, str]], ios: bool) -> None:
    form = "[{:%d-%m-%Y, %H:%M:%S}] {}: {}" if ios else "{:%d-%m-%Y %H:%M} - {}: {}"
    chat = read("\n".join(form.format(*message) for message in messages))
    assert [(one.sender, one.text) for one in chat.messages] == [
        (sender, text.strip()) for _at, sender, text in messages
    ]
    assert [one.at for one in chat.messages] == [at.replace(second=0, microsecond=0) for at, _sender, _text in messages]


@given(st.text(max_size=200))
def test_any_text_is_read_without_falling(text: str) -> None:
    chat = read(text)
    body(chat, {}, WORDS, {message.at.date(): "dag" for message in chat.messages})


@given(_MESSAGES)
def test_every_marked_message_becomes_a_line_of_its_voice(messages: list[tuple[datetime, str, str]]) -> None:
    chat = read("\n".join(f"{at:%d-%m-%Y %H:%M} - {sender}: {text}" for at, sender, text in messages))
    days = {message.at.date(): "dag" for message in chat.messages}
    lines = parse(body(chat, {"Ellen": "Ellen"}, WORDS, days), [Voice(1, "Ellen")])
    said = [one for one in chat.messages if one.sender == "Ellen" and one.text]
    assert len([line for line in lines if line.voice_id == 1]) == len(said)


def test_two_hundred_pages_are_read_in_a_moment() -> None:
    text = "\n".join(f"12-11-2026 14:{n % 60:02} - Ellen: {'bla ' * 10}" for n in range(8000))
    assert len(read(text).messages) == 8000
