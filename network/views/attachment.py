"""Photos and files: added while writing and to a contact that stands, looked at, and the original on purpose."""

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
from casusregie.core.web import file_answer, form_page, me
from families.access import CaseAccess, case_page
from network import selectors, services
from network.access import attachment_for, correctable_contact_for, draft_file_for
from network.models import Attachment, DraftFile
from network.views.page import page_context


@require_http_methods(["GET", "POST"])
@case_page(Right.CONTACT_LOG)
def draft_files(request: HttpRequest, access: CaseAccess) -> HttpResponse:
    """The files that wait under the key of an open form; a POST adds one. Asked by the script of the form."""
    if request.method == "GET":
        return _list(request, access, _uuid(request.GET.get("key", "")))
    key, form = _uuid(request.POST.get("key", "")), FileForm(request.POST, request.FILES)
    if key is None or not form.is_valid():
        told = " ".join(str(error) for error in form["file"].errors) or _("Choose a file.")
        return JsonResponse({"error": told}, status=422)
    try:
        services.draft_file_add(
            case=access.case, by=me(request), key=key, name=form.file_name, data=form.data_read(), now=clock.now()
        )
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=422)
    return _list(request, access, key)


@require_POST
@case_page(Right.CONTACT_LOG)
def draft_file_remove(request: HttpRequest, access: CaseAccess, file_ref: str) -> HttpResponse:
    """Take away a file that was not saved yet."""
    row = draft_file_for(access, file_ref, clock.now())
    services.draft_file_remove(file=row, by=me(request))
    return _list(request, access, row.key)


@require_GET
@case_page(Right.CASE_DIRECT)
def draft_file_small(request: HttpRequest, access: CaseAccess, file_ref: str) -> HttpResponse:
    """A file that waits, small."""
    row = draft_file_for(access, file_ref, clock.now())
    return _small(access, row)


def _list(request: HttpRequest, access: CaseAccess, key: UUID | None) -> HttpResponse:
    found = selectors.draft_files(access, key, clock.now()) if key else []
    return render(request, "components/_waiting_files.html", {"files": found, "may_remove": True})


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_http_methods(["GET", "POST"])
@case_page(Right.CONTACT_LOG)
def attachment_new(request: HttpRequest, access: CaseAccess, contact_ref: str) -> HttpResponse:
    """Add a file to a contact that stands; a plain form."""
    now = clock.now()
    contact = correctable_contact_for(access, contact_ref)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_valid():
        try:
            services.attachment_add(
                contact=contact, by=me(request), name=form.file_name, data=form.data_read(), now=now
            )
        except ValidationError as error:
            form.add_error("file", error)
        else:
            messages.success(request, _("File added."))
            return redirect("contact", access.case.ref, contact.ref)
    view = selectors.contact_view(access, contact, now)
    context = page_context(access, now, contact=view, most=files.MAX_FILES, megabytes=files.MEGABYTES)
    return form_page(request, "network/attachment_form.html", form, context)


@require_GET
@case_page(Right.CASE_DIRECT)
def attachment(request: HttpRequest, access: CaseAccess, attachment_ref: str) -> HttpResponse:
    """The copy without metadata."""
    row = attachment_for(access, attachment_ref)
    return file_answer(FileKind(row.kind), _name(row), selectors.shown(access, row))


@require_GET
@case_page(Right.CASE_DIRECT)
def attachment_small(request: HttpRequest, access: CaseAccess, attachment_ref: str) -> HttpResponse:
    """The copy of a picture, small."""
    row = attachment_for(access, attachment_ref)
    return _small(access, row)


@require_POST
@case_page(Right.CASE_DIRECT)
def attachment_original(request: HttpRequest, access: CaseAccess, attachment_ref: str) -> HttpResponse:
    """The original as it came, with its metadata: on purpose, and it stands in the access log."""
    row: Attachment = attachment_for(access, attachment_ref)
    data = services.original_opened(attachment=row, by=me(request))
    return file_answer(FileKind(row.kind), f"origineel-{row.ref}", data, original=True)


def _small(access: CaseAccess, row: Attachment | DraftFile) -> HttpResponse:
    if row.kind == FileKind.PDF:
        raise Http404
    return file_answer(FileKind(row.kind), _name(row), selectors.small(access, row))


def _name(row: Attachment | DraftFile) -> str:
    return f"bijlage-{row.ref}"


# Only these take more than a form does; everything else stays at 2 MB.
draft_files.max_body = files.MAX_BODY  # type: ignore[attr-defined]  # read by BodyLimitMiddleware
attachment_new.max_body = files.MAX_BODY  # type: ignore[attr-defined]
