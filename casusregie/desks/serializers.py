"""Shapes of the API's answers."""

from rest_framework import serializers


class CaseSerializer(serializers.Serializer):  # type: ignore[type-arg]  # no model behind it
    """A case as its own people see it in a list."""

    ref = serializers.CharField()
    name = serializers.CharField()
    status = serializers.CharField()
    intensity = serializers.CharField()
    last_contact_at = serializers.DateTimeField(allow_null=True)
    next_due_on = serializers.DateField(allow_null=True)
    director_name = serializers.CharField(allow_null=True)


class CasePageSerializer(serializers.Serializer):  # type: ignore[type-arg]  # no model behind it
    """One page of cases; `next` is the address to go on with, empty at the end."""

    results = CaseSerializer(many=True)
    next = serializers.CharField(allow_blank=True)
