"""The voices of a case: who was heard when, how often that was chosen, and choosing it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from casusregie.core import clock
from casusregie.core.choices import Right
from casusregie.core.submissions import SameKeyOtherContent
from casusregie.core.web import form_page, me, put_errors
from families.access import CaseAccess, case_page, person_for
from network import selectors, services
from network.forms.voice import OTHER, RHYTHMS, VoiceForm
from network.selectors import VoiceView
from network.views.page import page_context


@require_GET
@case_page(Right.CASE_VIEW)
def voices(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Who was heard when and how, and what was chosen for each voice."""
    now = clock.now()
    context = page_context(
        access, now, voices=selectors.voices_of(access, now), may_choose=access.may(Right.CASE_DIRECT)
    )
    return render(request, "network/voices.html", context)


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def voice_choose(request: HttpRequest, access: CaseAccess, party_ref: str) -> HttpResponse:
    """Choose how often one voice is heard, through whom, or why not now."""
    now = clock.now()
    person = person_for(access, party_ref)
    voice = selectors.voice_view(access, party_ref, now)
    if voice is None:
        raise Http404
    people = [(one.ref, one.name) for one in selectors.participant_choices(access, now) if one.ref != party_ref]
    form = VoiceForm(request.POST or None, today=clock.local_date(now), people=people, initial=_initial(voice))
    context = page_context(access, now, voice=voice)
    if not form.is_valid():
        return form_page(request, "network/voice_form.html", form, context)
    try:
        sent = services.voice_choose_once(
            case=access.case, by=me(request), person=person, data=form.data_of(), key=form.submission_key, now=now
        )
    except ValidationError as error:
        put_errors(form, error)
        return form_page(request, "network/voice_form.html", form, context)
    except SameKeyOtherContent as error:
        return form_page(request, "network/voice_form.html", form, {**context, "earlier": error.result_url}, 409)
    messages.success(request, _("Chosen. What was chosen before is kept."))
    return redirect(sent.url)


def _initial(voice: VoiceView) -> dict[str, Any]:
    """What stands now, so that one field can be changed; the reason is asked anew."""
    days = voice.every_days
    is_usual = days in RHYTHMS
    return {
        "mode": voice.mode or "rhythm",
        "rhythm": (str(days) if is_usual else OTHER) if days else "",
        "other_days": None if is_usual else days,
        "via": voice.via_ref,
        "review_on": voice.due_on if voice.mode == "paused" and not voice.asks else None,
    }
