"""A pasted chat: read, shown, and taken over as the draft of a contact."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casusregie.core import clock, dates
from casusregie.core.choices import Right
from casusregie.core.web import form_page, me
from families.access import CaseAccess, case_page
from network import selectors, services
from network.chats import Words, body
from network.choices import Channel
from network.forms.chat import ME, ChatForm, too_long
from network.lines import MAX_TEXT
from network.views.page import page_context

# What belongs to this page, and not to the form of a contact that it came from.
_OURS = {"csrfmiddlewaretoken", "text", "body", "step"}


@require_http_methods(["GET", "POST"])
@case_page(Right.CONTACT_LOG)
def chat(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Paste a chat, say who is who, and go on with it as a contact; nothing is kept before it is taken over."""
    now = clock.now()
    people = selectors.participant_choices(access, now)
    data = request.POST.copy()
    if "text" not in data and "body" in data:
        data["text"] = request.POST.get("body", "")
    form = ChatForm(data or None, people=people, user=me(request))
    carried = [(name, one) for name, values in data.lists() for one in values if _is_carried(name)]
    context = page_context(access, now, carried=carried)
    if not form.is_valid():
        return form_page(request, "network/chat.html", form, context)
    text = _body(form, now)
    if len(text) > MAX_TEXT:
        form.add_error("text", too_long(count=len(text)))
        return form_page(request, "network/chat.html", form, context)
    if data.get("step") != "take":
        context |= {"senders": form.senders(), "options": form.options(), "messages_read": _shown(form, now)}
        return render(request, "network/chat.html", {**context, "form": form})
    return _taken_over(request, access, form, text, now)


def _is_carried(name: str) -> bool:
    return name not in _OURS and not name.startswith("who-")


def _body(form: ChatForm, now: datetime) -> str:
    marks = {person.ref: person.mark for person in form.people} | {ME: ""}
    who = {sender.name: marks[sender.chosen] for sender in form.senders() if sender.chosen}
    days = {message.at.date(): dates.short(message.at.date(), clock.local_date(now)) for message in form.chat.messages}
    words = Words(chat=_("Chat"), media=_("(photo or file in the chat)"), me=form.user.name)
    return body(form.chat, who, words, days)


def _shown(form: ChatForm, now: datetime) -> list[dict[str, Any]]:
    """The messages as the page shows them, each with its day when it is the first of that day."""
    today = clock.local_date(now)
    return [
        {
            "day": dates.short(message.at.date(), today),
            "time": f"{message.at:%H:%M}",
            "sender": message.sender,
            "text": _("(photo or file in the chat)") if message.is_media else message.text,
        }
        for message in form.chat.messages
    ]


def _taken_over(request: HttpRequest, access: CaseAccess, form: ChatForm, text: str, now: datetime) -> HttpResponse:
    """The chat as a draft of a contact, with whoever is in it, on the moment of its last message."""
    there = [sender.chosen for sender in form.senders() if sender.chosen and sender.chosen != ME]
    fields = {name: list(values) for name, values in request.POST.lists() if _is_carried(name)}
    last = form.chat.messages[-1].at.replace(tzinfo=clock.LOCAL)
    fields |= {
        "body": [text],
        "channel": [Channel.APP],
        "participants": list(dict.fromkeys([*fields.get("participants", []), *there])),
        "started_at": [f"{min(last, now.astimezone(clock.LOCAL)):%Y-%m-%dT%H:%M}"],
    }
    try:
        draft = services.draft_put_anyway(
            case=access.case,
            author=me(request),
            key=_key(request.POST.get("key", "")),
            fields=fields,
            now=now,
            seen_revision=_revision(request.POST.get("draft_revision", "")),
        )
    except ValidationError as error:
        form.add_error("text", error)
        return form_page(request, "network/chat.html", form, page_context(access, now))
    return redirect(f"{reverse('contact-new', args=[access.case.ref])}?concept={draft.ref}")


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def _revision(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
