"""Forms of the network room, a file per noun."""

from network.forms.appointment import LENGTHS, AppointmentChangeForm, AppointmentForm, CancelForm
from network.forms.attachment import FILES
from network.forms.contact import DURATIONS, ContactForm, CorrectionForm
from network.forms.follow_up import FollowUpForm
from network.forms.hours import MINUTES, PeriodForm, TimeForm
from network.forms.reach import SafeForm
from network.forms.role import GroundForm, RoleEndForm, RoleForm, SignalForm
from network.forms.search import SearchForm
from network.forms.visit import CautionForm, StayForm
from network.forms.withdrawal import PlaceForm, WithdrawalForm

__all__ = [
    "FILES",
    "DURATIONS",
    "LENGTHS",
    "AppointmentChangeForm",
    "AppointmentForm",
    "CautionForm",
    "StayForm",
    "CancelForm",
    "ContactForm",
    "CorrectionForm",
    "FollowUpForm",
    "GroundForm",
    "RoleEndForm",
    "RoleForm",
    "SafeForm",
    "SearchForm",
    "SignalForm",
    "PlaceForm",
    "WithdrawalForm",
    "MINUTES",
    "PeriodForm",
    "TimeForm",
]
