"""Documents of a family: the list, one document, adding, changing, replacing, taking back, a second look, and giving."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casusregie.core import clock, files
from casusregie.core.choices import FileKind, Right
from casusregie.core.forms import FileForm
from casusregie.core.middleware import is_fragment
from casusregie.core.submissions import SameKeyOtherContent
from casusregie.core.web import file_answer, form_page, me, put_errors
from families import selectors, services
from families.access import (
    CaseAccess,
    case_page,
    document_file_for,
    document_for,
    document_given_for,
    document_upload_for,
    person_for,
)
from families.forms import (
    DocumentChangeForm,
    DocumentForm,
    DocumentGiveForm,
    DocumentReleaseForm,
    DocumentReplaceForm,
    TakeBackForm,
    UploadForm,
)
from families.models import Document, DocumentFile
from families.views.choose import people_choices
from families.views.page import page_context


def _held(access: CaseAccess, held: Iterable[tuple[str, str, str]], now: datetime) -> None:
    found = list(held)
    if found:
        services.documents_held_back(case=access.case, reader=access.user.party, held=found, now=now)


# --- The list ---------------------------------------------------------------------------------------------------------


@require_GET
@case_page(Right.CASE_VIEW)
def documents(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """The documents of a family, newest first, filtered by person and kind."""
    now = clock.now()
    asked = request.GET
    query = selectors.DocumentQuery(asked.get("over", "")[:16], asked.get("soort", "")[:16], asked.get("na", "")[:16])
    found = selectors.documents(access, query, now)
    _held(access, found.held, now)
    context = page_context(
        access, now, found=found, may_add=access.may(Right.CONTACT_LOG), **_links(request.path, query, found)
    )
    return render(request, "families/documents.html", context)


def _links(path: str, query: selectors.DocumentQuery, found: selectors.DocumentsPage) -> dict[str, Any]:
    """The filters and where to go on: codes only, never what is written in a document."""

    def address(one: selectors.DocumentQuery) -> str:
        parts = {"over": one.about, "soort": one.kind, "na": one.after}
        kept = {name: value for name, value in parts.items() if value}
        return f"{path}?{urlencode(kept)}" if kept else path

    first = replace(query, after="")
    people = [("", _("everybody")), *found.people]
    kinds = [("", _("every kind")), *found.kinds]
    return {
        "people": [
            {"url": address(replace(first, about=ref)), "label": name, "current": ref == query.about}
            for ref, name in people
        ],
        "kinds": [
            {"url": address(replace(first, kind=kind)), "label": name, "current": kind == query.kind}
            for kind, name in kinds
        ],
        "kind": dict(found.kinds).get(query.kind, ""),
        "is_filtered": bool(query.about or query.kind or query.after),
        "paging": {
            "next_url": address(replace(query, after=found.page.next_after)) if found.page.next_after else "",
            "first_url": address(first) if query.after else "",
        },
    }


@require_GET
@case_page(Right.CASE_VIEW)
def person_documents(request: HttpRequest, access: CaseAccess, party_ref: str) -> HttpResponse:
    """The newest documents about one person: a part of her page, or a page of its own without scripts."""
    now = clock.now()
    person = person_for(access, party_ref)
    documents, held = selectors.documents_about(access, person, now)
    _held(access, held, now)
    part: dict[str, Any] = {
        "documents": documents,
        "person_ref": party_ref,
        "may_change": access.may(Right.CONTACT_LOG),
    }
    context = page_context(access, now, person_name=person.name.full, **part)
    return render(
        request,
        "families/_person_documents.html" if is_fragment(request) else "families/person_documents.html",
        context,
    )


# --- Adding -----------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@case_page(Right.CONTACT_LOG)
def document_new(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """Add a document with its file; opened from a person, it is about her already."""
    now = clock.now()
    today = clock.local_date(now)
    people = people_choices(access, now)
    initial = {"received_on": today, "about": request.GET.getlist("over")}
    form = DocumentForm(request.POST or None, request.FILES or None, people=people, today=today, initial=initial)
    _keep(request, access, form, now)
    if form.is_valid():
        try:
            sent = services.document_add_once(
                case=access.case,
                by=me(request),
                data=form.data_of(),
                key=form.submission_key,
                upload_key=form.upload_key,
                now=now,
            )
        except ValidationError as error:
            put_errors(form, error)
        except SameKeyOtherContent as error:
            return _upload_page(request, access, form, now, "document_form", 409, earlier=error.result_url)
        else:
            is_hers = access.is_steward or form.data_of().for_team
            messages.success(request, _("Document added.") if is_hers else _("Added. Director and deputy read it."))
            # A second worker does not read what is for director and deputy.
            return redirect(sent.url) if access.is_steward else redirect("documents", access.case.ref)
    return _upload_page(request, access, form, now, "document_form")


def _keep(request: HttpRequest, access: CaseAccess, form: UploadForm, now: datetime) -> None:
    """Keep the file that came along, whatever else is wrong with the form; its own error stands at its field."""
    if not form.is_bound:
        return
    form.is_valid()
    file = form.cleaned_data.get("file")
    if file is None:
        return
    try:
        services.document_upload_keep(
            case=access.case, by=me(request), key=form.upload_key, name=form.file_name, data=form.data_read(), now=now
        )
    except ValidationError as error:
        form.add_error("file", error)


def _upload_page(
    request: HttpRequest,
    access: CaseAccess,
    form: UploadForm,
    now: datetime,
    page: str,
    status: int | None = None,
    **more: Any,
) -> HttpResponse:
    waiting = selectors.document_uploads(access, form.upload_key) if form.is_bound else []
    context = page_context(
        access,
        now,
        waiting=waiting,
        waiting_key=form.upload_key if waiting else "",
        accept=files.ACCEPT,
        max_bytes=files.MAX_BYTES,
        megabytes=files.MEGABYTES,
        **more,
    )
    return form_page(request, f"families/{page}.html", form, context, status)


@require_http_methods(["GET", "POST"])
@case_page(Right.CONTACT_LOG)
def document_uploads(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """The file that waits under the key of an open form; a POST puts one there. Asked by the script of the form."""
    if request.method == "GET":
        return _waiting(request, access, _uuid(request.GET.get("key", "")))
    key, form = _uuid(request.POST.get("key", "")), FileForm(request.POST, request.FILES)
    if key is None or not form.is_valid():
        told = " ".join(str(error) for error in form["file"].errors) or _("Choose a file.")
        return JsonResponse({"error": told}, status=422)
    try:
        services.document_upload_keep(
            case=access.case, by=me(request), key=key, name=form.file_name, data=form.data_read(), now=clock.now()
        )
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=422)
    return _waiting(request, access, key)


@require_POST
@case_page(Right.CONTACT_LOG)
def document_upload_remove(request: HttpRequest, access: CaseAccess, upload_ref: str) -> HttpResponse:
    """Take away a file that was not saved yet."""
    row = document_upload_for(access, upload_ref)
    services.document_upload_remove(upload=row, by=me(request))
    return _waiting(request, access, row.key)


def _waiting(request: HttpRequest, access: CaseAccess, key: UUID | None) -> HttpResponse:
    found = selectors.document_uploads(access, key)
    return render(request, "components/_waiting_files.html", {"files": found, "may_remove": True})


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


# --- One document -----------------------------------------------------------------------------------------------------


@require_GET
@case_page(Right.CASE_VIEW)
def document(request: HttpRequest, access: CaseAccess, document_ref: str) -> HttpResponse:
    """One document: what it is, who reads it, its files, and to whom it was given."""
    now = clock.now()
    return _document_page(request, access, document_for(access, document_ref, now), now)


def _document_page(
    request: HttpRequest, access: CaseAccess, row: Document, now: datetime, status: int = 200, **more: Any
) -> HttpResponse:
    page = selectors.document_page(access, row, now)
    _held(access, page.held, now)
    if page.document is None:
        raise Http404
    number = {"number": page.document.number}
    context = page_context(
        access,
        now,
        page=page,
        is_steward=access.is_steward,
        unfindable=selectors.unfindable(access.case, now) if access.is_steward else [],
        give_form=DocumentGiveForm(readers=page.readers, initial=number),
        release_form=DocumentReleaseForm(readers=page.readers, initial=number),
    )
    return render(request, "families/document.html", {**context, **more}, status=status)


@require_GET
@case_page(Right.CASE_VIEW)
def document_file(request: HttpRequest, access: CaseAccess, document_ref: str, number: int) -> HttpResponse:
    """The copy of a file without metadata, for who may have it."""
    now = clock.now()
    return _bytes(request, access, document_file_for(access, document_ref, number, now), now)


@require_GET
@case_page(Right.CASE_VIEW)
def document_small(request: HttpRequest, access: CaseAccess, document_ref: str, number: int) -> HttpResponse:
    """The same of a picture, small."""
    now = clock.now()
    row = document_file_for(access, document_ref, number, now)
    if row.kind == FileKind.PDF:
        raise Http404
    return _bytes(request, access, row, now, small=True)


def _bytes(
    request: HttpRequest, access: CaseAccess, row: DocumentFile, now: datetime, *, small: bool = False
) -> HttpResponse:
    opened = selectors.document_opened(access, row, now, small=small)
    _held(access, opened.held, now)
    if opened.data is None:
        sentence = _("This file is not open to you. Ask the case director.")
        return _document_page(request, access, row.document, now, 409, refused=sentence)
    return file_answer(FileKind(row.kind), "document", opened.data)


@require_POST
@case_page(Right.CASE_DIRECT)
def document_original(request: HttpRequest, access: CaseAccess, document_ref: str, number: int) -> HttpResponse:
    """The original as it came, with its metadata: on purpose, and it stands in the access log."""
    row = document_file_for(access, document_ref, number, clock.now())
    data = services.document_original_opened(file=row, by=me(request))
    return file_answer(FileKind(row.kind), "origineel", data, original=True)


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def document_change(request: HttpRequest, access: CaseAccess, document_ref: str) -> HttpResponse:
    """Say anew what a document is, about whom, and who reads it."""
    now = clock.now()
    row = document_for(access, document_ref, now)
    form = DocumentChangeForm(
        request.POST or None,
        people=people_choices(access, now),
        today=clock.local_date(now),
        initial=selectors.document_initial(access, row),
    )
    if form.is_valid():
        try:
            services.document_change(
                document=row,
                by=me(request),
                data=form.data_of(),
                reason=form.cleaned_data["reason"],
                seen_version=form.cleaned_data["version"],
                now=now,
            )
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("Changed. What it said before stays in its history."))
            return redirect("document", access.case.ref, row.ref)
    return form_page(request, "families/document_change.html", form, page_context(access, now, document_ref=row.ref))


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def document_replace(request: HttpRequest, access: CaseAccess, document_ref: str) -> HttpResponse:
    """Put another file in the place of the newest; the old one stays."""
    now = clock.now()
    row = document_for(access, document_ref, now)
    page = selectors.document_page(access, row, now)
    initial = {"number": page.files[0].number}
    form = DocumentReplaceForm(request.POST or None, request.FILES or None, initial=initial)
    _keep(request, access, form, now)
    more: dict[str, Any] = {"document": page.document}
    if form.is_valid():
        try:
            sent = services.document_replace_once(
                document=row,
                by=me(request),
                reason=form.cleaned_data["reason"],
                seen_number=form.cleaned_data["number"],
                key=form.submission_key,
                upload_key=form.upload_key,
                now=now,
            )
        except ValidationError as error:
            put_errors(form, error)
        except SameKeyOtherContent as error:
            more["earlier"] = error.result_url
            return _upload_page(request, access, form, now, "document_replace", 409, **more)
        else:
            messages.success(request, _("Replaced. The file before it stays in the history."))
            return redirect(sent.url)
    return _upload_page(request, access, form, now, "document_replace", **more)


@require_http_methods(["GET", "POST"])
@case_page(Right.CASE_DIRECT)
def document_take_back(request: HttpRequest, access: CaseAccess, document_ref: str) -> HttpResponse:
    """Take a document back, with why: gone for every reader at once."""
    now = clock.now()
    row = document_for(access, document_ref, now)
    form = TakeBackForm(request.POST or None)
    if form.is_valid():
        try:
            services.document_take_back(document=row, by=me(request), reason=form.cleaned_data["reason"], now=now)
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("Taken back. Nobody reads it any more; that it was here stays, with why."))
            return redirect("documents", access.case.ref)
    page = selectors.document_page(access, row, now)
    context = page_context(access, now, document=page.document, given=page.given)
    return form_page(request, "families/document_take_back.html", form, context)


# --- A second look, and giving ----------------------------------------------------------------------------------------


@require_POST
@case_page(Right.CASE_DIRECT)
def document_release(request: HttpRequest, access: CaseAccess, document_ref: str) -> HttpResponse:
    """A second person looked at a file without text: to whom it may go."""
    now = clock.now()
    row = document_for(access, document_ref, now)
    form = DocumentReleaseForm(request.POST, readers=people_choices(access, now))
    if form.is_valid():
        chosen = form.cleaned_data["reader"]
        reader = None if chosen == form.TEAM else selectors.reader_of(access, chosen)
        try:
            if chosen != form.TEAM and reader is None:
                raise ValidationError({"reader": _("Choose to whom.")})
            file = document_file_for(access, document_ref, form.cleaned_data["number"], now)
            services.document_release(file=file, by=me(request), reader=reader, now=now)
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, _("Noted that you looked."))
            return redirect("document", access.case.ref, row.ref)
    return _document_page(request, access, row, now, 422, release_form=form)


@require_POST
@case_page(Right.CASE_DIRECT)
def document_give(request: HttpRequest, access: CaseAccess, document_ref: str) -> HttpResponse:
    """Give the newest file to somebody of the family; 409 when something stands in it that she may not know."""
    now = clock.now()
    row = document_for(access, document_ref, now)
    form = DocumentGiveForm(request.POST, readers=people_choices(access, now))
    if not form.is_valid():
        return _document_page(request, access, row, now, 422, give_form=form)
    reader = selectors.reader_of(access, form.cleaned_data["reader"])
    try:
        if reader is None:
            raise ValidationError({"reader": _("Choose to whom.")})
        file = document_file_for(access, document_ref, form.cleaned_data["number"], now)
        sent = services.document_give_once(file=file, by=me(request), reader=reader, key=form.submission_key, now=now)
    except selectors.NotGiven as refused:
        return _document_page(request, access, row, now, 409, give_form=form, refusal=refused)
    except SameKeyOtherContent:
        sentence = _("This was given to somebody else already. Choose once more.")
        return _document_page(request, access, row, now, 409, refused=sentence)
    except ValidationError as error:
        put_errors(form, error)
        return _document_page(request, access, row, now, 422, give_form=form)
    messages.success(request, _("Noted that %(who)s gets it. Download it below.") % {"who": reader.label})
    return redirect(sent.url)


@require_GET
@case_page(Right.CASE_DIRECT)
def document_given(request: HttpRequest, access: CaseAccess, document_ref: str, given_ref: str) -> HttpResponse:
    """The bytes of what was given, held against the facts once more as they leave."""
    now = clock.now()
    given = document_given_for(access, document_ref, given_ref, now)
    try:
        data = services.document_given_opened(given=given, by=me(request), now=now)
    except selectors.NotGiven as refused:
        return _document_page(request, access, given.file.document, now, 409, refusal=refused)
    answer = file_answer(FileKind(given.file.kind), "document", data)
    answer["Content-Disposition"] = f'attachment; filename="{selectors.stored_name(given.file)}"'
    return answer


# Only these take more than a form does; everything else stays at 2 MB.
document_new.max_body = files.MAX_BODY  # type: ignore[attr-defined]  # read by BodyLimitMiddleware
document_uploads.max_body = files.MAX_BODY  # type: ignore[attr-defined]
document_replace.max_body = files.MAX_BODY  # type: ignore[attr-defined]
