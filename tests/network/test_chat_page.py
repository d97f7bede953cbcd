"""A pasted chat on its page: read, shown, nothing kept before it is taken over, nothing lost when it is too long."""

import re
from uuid import uuid4

from django.db.models import Model

from network.models import Contact, Draft
from tests.cast import Cast

CHAT = (
    "12-11-2025 14:03 - Marianne: Ben je er?\n12-11-2025 14:04 - Owner Testpersoon: Ja\n"
    "12-11-2025 14:05 - Opa: <Media weggelaten>"
)


def _url(cast: Cast) -> str:
    return f"/casussen/{cast.case.ref}/contacten/chat/"


def _counts() -> list[int]:
    models: list[type[Model]] = [Contact, Draft]
    return [model._default_manager.count() for model in models]


def test_it_is_shown_before_anything_is_kept(cast: Cast) -> None:
    before = _counts()
    answer = cast.client("owner").post(_url(cast), {"text": CHAT, "step": "read"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert [sender.chosen for sender in answer.context["senders"]] == [cast.mother, "me", ""]
    assert "Ben je er?" in page
    assert "14:03" in page
    assert _counts() == before


def test_taken_over_it_is_a_draft_with_lines_and_whoever_is_in_it(cast: Cast) -> None:
    client = cast.client("owner")
    answer = client.post(_url(cast), {"text": CHAT, "step": "take", "who-2": cast.daughter})
    assert answer.status_code == 302
    page = client.get(answer["Location"])
    form = page.context["form"]
    assert form["body"].value().split("\n")[1:3] == ["@Marianne: 14:03 Ben je er?", "14:04 Owner Testpersoon: Ja"]
    assert "@Noor: 14:05" in form["body"].value()
    assert form["participants"].value() == [cast.mother, cast.daughter]
    assert form["channel"].value() == "app"
    assert form["started_at"].value() == "2025-11-12T14:05"
    assert Contact.objects.count() == 1
    fields = {name: form[name].value() for name in ("key", "body", "participants", "channel", "started_at")}
    assert client.post(f"/casussen/{cast.case.ref}/contacten/nieuw/", fields).status_code == 302
    said = Contact.objects.order_by("-pk")[0].lines.filter(kind="statement")
    assert [line.voice.ref for line in said.order_by("position")] == [cast.mother, cast.daughter]
    assert not Draft.objects.exists()


def test_from_the_form_of_a_contact_everything_chosen_there_comes_along(cast: Cast) -> None:
    client, key = cast.client("owner"), str(uuid4())
    fields = {"body": f"Vooraf.\n{CHAT}", "key": key, "purposes": ["trust", "safety"], "participants": [cast.daughter]}
    page = client.post(_url(cast), fields | {"step": "read"}).content.decode()
    sent = dict(re.findall(r'type="hidden" name="([a-z_]+)" value="([^"]*)"', page))
    assert sent["key"] == key
    answer = client.post(
        _url(cast), {"text": fields["body"], **{k: v for k, v in fields.items() if k != "body"}, "step": "take"}
    )
    form = client.get(answer["Location"]).context["form"]
    assert form["purposes"].value() == ["trust", "safety"]
    assert form["body"].value().startswith("Vooraf.\n")
    assert form["participants"].value() == [cast.daughter, cast.mother]


def test_two_hundred_pages_are_answered_at_the_field_with_everything_typed(cast: Cast) -> None:
    before = _counts()
    text = "\n".join(f"12-11-2025 14:{n % 60:02} - Marianne: {'bla ' * 10}{n}" for n in range(7000))
    assert len(text) > 500_000
    answer = cast.client("owner").post(_url(cast), {"text": text, "step": "read", "purposes": "trust"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "516.889" in answer.context["form"].errors["text"][0]
    assert text.split("\n")[-1].strip() in page
    assert 'name="purposes" value="trust"' in page
    assert _counts() == before


def test_what_is_no_chat_is_answered_at_the_field(cast: Cast) -> None:
    answer = cast.client("owner").post(_url(cast), {"text": "Zomaar een verhaal.", "step": "read"})
    assert answer.status_code == 422
    assert "Zomaar een verhaal." in answer.content.decode()


def test_a_chat_shows_text_as_text(cast: Cast) -> None:
    answer = cast.client("owner").post(
        _url(cast), {"text": "12-11-2025 14:03 - <b>A</b>: <script>x</script>", "step": "read"}
    )
    assert "<script>x" not in answer.content.decode()
    assert "<b>A" not in answer.content.decode()
