"""The API: the same rights and selectors as the pages."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casusregie.core import clock
from casusregie.core.api_access import DenyUnlessDeclared, SessionAuthentication
from casusregie.core.choices import Right
from casusregie.core.web import me
from casusregie.desks.serializers import CasePageSerializer
from families.access import scope_for
from families.selectors import CaseQuery, case_rows


class CaseListApi(APIView):
    """The cases in which who asks works now."""

    access = Right.API

    @extend_schema(
        parameters=[OpenApiParameter("after", str, description="Reference after which to go on.")],
        responses=CasePageSerializer,
    )
    def get(self, request: Request) -> Response:
        """One page of own open cases, by name."""
        scope = scope_for(me(request._request), clock.now())
        page = case_rows(scope, CaseQuery(after=request.query_params.get("after", "")))
        going_on = f"{request.path}?after={page.next_after}" if page.next_after else ""
        return Response(CasePageSerializer({"results": page.rows, "next": going_on}).data)


class SchemaApi(SpectacularAPIView):
    """The OpenAPI document; closed like every other address (the package's own view is open to everybody)."""

    access = Right.API
    authentication_classes = (SessionAuthentication,)
    permission_classes = (DenyUnlessDeclared,)
