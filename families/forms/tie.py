"""What the forms of relations, feelings, pregnancies, homes and who may not meet accept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casusregie.core.forms import KeyedForm
from families.choices import (
    NATURES,
    ApartKind,
    ArrangementKind,
    ArrangementSource,
    ConditionKind,
    ConditionState,
    EndedHow,
    HomeKind,
    LineKind,
    Nature,
    PregnancyOutcome,
    RelationKind,
)
from families.forms.fields import Choices, HomeNameField, day_field, moment_field
from families.services.apart import Decision
from families.services.arrangement import ArrangementData, ConditionData
from families.services.genogram import LineData, PregnancyData
from families.services.home import HomeData
from families.services.relation import RelationData


def _relation_kinds() -> list[tuple[Any, Any]]:
    """What two persons can be to each other, in groups; the value is kind and nature."""

    def options(kind: str) -> Choices:
        return [(f"{kind}:{nature}", str(Nature(nature).label)) for nature in NATURES[kind]]

    return [
        ("", _("choose")),
        (_("Parent and child"), [*options(RelationKind.PARENT), ("parent", _("parent of, not known how"))]),
        (_("Couple"), [*options(RelationKind.PARTNER), ("partner", _("partners, not known how"))]),
        (_("Brothers and sisters"), [("sibling", _("brother or sister of")), *options(RelationKind.SIBLING)]),
        (_("Twins"), [*options(RelationKind.TWIN), ("twin", _("twin of, not known which"))]),
    ]


class PeriodForm(KeyedForm):
    """From when until when; what is known of it is enough."""

    since = day_field(_("Since"))
    until = day_field(_("Until"))
    source = forms.CharField(
        label=_("How do you know"),
        max_length=200,
        required=False,
        help_text=_("Who told it, or which paper. No address."),
    )

    def clean(self) -> dict[str, Any]:
        """It ends after it began."""
        data = super().clean() or self.cleaned_data
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", _("This is before the beginning."))
        return data


class RelationForm(PeriodForm):
    """How two persons of the family are related."""

    one = forms.ChoiceField(label=_("Who"))
    kind = forms.ChoiceField(label=_("What are they to each other"))
    other = forms.ChoiceField(label=_("Of whom"))
    ended_how = forms.ChoiceField(
        label=_("How it ended"), choices=[("", _("it goes on, or not known")), *EndedHow.choices], required=False
    )

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = _relation_kinds()  # type: ignore[attr-defined]  # a choice field
        for name in ("one", "other"):
            self.fields[name].choices = [("", _("choose")), *people]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Two different persons; only a couple ends in a way."""
        data = super().clean()
        if data.get("one") and data.get("one") == data.get("other"):
            self.add_error("other", _("Choose two different persons."))
        if not data.get("kind", "").startswith(RelationKind.PARTNER):
            data["ended_how"] = ""
        return data

    @property
    def kind_of(self) -> str:
        """Parent, partner, sibling or twin."""
        kind: str = self.cleaned_data["kind"]
        return kind.partition(":")[0]

    def data_of(self) -> RelationData:
        """What the services take."""
        data = self.cleaned_data
        nature = data["kind"].partition(":")[2]
        return RelationData(nature, data["since"], data["until"], data["ended_how"], data["source"])


class LineForm(PeriodForm):
    """What goes on between two persons, and who sees it so."""

    one = forms.ChoiceField(label=_("Who"))
    kind = forms.ChoiceField(label=_("What goes on between them"))
    other = forms.ChoiceField(
        label=_("With whom"), help_text=_("Of violence, control, care and attention: towards whom it goes.")
    )
    view = forms.ChoiceField(label=_("Who sees it so"))

    def __init__(self, *args: Any, people: Choices, views: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("choose")), *LineKind.choices]  # type: ignore[attr-defined]
        for name in ("one", "other"):
            self.fields[name].choices = [("", _("choose")), *people]  # type: ignore[attr-defined]
        self.fields["view"].choices = [("", _("choose")), *views]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Two different persons."""
        data = super().clean()
        if data.get("one") and data.get("one") == data.get("other"):
            self.add_error("other", _("Choose two different persons."))
        return data

    def data_of(self, view: int) -> LineData:
        """What the services take; `view` is the number of the party who sees it so."""
        data = self.cleaned_data
        return LineData(data["kind"], view, data["since"], data["until"], data["source"])


class PregnancyForm(KeyedForm):
    """A pregnancy, or one that ended."""

    carrier = forms.ChoiceField(label=_("Who"))
    other = forms.ChoiceField(label=_("Other parent, when known"), required=False)
    outcome = forms.ChoiceField(
        label=_("Pregnancy"),
        choices=PregnancyOutcome.choices,
        initial=PregnancyOutcome.EXPECTED,
        widget=forms.RadioSelect,
    )
    due_on = day_field(_("Expected on, or the day it ended"))
    source = forms.CharField(label=_("How do you know"), max_length=200, required=False)

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("carrier", "other"):
            self.fields[name].choices = [("", _("choose")), *people]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Two different persons."""
        data = super().clean() or self.cleaned_data
        if data.get("carrier") and data.get("carrier") == data.get("other"):
            self.add_error("other", _("Choose two different persons."))
        return data

    def data_of(self) -> PregnancyData:
        """What the services take."""
        data = self.cleaned_data
        return PregnancyData(data["outcome"], data["due_on"], data["source"])


class HomeForm(PeriodForm):
    """Who lives in which home, from when until when."""

    people = forms.MultipleChoiceField(label=_("Who"), widget=forms.CheckboxSelectMultiple)
    household = forms.TypedChoiceField(label=_("In which home"), coerce=int, required=False, empty_value=None)
    label = HomeNameField(
        help_text=_("A name, never an address: the address is confidential or nowhere. For instance: with grandmother.")
    )
    kind = forms.ChoiceField(
        label=_("What kind of home is that"),
        choices=HomeKind.choices,
        initial=HomeKind.FAMILY,
        required=False,
        widget=forms.RadioSelect,
    )
    is_main = forms.BooleanField(
        label=_("This is the main home"),
        required=False,
        initial=True,
        help_text=_("Somebody has one main home on a day. A child in two homes has one main and one second home."),
    )

    def __init__(self, *args: Any, people: Choices, homes: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = people  # type: ignore[attr-defined]  # a choice field
        self.fields["household"].choices = [("", _("a new home")), *homes]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A home that is there, or a name for a new one."""
        data = super().clean()
        if not data.get("household") and not data.get("label") and "household" not in self.errors:
            self.add_error("label", _("Choose a home, or give a new one a name."))
        return data

    def data_of(self) -> HomeData:
        """What the services take."""
        data = self.cleaned_data
        home = data["household"]
        label = "" if home else data["label"]
        kind = data["kind"] or HomeKind.FAMILY
        return HomeData(home, label, data["since"], data["until"], data["is_main"], data["source"], kind)


class ArrangementForm(PeriodForm):
    """What was arranged about a child: contact, supervision, or where it was placed."""

    child = forms.ChoiceField(label=_("Which child"))
    kind = forms.ChoiceField(label=_("What was arranged"), choices=ArrangementKind.choices, widget=forms.RadioSelect)
    other = forms.ChoiceField(
        label=_("With whom"), required=False, help_text=_("With whom the child has contact, or where it lives now.")
    )
    body = forms.CharField(
        label=_("Organisation"),
        max_length=120,
        required=False,
        help_text=_("The GI that carries out the order, or the kind of place, such as a foster family. No address."),
    )
    words = forms.CharField(
        label=_("How it was arranged"),
        max_length=200,
        required=False,
        help_text=_("For instance: every other weekend, handed over at school."),
    )
    seen_in = forms.ChoiceField(label=_("Where did you see it"), choices=ArrangementSource.choices)

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["child"].choices = [("", _("choose")), *people]  # type: ignore[attr-defined]  # a choice field
        self.fields["other"].choices = [("", _("nobody of the family")), *people]  # type: ignore[attr-defined]

    def data_of(self) -> ArrangementData:
        """What the services take."""
        data = self.cleaned_data
        return ArrangementData(
            data["kind"], data["seen_in"], data["body"], data["words"], data["since"], data["until"], data["source"]
        )


class ConditionForm(PeriodForm):
    """An illness, or the use of alcohol or drugs, and who sees it so."""

    person = forms.ChoiceField(label=_("Who"))
    kind = forms.ChoiceField(label=_("What"), choices=ConditionKind.choices, widget=forms.RadioSelect)
    state = forms.ChoiceField(
        label=_("How is it now"),
        choices=ConditionState.choices,
        initial=ConditionState.PRESENT,
        help_text=_("Suspected is only for alcohol and drugs: a suspected diagnosis does not belong in a drawing."),
    )
    words = forms.CharField(
        label=_("In a few words"), max_length=120, required=False, help_text=_("Only what the case needs.")
    )
    view = forms.ChoiceField(label=_("Who sees it so"))

    def __init__(self, *args: Any, people: Choices, views: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", _("choose")), *people]  # type: ignore[attr-defined]  # a choice field
        self.fields["view"].choices = [("", _("choose")), *views]  # type: ignore[attr-defined]

    def data_of(self, view: int) -> ConditionData:
        """What the services take; `view` is the number of the party who sees it so."""
        data = self.cleaned_data
        return ConditionData(
            data["kind"], view, data["state"], data["words"], data["since"], data["until"], data["source"]
        )


class TieEndForm(forms.Form):
    """A tie ends on a day."""

    until = day_field(_("Until"), required=True)
    how = forms.ChoiceField(label=_("How it ended"), choices=[("", _("not known")), *EndedHow.choices], required=False)


class TieWithdrawForm(forms.Form):
    """A tie was never so."""

    why = forms.CharField(label=_("Why is this not right"), max_length=300)


class TieOpenForm(forms.Form):
    """Open or close one item, or everything harmless, for one reader."""

    reader = forms.CharField(max_length=16, widget=forms.HiddenInput)
    item = forms.CharField(max_length=20, widget=forms.HiddenInput, required=False)
    may = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no"), ("harmless", "harmless")])


class ApartForm(KeyedForm):
    """Two persons who may not meet: by whose decision, why, and until when."""

    kind = forms.ChoiceField(
        label=_("What keeps them apart"),
        choices=ApartKind.choices,
        initial=ApartKind.OWN,
        required=False,
        widget=forms.RadioSelect,
    )
    one = forms.ChoiceField(label=_("Who"), help_text=_("With a ban: who may not come near the other."))
    other = forms.ChoiceField(label=_("And who"))
    body = forms.CharField(
        label=_("Decided by"),
        max_length=120,
        required=False,
        help_text=_("With a ban: the mayor, the court, the public prosecutor."),
    )
    reason = forms.CharField(label=_("Why"), max_length=300)
    starts_at = moment_field(_("Takes effect"))
    ends_at = moment_field(_("Ends, as the decision says"))
    until = day_field(_("Until and including"))

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("one", "other"):
            self.fields[name].choices = [("", _("choose")), *people]  # type: ignore[attr-defined]  # a choice field

    def clean_kind(self) -> str:
        """Who only says who may not meet means: kept apart by the case director."""
        return self.cleaned_data["kind"] or ApartKind.OWN

    def decision_of(self) -> Decision:
        """What the services take."""
        data = self.cleaned_data
        return Decision(kind=data["kind"], body=data["body"], starts_at=data["starts_at"], ends_at=data["ends_at"])


class ApartEndForm(forms.Form):
    """Which two may meet again."""

    row = forms.IntegerField(widget=forms.HiddenInput)
