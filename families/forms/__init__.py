"""What the forms of the family room accept, a file per noun."""

from families.forms.authority import (
    AuthorityForm,
    RepresentationForm,
)
from families.forms.document import (
    DocumentChangeForm,
    DocumentForm,
    DocumentGiveForm,
    DocumentReleaseForm,
    DocumentReplaceForm,
    UploadForm,
)
from families.forms.event import (
    LifeEventForm,
    TakeBackForm,
)
from families.forms.fact import (
    FactChangeForm,
    FactEndForm,
    FactForm,
    FactLookForm,
)
from families.forms.family import (
    CaseChangeForm,
    CaseOpenForm,
    ColleagueForm,
    InsightForm,
    MemberEndForm,
    MemberForm,
)
from families.forms.intake import (
    DirectionForm,
    IntakeForm,
    KnownForm,
    PositionForm,
    ReferralForm,
    SpokenAloneForm,
    WeighingForm,
)
from families.forms.person import (
    PersonAddForm,
    PersonForm,
    WayConfirmForm,
    WayForm,
)
from families.forms.tie import (
    ApartEndForm,
    ApartForm,
    HomeForm,
    LineForm,
    PeriodForm,
    PregnancyForm,
    RelationForm,
    TieEndForm,
    TieOpenForm,
    TieWithdrawForm,
)

__all__ = [
    "ApartEndForm",
    "ApartForm",
    "AuthorityForm",
    "CaseChangeForm",
    "CaseOpenForm",
    "ColleagueForm",
    "DirectionForm",
    "DocumentChangeForm",
    "DocumentForm",
    "DocumentGiveForm",
    "DocumentReleaseForm",
    "DocumentReplaceForm",
    "FactChangeForm",
    "FactEndForm",
    "FactForm",
    "FactLookForm",
    "HomeForm",
    "InsightForm",
    "IntakeForm",
    "KnownForm",
    "LifeEventForm",
    "LineForm",
    "MemberEndForm",
    "MemberForm",
    "PeriodForm",
    "PersonAddForm",
    "PersonForm",
    "PositionForm",
    "PregnancyForm",
    "ReferralForm",
    "RelationForm",
    "RepresentationForm",
    "SpokenAloneForm",
    "TakeBackForm",
    "TieEndForm",
    "UploadForm",
    "TieOpenForm",
    "TieWithdrawForm",
    "WayConfirmForm",
    "WayForm",
    "WeighingForm",
]
