"""What the forms of the family room accept."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casusregie.core import clock
from casusregie.core.dates import read_day
from casusregie.core.forms import KeyedForm
from families.choices import (
    NATURES,
    AskedBy,
    AuthorityBasis,
    AuthoritySource,
    AuthorityStatus,
    Between,
    BirthPrecision,
    DirectionAt,
    EndedHow,
    Intensity,
    KnownAnswer,
    LifeEventKind,
    LineKind,
    MemberRole,
    NameUse,
    Nature,
    Position,
    PregnancyOutcome,
    ReachChannel,
    ReferralSource,
    RelationKind,
    RepresentationKind,
    Safe,
    Sex,
    ViolenceType,
    Wish,
    WorkingForm,
)
from families.services.authority import AuthorityData
from families.services.event import LifeEventData
from families.services.genogram import HomeData, LineData, PregnancyData
from families.services.person import PersonData, WayData
from families.services.relation import RelationData

Choices = list[tuple[str, str]]


def _day(label: Any, *, required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class CaseOpenForm(KeyedForm):
    """A case in 30 seconds: a name, somebody, and a way to reach her."""

    name = forms.CharField(label=_("Family name, or a neutral name"), max_length=120)
    given_name = forms.CharField(label=_("First name"), max_length=80, required=False)
    infix = forms.CharField(label=_("Prefix"), max_length=20, required=False)
    surname = forms.CharField(label=_("Surname"), max_length=80, required=False)
    described_as = forms.CharField(label=_("Who is this in the family"), max_length=80, required=False)
    channel = forms.ChoiceField(
        label=_("How can this person be reached"),
        choices=ReachChannel.choices,
        initial=ReachChannel.PHONE,
        widget=forms.RadioSelect,
    )
    way = forms.CharField(label=_("Number, address, or through whom"), max_length=200)
    safe = forms.ChoiceField(
        label=_("Is it safe to use this"), choices=Safe.choices, initial=Safe.UNKNOWN, widget=forms.RadioSelect
    )
    intensity = forms.ChoiceField(
        label=_("Intensity"), choices=Intensity.choices, initial=Intensity.RED, widget=forms.RadioSelect
    )

    def clean(self) -> dict[str, Any]:
        """Somebody has a name."""
        data = super().clean() or self.cleaned_data
        if not data.get("given_name") and not data.get("surname") and not self.errors:
            self.add_error("given_name", _("Fill in a first name or a surname."))
        return data

    def first(self) -> PersonData:
        """The first person."""
        data = self.cleaned_data
        return PersonData(
            given_name=data["given_name"],
            infix=data["infix"],
            surname=data["surname"],
            described_as=data["described_as"],
        )

    def reach(self, today: date) -> WayData:
        """How to reach her."""
        data = self.cleaned_data
        confirmed = today if data["safe"] != Safe.UNKNOWN else None
        return WayData(channel=data["channel"], value=data["way"], safe=data["safe"], confirmed_on=confirmed)


class PersonForm(forms.Form):
    """A person with a Dutch name."""

    given_name = forms.CharField(label=_("First name"), max_length=80, required=False)
    infix = forms.CharField(label=_("Prefix"), max_length=20, required=False)
    surname = forms.CharField(label=_("Surname"), max_length=80, required=False)
    partner_infix = forms.CharField(label=_("Prefix of the partner's name"), max_length=20, required=False)
    partner_surname = forms.CharField(label=_("Partner's surname"), max_length=80, required=False)
    name_use = forms.ChoiceField(label=_("Name in use"), choices=NameUse.choices, initial=NameUse.OWN)
    described_as = forms.CharField(label=_("Who is this in the family"), max_length=80, required=False)
    birth_date = _day(_("Date of birth"))
    birth_precision = forms.ChoiceField(
        label=_("How exactly is that known"), choices=BirthPrecision.choices, initial=BirthPrecision.DAY
    )
    died_on = _day(_("Date of death"))
    in_household = forms.BooleanField(label=_("Lives in the household"), required=False, initial=True)
    sex = forms.ChoiceField(
        label=_("Symbol in the genogram"),
        choices=Sex.choices,
        initial=Sex.UNKNOWN,
        required=False,
        widget=forms.RadioSelect,
    )
    is_index = forms.BooleanField(label=_("It is about this person (index person)"), required=False)

    def clean_sex(self) -> str:
        """Not said is not known."""
        return self.cleaned_data["sex"] or Sex.UNKNOWN

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_birth_date(self) -> date | None:
        """Not in the future, and not over 120 years ago."""
        return self._past(self.cleaned_data["birth_date"])

    def clean_died_on(self) -> date | None:
        """Not in the future, and not over 120 years ago."""
        return self._past(self.cleaned_data["died_on"])

    def _past(self, day: date | None) -> date | None:
        if day and day > self.today:
            raise ValidationError(_("This day is still to come."))
        if day and day < self.today - timedelta(days=120 * 365 + 30):
            raise ValidationError(_("This is more than 120 years ago. Check the year."))
        return day

    def clean(self) -> dict[str, Any]:
        """Somebody has a name, and died after being born."""
        data = super().clean() or self.cleaned_data
        if not data.get("given_name") and not data.get("surname"):
            self.add_error("given_name", _("Fill in a first name or a surname."))
        born, died = data.get("birth_date"), data.get("died_on")
        if born and died and died < born:
            self.add_error("died_on", _("This is before the date of birth."))
        return data

    def data_of(self) -> PersonData:
        """What the services take."""
        return PersonData(**{name: self.cleaned_data[name] for name in PersonData.__dataclass_fields__})


class PersonAddForm(PersonForm, KeyedForm):
    """A new person, with a key against double sending."""


class WayForm(KeyedForm):
    """A way to reach somebody."""

    channel = forms.ChoiceField(
        label=_("How"), choices=ReachChannel.choices, initial=ReachChannel.PHONE, widget=forms.RadioSelect
    )
    value = forms.CharField(label=_("Number, address, or through whom"), max_length=200)
    note = forms.CharField(
        label=_("What to mind"),
        max_length=500,
        required=False,
        help_text=_("Times, who may answer, which name to use."),
    )
    safe = forms.ChoiceField(
        label=_("Is it safe to use this"), choices=Safe.choices, initial=Safe.UNKNOWN, widget=forms.RadioSelect
    )

    def data_of(self, today: date) -> WayData:
        """What the services take."""
        data = self.cleaned_data
        confirmed = today if data["safe"] != Safe.UNKNOWN else None
        return WayData(data["channel"], data["value"], data["note"], data["safe"], confirmed)


class WayConfirmForm(forms.Form):
    """Whether a way is safe, as of today."""

    way = forms.IntegerField(widget=forms.HiddenInput)
    safe = forms.ChoiceField(choices=Safe.choices)


class CaseChangeForm(forms.Form):
    """Status, intensity and working form, with a reason."""

    status = forms.ChoiceField(label=_("Status"))
    intensity = forms.ChoiceField(label=_("Intensity"), choices=Intensity.choices, widget=forms.RadioSelect)
    working_form = forms.ChoiceField(
        label=_("Together or apart"), choices=WorkingForm.choices, required=False, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Why"), max_length=500)

    def __init__(self, *args: Any, statuses: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = statuses  # type: ignore[attr-defined]  # a choice field


class MemberForm(forms.Form):
    """A deputy or second worker, until a day if that is known."""

    user = forms.TypedChoiceField(label=_("Colleague"), coerce=int)
    role = forms.ChoiceField(label=_("As"), choices=MemberRole.choices, widget=forms.RadioSelect)
    until = _day(_("Until and including"))

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].choices = people  # type: ignore[attr-defined]  # a choice field

    def until_moment(self) -> datetime | None:
        """The end of the last day, aware, in the Netherlands."""
        day: date | None = self.cleaned_data["until"]
        return datetime.combine(day + timedelta(days=1), datetime.min.time(), clock.LOCAL) if day else None


class MemberEndForm(forms.Form):
    """Whose place ends."""

    member = forms.IntegerField(widget=forms.HiddenInput)


class ColleagueForm(forms.Form):
    """One colleague: to direct the case, or to be barred from it."""

    user = forms.TypedChoiceField(label=_("Colleague"), coerce=int)
    reason = forms.CharField(label=_("Why"), max_length=500)

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].choices = people  # type: ignore[attr-defined]  # a choice field


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


class _PeriodForm(KeyedForm):
    """From when until when; what is known of it is enough."""

    since = _day(_("Since"))
    until = _day(_("Until"))
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


class RelationForm(_PeriodForm):
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


class LineForm(_PeriodForm):
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
    due_on = _day(_("Expected on, or the day it ended"))
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


class HomeForm(_PeriodForm):
    """Who lives in which home, from when until when."""

    people = forms.MultipleChoiceField(label=_("Who"), widget=forms.CheckboxSelectMultiple)
    household = forms.TypedChoiceField(label=_("In which home"), coerce=int, required=False, empty_value=None)
    label = forms.CharField(
        label=_("A new home is called"),
        max_length=60,
        required=False,
        help_text=_(
            "A name, never an address: the address is confidential or nowhere. For instance: with grandmother."
        ),
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
        return HomeData(home, label, data["since"], data["until"], data["is_main"], data["source"])


class TieEndForm(forms.Form):
    """A tie ends on a day."""

    until = _day(_("Until"), required=True)
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
    """Two persons who may not meet, why, and until when if that is known."""

    one = forms.ChoiceField(label=_("Who"))
    other = forms.ChoiceField(label=_("And who"))
    reason = forms.CharField(label=_("Why"), max_length=300)
    until = _day(_("Until and including"))

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("one", "other"):
            self.fields[name].choices = [("", _("choose")), *people]  # type: ignore[attr-defined]  # a choice field


class ApartEndForm(forms.Form):
    """Which two may meet again."""

    row = forms.IntegerField(widget=forms.HiddenInput)


class AuthorityForm(forms.Form):
    """Whether somebody has authority over a child, from when; known only with when and where it was looked up."""

    holder = forms.ChoiceField(label=_("Who"), required=False)
    body = forms.CharField(label=_("Or an organisation"), max_length=120, required=False)
    status = forms.ChoiceField(
        label=_("Authority"), choices=AuthorityStatus.choices, initial=AuthorityStatus.UNKNOWN, widget=forms.RadioSelect
    )
    part = forms.CharField(label=_("Which part"), max_length=200, required=False)
    basis = forms.ChoiceField(label=_("On what it rests"), required=False)
    since = _day(_("From"))
    until = _day(_("Until and including"))
    source = forms.ChoiceField(label=_("Looked up in"), required=False)
    checked_on = _day(_("Checked on"))
    checked_where = forms.CharField(label=_("Checked where"), max_length=120, required=False)
    replaced_on = _day(_("The court consented instead on"))

    def __init__(self, *args: Any, people: Choices, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["holder"].choices = [("", _("choose")), *people]  # type: ignore[attr-defined]  # a choice field
        self.fields["basis"].choices = [("", _("not known")), *AuthorityBasis.choices]  # type: ignore[attr-defined]
        self.fields["source"].choices = [("", _("choose")), *AuthoritySource.choices]  # type: ignore[attr-defined]

    def clean_checked_on(self) -> date | None:
        """Not in the future, and not over twenty years ago."""
        day: date | None = self.cleaned_data["checked_on"]
        if day and day > self.today:
            raise ValidationError(_("This day is still to come."))
        if day and day < self.today - timedelta(days=20 * 366):
            raise ValidationError(_("This is more than twenty years ago. Check the year."))
        return day

    def clean(self) -> dict[str, Any]:
        """One holder; what is known says when and where it was looked up, what is not known says neither."""
        data = super().clean() or self.cleaned_data
        if bool(data.get("holder")) == bool(data.get("body")) and not {"holder", "body"} & self.errors.keys():
            self.add_error("holder", _("Choose somebody of the family, or name one organisation."))
        if data.get("status") == AuthorityStatus.UNKNOWN:
            data |= {"checked_on": None, "checked_where": "", "source": ""}
        elif data.get("status"):
            self._needs_its_check(data)
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day is before the first."))
        return data

    def _needs_its_check(self, data: dict[str, Any]) -> None:
        for name, sentence in (
            ("checked_on", _("When was this checked? Or leave it as not known yet.")),
            ("checked_where", _("Where was this checked? Or leave it as not known yet.")),
        ):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, sentence)

    def data_of(self) -> AuthorityData:
        """What the services take."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("holder", "body")}
        return AuthorityData(**data)


class RepresentationForm(forms.Form):
    """That somebody cannot weigh a decision, or who decides for her."""

    kind = forms.ChoiceField(label=_("What is it"), choices=RepresentationKind.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Who decides"), max_length=120, required=False)
    since = _day(_("From"), required=True)
    until = _day(_("Until and including"))
    checked_where = forms.CharField(label=_("Who says so, or where it stands"), max_length=120)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("since", today)


class LifeEventForm(KeyedForm):
    """An event in somebody's life, with where it is known from."""

    text = forms.CharField(label=_("What happened"), max_length=300)
    on = forms.CharField(label=_("When"), max_length=20)
    until = forms.CharField(label=_("Until"), max_length=20, required=False)
    of = forms.MultipleChoiceField(label=_("In whose life"), widget=forms.CheckboxSelectMultiple)
    kind = forms.ChoiceField(label=_("What kind"), choices=LifeEventKind.choices, widget=forms.RadioSelect)
    told_by = forms.ChoiceField(label=_("Told by"), required=False)
    source = forms.CharField(label=_("Or known from"), max_length=120, required=False)
    closed = forms.BooleanField(label=_("Only for director and deputy"), required=False)

    def __init__(self, *args: Any, people: Choices, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["of"].choices = people  # type: ignore[attr-defined]  # a choice field
        self.fields["told_by"].choices = [("", _("choose")), *people]  # type: ignore[attr-defined]

    def _when(self, name: str) -> tuple[date | None, str]:
        text: str = self.cleaned_data.get(name) or ""
        if not text:
            return None, ""
        found = read_day(text)
        if found is None:
            raise ValidationError(_("Write a day, a month or a year: 12-5-2019, 5-2019 or 2019."))
        if found[0] > self.today:
            raise ValidationError(_("This day is still to come."))
        if found[0].year < self.today.year - 150:
            raise ValidationError(_("This is more than 150 years ago. Check the year."))
        return found

    def clean_on(self) -> tuple[date | None, str]:
        """A day, a month or a year that has been."""
        return self._when("on")

    def clean_until(self) -> tuple[date | None, str]:
        """The same, or nothing."""
        return self._when("until")

    def clean(self) -> dict[str, Any]:
        """It ends after it began, and somebody told it."""
        data = super().clean() or self.cleaned_data
        on, until = (data.get(name, (None, ""))[0] for name in ("on", "until"))
        if on and until and until < on:
            self.add_error("until", _("This is before it began."))
        if not data.get("told_by") and not data.get("source") and "told_by" not in self.errors:
            self.add_error("source", _("Say from whom or from where this is known."))
        return data

    def data_of(self) -> LifeEventData:
        """What the services take."""
        data = self.cleaned_data
        (on, precision), (until, _precision) = data["on"], data["until"]
        return LifeEventData(
            kind=data["kind"],
            text=data["text"],
            on=on,
            precision=precision,
            until=until,
            of=list(data["of"]),
            told_by=data["told_by"],
            source=data["source"],
            closed=data["closed"],
        )


class TakeBackForm(forms.Form):
    """Why something that was noted is taken back."""

    reason = forms.CharField(label=_("Why is this taken back"), max_length=300)


class InsightForm(forms.Form):
    """Why somebody looks inside."""

    reason = forms.CharField(
        label=_("Why do you look inside"),
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"min_length": _("Write the reason in a sentence: the case director reads it.")},
    )


class IntakeForm(forms.Form):
    """A part of the intake: `today` for its days, `people` for whom it may be about."""

    def __init__(self, *args: Any, today: date, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if "person" in self.fields:
            self.fields["person"].choices = [("", _("choose")), *people]  # type: ignore[attr-defined]  # a choice field
        for name in {"received_on", "since", "on"} & self.fields.keys():
            self.initial.setdefault(name, today)

    def _has_been(self, name: str) -> date:
        """Not in the future."""
        day: date = self.cleaned_data[name]
        if day > self.today:
            raise ValidationError(_("This day is still to come."))
        return day


class ReferralForm(IntakeForm):
    """Who came with this family; the lower half only when Veilig Thuis or another handed it over."""

    source = forms.ChoiceField(label=_("From whom"), choices=ReferralSource.choices, widget=forms.RadioSelect)
    question = forms.CharField(
        label=_("With which question"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    received_on = _day(_("Received on"), required=True)
    spoken_with = forms.CharField(label=_("Talked through with"), max_length=160, required=False)
    spoken_on = _day(_("Talked through on"))
    conditions = forms.CharField(
        label=_("Safety conditions"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    watched_by = forms.CharField(label=_("Who keeps watching"), max_length=160, required=False)
    watched_until = _day(_("Until and including"))

    def clean_received_on(self) -> date:
        """Not in the future."""
        return self._has_been("received_on")


class WeighingForm(IntakeForm):
    """What kind of violence, between whom, what was tried, and whether a case director is needed."""

    violence = forms.MultipleChoiceField(
        label=_("What kind of violence"), choices=ViolenceType.choices, widget=forms.CheckboxSelectMultiple
    )
    between = forms.MultipleChoiceField(
        label=_("Between whom"), choices=Between.choices, widget=forms.CheckboxSelectMultiple
    )
    tried = forms.CharField(
        label=_("What was tried before"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    needs_director = forms.TypedChoiceField(
        label=_("What is needed"),
        choices=[("1", _("a case director")), ("0", _("lighter help is enough"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    why = forms.CharField(label=_("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class PositionForm(IntakeForm):
    """In which position somebody is, in one pattern, in a period."""

    person = forms.ChoiceField(label=_("Who"))
    position = forms.ChoiceField(label=_("Position"), choices=Position.choices, widget=forms.RadioSelect)
    pattern = forms.CharField(label=_("In which pattern"), max_length=200)
    since = _day(_("From"), required=True)
    until = _day(_("Until and including"))


class SpokenAloneForm(IntakeForm):
    """An adult was spoken to alone, and what she wants."""

    person = forms.ChoiceField(label=_("Who"))
    wish = forms.ChoiceField(label=_("Work together"), choices=Wish.choices, widget=forms.RadioSelect)
    is_at_risk = forms.BooleanField(label=_("This person is at risk"), required=False)
    on = _day(_("Spoken to alone on"), required=True)

    def clean_on(self) -> date:
        """Not in the future."""
        return self._has_been("on")


class DirectionForm(IntakeForm):
    """Where formal direction lies from a day on."""

    at = forms.ChoiceField(label=_("Where"), choices=DirectionAt.choices, widget=forms.RadioSelect)
    decides = forms.CharField(label=_("Who decides on a difference of view"), max_length=200)
    since = _day(_("From"), required=True)
    returns_on = _day(_("Comes back on"))


class KnownForm(IntakeForm):
    """Who asked whether this family is known, and what was answered: two taps."""

    asked_by = forms.ChoiceField(label=_("Who asked"), choices=AskedBy.choices, widget=forms.RadioSelect)
    answer = forms.ChoiceField(label=_("What did you answer"), choices=KnownAnswer.choices, widget=forms.RadioSelect)
