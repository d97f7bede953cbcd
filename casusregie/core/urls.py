"""Addresses of the kernel; allauth's own views under Dutch addresses, each with its right declared."""

from allauth.account import views as account_views
from allauth.mfa.base import views as mfa_views
from django.urls import path, re_path
from django.views.decorators.http import require_GET
from django.views.generic import RedirectView

from casusregie.core import accounts, views
from casusregie.core.access import public, requires
from casusregie.core.choices import Right

_own = requires(Right.OWN_ACCOUNT)

urlpatterns = [
    path("", views.home, name="home"),
    # logging in and out
    path("inloggen/", public(accounts.LoginView.as_view()), name="account_login"),
    path("uitloggen/", public(account_views.logout), name="account_logout"),
    path("inloggen/code/", public(accounts.CodeView.as_view()), name="mfa_authenticate"),
    path("wachtwoord/vergeten/", public(accounts.PasswordResetView.as_view()), name="account_reset_password"),
    path("wachtwoord/verstuurd/", public(account_views.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^wachtwoord/nieuw/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        public(accounts.PasswordResetFromKeyView.as_view()),
        name="account_reset_password_from_key",
    ),
    path(
        "wachtwoord/gekozen/",
        public(account_views.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("inloggen/gesloten/", public(account_views.account_inactive), name="account_inactive"),
    # allauth asks for these two names: nobody registers, and who has no password yet asks a link
    path("registreren/", public(accounts.signup), name="account_signup"),
    path(
        "account/wachtwoord/kiezen/",
        _own(require_GET(RedirectView.as_view(pattern_name="account_reset_password"))),
        name="account_set_password",
    ),
    # the lock
    path("ontgrendelen/", views.unlock, name="unlock"),
    path("vergrendelen/", views.lock, name="lock"),
    path("actief/", views.active, name="active"),
    # /account/
    path("account/", views.account, name="account"),
    path("account/telefoon/", views.phone_set, name="phone-set"),
    path("account/overal-uitloggen/", views.sessions_end_all, name="sessions-end-all"),
    path("account/sessies/<str:code>/uitloggen/", views.session_end, name="session-end"),
    path("account/wachtwoord/", _own(accounts.PasswordChangeView.as_view()), name="account_change_password"),
    path("account/bevestigen/", _own(accounts.ReauthenticateView.as_view()), name="account_reauthenticate"),
    path("account/bevestigen/code/", _own(accounts.CodeAgainView.as_view()), name="mfa_reauthenticate"),
    path("account/tweede-factor/", _own(require_GET(mfa_views.index)), name="mfa_index"),
    path("account/tweede-factor/instellen/", _own(accounts.ActivateView.as_view()), name="mfa_activate_totp"),
    path("account/tweede-factor/uitzetten/", _own(accounts.DeactivateView.as_view()), name="mfa_deactivate_totp"),
    path("account/herstelcodes/", _own(require_GET(accounts.CodesView.as_view())), name="mfa_view_recovery_codes"),
    path("account/herstelcodes/nieuw/", _own(accounts.NewCodesView.as_view()), name="mfa_generate_recovery_codes"),
    path(
        "account/herstelcodes/bestand/",
        _own(require_GET(accounts.CodesFileView.as_view())),
        name="mfa_download_recovery_codes",
    ),
    # the rest
    path("taal/", views.language, name="language"),
    path("privacystand/", views.privacy_switch, name="privacy"),
    path("gezondheid/", views.health_all, name="health"),
    path("gezondheid/web/", views.health_web, name="health-web"),
]
