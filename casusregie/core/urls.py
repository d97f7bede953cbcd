"""Addresses of the kernel; allauth's own views under Dutch addresses, each with its right declared."""

from allauth.account import views as account_views
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as totp_views
from django.urls import path, re_path

from casusregie.core import views
from casusregie.core.access import public, requires
from casusregie.core.choices import Right

_own = requires(Right.OWN_ACCOUNT)

urlpatterns = [
    path("", views.home, name="home"),
    # logging in and out
    path("inloggen/", public(account_views.login), name="account_login"),
    path("uitloggen/", public(account_views.logout), name="account_logout"),
    path("inloggen/code/", public(mfa_views.authenticate), name="mfa_authenticate"),
    path("wachtwoord/vergeten/", public(account_views.password_reset), name="account_reset_password"),
    path("wachtwoord/verstuurd/", public(account_views.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^wachtwoord/nieuw/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        public(account_views.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "wachtwoord/gekozen/",
        public(account_views.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    # the lock
    path("ontgrendelen/", views.unlock, name="unlock"),
    path("vergrendelen/", views.lock, name="lock"),
    path("actief/", views.active, name="active"),
    # /account/
    path("account/", views.account, name="account"),
    path("account/overal-uitloggen/", views.sessions_end_all, name="sessions-end-all"),
    path("account/sessies/<str:code>/uitloggen/", views.session_end, name="session-end"),
    path("account/wachtwoord/", _own(account_views.password_change), name="account_change_password"),
    path("account/bevestigen/", _own(account_views.reauthenticate), name="account_reauthenticate"),
    path("account/bevestigen/code/", _own(mfa_views.reauthenticate), name="mfa_reauthenticate"),
    path("account/tweede-factor/", _own(mfa_views.index), name="mfa_index"),
    path("account/tweede-factor/instellen/", _own(totp_views.activate_totp), name="mfa_activate_totp"),
    path("account/tweede-factor/uitzetten/", _own(totp_views.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/herstelcodes/", _own(recovery_views.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "account/herstelcodes/nieuw/", _own(recovery_views.generate_recovery_codes), name="mfa_generate_recovery_codes"
    ),
    path(
        "account/herstelcodes/bestand/",
        _own(recovery_views.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    # the rest
    path("taal/", views.language, name="language"),
    path("gezondheid/", views.health_all, name="health"),
    path("gezondheid/web/", views.health_web, name="health-web"),
]
