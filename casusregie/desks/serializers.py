"""Shapes of the API's answers, and of what it takes."""

from rest_framework import serializers

from network.choices import Channel, ContactOutcome, Purpose


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


class CaseHeadSerializer(serializers.Serializer):  # type: ignore[type-arg]  # no model behind it
    """The head of one case, and in which quality who asks stands to it."""

    ref = serializers.CharField()
    name = serializers.CharField()
    status = serializers.CharField()
    intensity = serializers.CharField()
    working_form = serializers.CharField()
    opened_on = serializers.DateField()
    last_contact_at = serializers.DateTimeField(allow_null=True)
    next_due_on = serializers.DateField(allow_null=True)
    director_name = serializers.CharField(allow_null=True)
    relation = serializers.CharField()


class LineSerializer(serializers.Serializer):  # type: ignore[type-arg]  # no model behind it
    """A line of a contact: report, statement of a voice, fact or interpretation."""

    kind = serializers.CharField()
    voice = serializers.CharField(allow_blank=True)
    text = serializers.CharField()


class ContactSerializer(serializers.Serializer):  # type: ignore[type-arg]  # no model behind it
    """A contact as who asks may read it: lines that are not hers are absent."""

    ref = serializers.CharField()
    at = serializers.DateTimeField()
    channel = serializers.CharField(source="channel_label")
    outcome = serializers.CharField()
    minutes = serializers.IntegerField()
    participants = serializers.ListField(child=serializers.CharField())
    purposes = serializers.ListField(child=serializers.CharField())
    lines = LineSerializer(many=True)
    author = serializers.CharField()
    version = serializers.IntegerField()


class ContactPageSerializer(serializers.Serializer):  # type: ignore[type-arg]  # no model behind it
    """One page of contacts, newest first; `next` is the address to go on with, empty at the end."""

    results = ContactSerializer(many=True)
    next = serializers.CharField(allow_blank=True)


class ContactNewSerializer(serializers.Serializer):  # type: ignore[type-arg]  # no model behind it
    """A contact to log. `body` with the marks of the contact form, `participants` references of parties.

    Send `key`, a UUID of your own: the same key twice is one contact.
    """

    key = serializers.UUIDField(required=False)
    body = serializers.CharField(required=False, allow_blank=True)
    participants = serializers.ListField(child=serializers.CharField(), required=False)
    channel = serializers.ChoiceField(choices=Channel.choices)
    outcome = serializers.ChoiceField(choices=ContactOutcome.choices, required=False)
    duration_minutes = serializers.IntegerField(required=False, min_value=0, max_value=1440)
    started_at = serializers.DateTimeField()
    purposes = serializers.ListField(child=serializers.ChoiceField(choices=Purpose.choices), required=False)
    follow_up_on = serializers.DateField(required=False)
    follow_up_text = serializers.CharField(required=False, allow_blank=True)


class LoggedSerializer(serializers.Serializer):  # type: ignore[type-arg]  # no model behind it
    """Where the contact stands, and whether this call made it."""

    url = serializers.CharField()
    new = serializers.BooleanField()


class ErrorsSerializer(serializers.Serializer):  # type: ignore[type-arg]  # no model behind it
    """Sentences by field; what belongs to no field stands under `form`."""

    form = serializers.ListField(child=serializers.CharField(), required=False)


class PromiseSerializer(serializers.Serializer):  # type: ignore[type-arg]  # no model behind it
    """Something with a day: a follow-up, a check of safety or an evaluation."""

    kind = serializers.ChoiceField(choices=["follow-up", "check", "evaluation"])
    ref = serializers.CharField()
    case_ref = serializers.CharField()
    text = serializers.CharField(allow_blank=True)
    due_on = serializers.DateField()
    due_at = serializers.DateTimeField(allow_null=True)
    is_late = serializers.BooleanField()


class PromisesSerializer(serializers.Serializer):  # type: ignore[type-arg]  # no model behind it
    """Everything that is open in one's own cases, the oldest day first, at most 200 of a kind."""

    results = PromiseSerializer(many=True)


class RoleSerializer(serializers.Serializer):  # type: ignore[type-arg]  # no model behind it
    """A role in a case, with its ground for sharing."""

    ref = serializers.CharField()
    party_ref = serializers.CharField()
    name = serializers.CharField()
    function = serializers.CharField()
    organisation = serializers.CharField()
    domain = serializers.CharField()
    title = serializers.CharField()
    assignment = serializers.CharField()
    since = serializers.CharField()
    until = serializers.CharField(allow_blank=True)
    has_ended = serializers.BooleanField()
    ground = serializers.CharField(allow_blank=True)
    ground_ended = serializers.BooleanField()


class RolesSerializer(serializers.Serializer):  # type: ignore[type-arg]  # no model behind it
    """All roles of a case, running ones first."""

    results = RoleSerializer(many=True)
