"""The API: the same rights, selectors, forms and services as the pages."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import QueryDict
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casusregie.core import clock
from casusregie.core.api_access import DenyUnlessDeclared, SessionAuthentication
from casusregie.core.choices import Right
from casusregie.core.models import User
from casusregie.core.submissions import SameKeyOtherContent
from casusregie.core.web import me, put_errors
from casusregie.desks import selectors
from casusregie.desks.serializers import (
    CaseHeadSerializer,
    CasePageSerializer,
    ContactNewSerializer,
    ContactPageSerializer,
    ErrorsSerializer,
    LoggedSerializer,
    PromisesSerializer,
    RolesSerializer,
)
from families.access import CaseAccess, case_for, scope_for, session_code
from families.selectors import CaseQuery, case_rows
from network import selectors as network_selectors
from network.forms import ContactForm
from network.selectors import ContactFilter
from network.services import contact_log

AFTER = OpenApiParameter("after", str, description="Reference after which to go on.")


class CaseListApi(APIView):
    """The cases in which who asks works now."""

    access = Right.API

    @extend_schema(operation_id="cases", parameters=[AFTER], responses=CasePageSerializer)
    def get(self, request: Request) -> Response:
        """One page of own open cases, by name."""
        scope = scope_for(me(request._request), clock.now())
        page = case_rows(scope, CaseQuery(after=request.query_params.get("after", "")))
        return Response(CasePageSerializer({"results": page.rows, "next": _next(request, page.next_after)}).data)


def _next(request: Request, after: str) -> str:
    return f"{request.path}?after={after}" if after else ""


class CaseApi(APIView):
    """A view about one case: the case comes first, so that a stranger is told 404 whatever else she may."""

    access = Right.API
    about_a_case = True
    # The right needed in the case; another verb may need another.
    case_right: ClassVar[Right] = Right.CASE_VIEW
    case_rights: ClassVar[dict[str, Right]] = {}
    case_access: CaseAccess

    def check_permissions(self, request: Request) -> None:
        """Fetch the case for who asks (404, 403), then the right to use the API."""
        if isinstance(request.user, User):
            needed = self.case_rights.get(request.method or "", self.case_right)
            session = session_code(request._request)
            self.case_access = case_for(request.user, self.kwargs["ref"], needed, clock.now(), session)
        super().check_permissions(request)


class CaseHeadApi(CaseApi):
    """The head of one case."""

    case_right = Right.CASE_HEAD

    @extend_schema(operation_id="case", responses=CaseHeadSerializer)
    def get(self, request: Request, ref: str) -> Response:
        """State, dates and director of one case."""
        return Response(CaseHeadSerializer(selectors.case_head(self.case_access, clock.local_date(clock.now()))).data)


class ContactsApi(CaseApi):
    """The contact log of one case."""

    case_rights: ClassVar[dict[str, Right]] = {"POST": Right.CONTACT_LOG}

    @extend_schema(operation_id="contacts", parameters=[AFTER], responses=ContactPageSerializer)
    def get(self, request: Request, ref: str) -> Response:
        """One page of contacts, newest first."""
        query = ContactFilter(after=request.query_params.get("after", ""))
        page = network_selectors.contacts(self.case_access, query, clock.now())
        return Response(ContactPageSerializer({"results": page.rows, "next": _next(request, page.next_after)}).data)

    @extend_schema(
        operation_id="contact_log",
        request=ContactNewSerializer,
        responses={201: LoggedSerializer, 200: LoggedSerializer, 409: ErrorsSerializer, 422: ErrorsSerializer},
    )
    def post(self, request: Request, ref: str) -> Response:
        """Log a contact; the same key twice is one contact (201, then 200)."""
        now = clock.now()
        access = self.case_access
        if not isinstance(request.data, dict):
            return Response({"form": [_("Send an object with the fields of a contact.")]}, 422)
        form = ContactForm(_as_form(request.data), now=now, people=network_selectors.participant_choices(access, now))
        if not form.is_valid():
            return Response(_errors(form), 422)
        try:
            sent = contact_log(case=access.case, by=access.user, data=form.data_of(), key=form.submission_key, now=now)
        except ValidationError as error:
            put_errors(form, error)
            return Response(_errors(form), 422)
        except SameKeyOtherContent as error:
            return Response({"key": [str(error)], "url": [error.result_url]}, 409)
        return Response(LoggedSerializer(sent).data, 201 if sent.new else 200)


def _as_form(data: dict[str, Any]) -> QueryDict:
    """What came as JSON in the shape of a sent form: each value as text, a list as several."""
    sent = QueryDict(mutable=True)
    for name, value in data.items():
        if isinstance(value, list):
            sent.setlist(name, [str(part) for part in value])
        elif value is not None:
            sent[name] = str(value)
    return sent


def _errors(form: BaseForm) -> dict[str, list[str]]:
    return {
        ("form" if name == "__all__" else name): [str(line) for line in lines] for name, lines in form.errors.items()
    }


class RolesApi(CaseApi):
    """The roles around one family."""

    @extend_schema(operation_id="roles", responses=RolesSerializer)
    def get(self, request: Request, ref: str) -> Response:
        """All roles of one case, running ones first."""
        views = network_selectors.roles(self.case_access.case.pk, clock.now())
        return Response(RolesSerializer({"results": views}).data)


class PromisesApi(APIView):
    """What is open with a day in the cases in which who asks works."""

    access = Right.API

    @extend_schema(operation_id="promises", responses=PromisesSerializer)
    def get(self, request: Request) -> Response:
        """Open follow-ups, checks of safety and evaluations, the oldest day first."""
        found = selectors.promises(me(request._request), clock.now())
        return Response(PromisesSerializer({"results": found}).data)


class SchemaApi(SpectacularAPIView):
    """The OpenAPI document; closed like every other address (the package's own view is open to everybody)."""

    access = Right.API
    authentication_classes = (SessionAuthentication,)
    permission_classes = (DenyUnlessDeclared,)
