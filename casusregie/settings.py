"""Settings of Casusregie: one file, read from the environment, loud when a value is wrong.

Without DATABASE_URL the embedded servers of `casusregie.launch` are used (a developer's machine and the demo);
with it this is an ordinary installation. The names of the variables are listed in the README.
"""

import base64
import binascii
import os
import sys
from pathlib import Path
from typing import Any

import environ
from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from casusregie import launch

BASE_DIR = Path(__file__).resolve().parent.parent

EMBEDDED = not os.environ.get("DATABASE_URL")
# What the embedded servers answer to, under what was set by hand; our own environment stays as it was, so that a
# process started from here decides for itself.
ENVIRONMENT = {**(launch.embedded_environment() if EMBEDDED else {}), **os.environ}

env = environ.Env()
env.ENVIRON = ENVIRONMENT


def _wrong(name: str, sentence: str) -> ImproperlyConfigured:
    """The one line that stops a start: the variable and what it should be."""
    return ImproperlyConfigured(f"{name}: {sentence}")


def _text(name: str, default: str | None = None) -> str:
    value = ENVIRONMENT.get(name, "").strip() or default
    if value is None:
        raise _wrong(name, "is required and was not set.")
    return value


def _switch(name: str, default: bool) -> bool:
    value = ENVIRONMENT.get(name, "").strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    if value == "":
        return default
    raise _wrong(name, f"should be 1 or 0, and is {value!r}.")


def _database(name: str) -> dict[str, Any]:
    try:
        parsed: dict[str, Any] = dict(env.db_url(name))
    except (environ.ImproperlyConfigured, ValueError) as error:
        raise _wrong(name, "should look like postgres://user:password@host:5432/database.") from error
    if "postgresql" not in str(parsed.get("ENGINE", "")):
        raise _wrong(name, "should begin with postgres://: PostgreSQL is the only database.")
    parsed["ENGINE"] = "django.db.backends.postgresql"
    return parsed


def _master_keys(name: str) -> list[bytes]:
    keys = []
    for number, part in enumerate(_text(name).split(","), start=1):
        try:
            key = base64.urlsafe_b64decode(part.strip())
        except (binascii.Error, ValueError) as error:
            raise _wrong(name, f"key {number} is not base64.") from error
        if len(key) != 32:
            raise _wrong(name, f"key {number} has {len(key)} bytes, 32 are needed (newest key first, comma between).")
        keys.append(key)
    return keys


# --- What kind of installation this is -------------------------------------------------------------------------------

DEMO = _switch("CASUSREGIE_DEMO", default=EMBEDDED)
DEBUG = False
TESTING = _switch("CASUSREGIE_TESTING", default=False)
DATA_DIR = Path(_text("CASUSREGIE_DATA", str(BASE_DIR / ".local")))

SECRET_KEY = _text("SECRET_KEY")
if len(SECRET_KEY) < 40:
    raise _wrong("SECRET_KEY", "should have at least 40 random characters.")
MASTER_KEYS = _master_keys("CASUSREGIE_KEYS")

ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"] if DEMO else [h.strip() for h in _text("ALLOWED_HOSTS").split(",")]
if "*" in ALLOWED_HOSTS:
    raise _wrong("ALLOWED_HOSTS", "should name the hosts; a star admits everybody.")
CSRF_TRUSTED_ORIGINS = [] if DEMO else [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS]

# --- Parts -----------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "casusregie.demo",
    "casusregie.desks",
    "casusregie.records",
    "processplan",
    "safety",
    "network",
    "families",
    "casusregie.reminders",
    "casusregie.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_celery_beat",
    "django_htmx",
    "drf_spectacular",
    "lucide",
    "pghistory",
    "pgtrigger",
    "rest_framework",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "casusregie.core.middleware.ResponseHeadersMiddleware",
    "casusregie.core.middleware.DemoOnlyHereMiddleware",
    "casusregie.core.middleware.BodyLimitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "casusregie.core.middleware.LanguageMiddleware",
    "casusregie.core.middleware.RefusedMethodMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "casusregie.core.middleware.PrivacyMiddleware",
    "casusregie.core.middleware.AuditMiddleware",
    "casusregie.core.middleware.SessionLimitsMiddleware",
    "casusregie.core.middleware.LoginMiddleware",
    "casusregie.core.middleware.SecondFactorMiddleware",
    "casusregie.core.middleware.DeclaredRightMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "casusregie.urls"
WSGI_APPLICATION = "casusregie.wsgi.application"
ASGI_APPLICATION = "casusregie.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "casusregie.core.frame.frame",
            ],
            "builtins": ["django.templatetags.i18n", "casusregie.core.templatetags.look"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# --- Database: the application's role here, the owner's only where migrations run (design: two roles) ----------------

DATABASES = {"default": _database("DATABASE_URL")}
DATABASES["default"] |= {
    "CONN_MAX_AGE": 600,
    "CONN_HEALTH_CHECKS": True,
    "ATOMIC_REQUESTS": False,
}
DATABASES["default"].setdefault("OPTIONS", {}).update({"connect_timeout": 3})
OWNER_DATABASE = _database("CASUSREGIE_OWNER_URL") if ENVIRONMENT.get("CASUSREGIE_OWNER_URL") else None
APPLICATION_ROLE = str(DATABASES["default"].get("USER") or "casusregie_app")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# History goes through triggers that live in migrations; a context row per request would repeat the access log.
PGHISTORY_INSTALL_CONTEXT_FUNC_ON_MIGRATE = True
PGTRIGGER_INSTALL_ON_MIGRATE = False

# --- Who may come in -------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "/inloggen/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/inloggen/"

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

ACCOUNT_ADAPTER = "casusregie.core.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {"login": "casusregie.core.forms.LoginForm"}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Guessing is counted by axes in the database; allauth's own limits would lock a colleague out of her own account.
ACCOUNT_RATE_LIMITS = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "casusregie.core.accounts.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "casusregie.core.forms.CodeForm",
    "reauthenticate": "casusregie.core.forms.CodeAgainForm",
}
MFA_TOTP_ISSUER = "Casusregie"
SECOND_FACTOR_REQUIRED = not DEMO
PASSWORD_RESET_TIMEOUT = 24 * 3600

AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "casusregie.core.guessing.locked_out"
AXES_HANDLER = "casusregie.core.guessing.AttemptHandler"
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
# Behind the TLS proxy of docker-compose.yml the address is the proxy's last hop; elsewhere the peer's own.
TRUSTED_PROXIES = 0 if DEMO else 1
AXES_CLIENT_IP_CALLABLE = "casusregie.core.origin.address"

SESSION_ENGINE = "casusregie.core.sessions"
SESSION_COOKIE_NAME = "casusregie"
SESSION_COOKIE_AGE = 10 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = not DEMO
CSRF_COOKIE_SECURE = not DEMO
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "casusregie.core.errors.csrf_failed"
IDLE_LOCK_SECONDS = 15 * 60
SESSION_ABSOLUTE_SECONDS = 10 * 3600

# --- Browser ---------------------------------------------------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if not DEMO:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^gezondheid/"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
# 2 MB for a form (contract: 413 above it); the text of one contact is limited in its own form.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
# A photo that is sent stays in memory until it is encrypted: nothing of it is ever laid on a disk in the clear. How large
# it can be is limited before it is read (BodyLimitMiddleware).
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024

# --- Language and time -----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
FORMAT_MODULE_PATH = "casusregie.core.formats"

# --- Static files, mail, log -----------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = TESTING

try:
    globals().update(env.email_url("EMAIL_URL", default="filemail://" if DEMO else "smtp://localhost:25"))
except (environ.ImproperlyConfigured, KeyError, ValueError) as _error:
    raise _wrong("EMAIL_URL", "should look like smtp+tls://user:password@host:587.") from _error
if DEMO and not ENVIRONMENT.get("EMAIL_URL"):
    EMAIL_BACKEND = "casusregie.core.mail.FolderBackend"
    EMAIL_FILE_PATH = str(DATA_DIR / "mail")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = _text("DEFAULT_FROM_EMAIL", "bericht@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # No request body, no name: the access log says who did what, this says what broke.
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "casusregie": {"level": "INFO"},
        "casusregie.audit.head": {"level": "INFO"},
        "django.request": {"level": "ERROR"},
        "axes": {"level": "ERROR"},
    },
}

# --- Jobs ------------------------------------------------------------------------------------------------------------

REDIS_URL = _text("REDIS_URL")
if not REDIS_URL.startswith(("redis://", "rediss://", "redis+socket://")):
    raise _wrong("REDIS_URL", "should begin with redis://, rediss:// or redis+socket://.")
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 5, "socket_connect_timeout": 1, "visibility_timeout": 900}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_BEAT_SCHEDULE = {
    "audit-seal": {"task": "casusregie.core.tasks.audit_seal", "schedule": 60.0},
    "reminders-sweep": {"task": "casusregie.reminders.tasks.reminders_sweep", "schedule": 30.0},
    "editions-waiting": {"task": "processplan.tasks.editions_render_waiting", "schedule": 15.0},
    "imports-waiting": {"task": "casusregie.desks.tasks.imports_write_waiting", "schedule": 60.0},
    "facts-search": {"task": "families.tasks.facts_search", "schedule": 60.0},
    # Before the voices are counted: who moved today lives elsewhere from today on.
    "homes-follow": {"task": "families.tasks.homes_follow", "schedule": crontab(hour="0", minute="5")},
    # All dates of all cases are computed again once a night: a net under the transactions that keep them.
    "network-reconcile": {"task": "network.tasks.follow_ups_reconcile", "schedule": crontab(hour="3", minute="20")},
    "drafts-clear": {"task": "network.tasks.drafts_clear", "schedule": 600.0},
    "uploads-clear": {"task": "families.tasks.uploads_clear", "schedule": 3600.0},
    "voices-reconcile": {"task": "network.tasks.voices_reconcile", "schedule": crontab(hour="3", minute="40")},
    "reach-reconcile": {"task": "families.tasks.reach_reconcile", "schedule": crontab(hour="3", minute="50")},
    "sessions-clear": {"task": "casusregie.core.tasks.sessions_clear", "schedule": 3600.0},
}
# The sweep is asked for every 30 s; twice that and a bit more without one means that nobody reminds anybody.
SWEEP_LATE_SECONDS = 180

# --- API -------------------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["casusregie.core.api_access.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["casusregie.core.api_access.DenyUnlessDeclared"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Casusregie",
    "DESCRIPTION": "Eigen casussen, contacten en toezeggingen, met dezelfde toegang als de pagina's.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {},
}

if len(sys.argv) > 1 and sys.argv[1] in {"makemigrations", "migrate"} and OWNER_DATABASE is not None:
    # Migrations are the owner's work: only these two commands ever open its connection.
    DATABASES["default"] |= {k: OWNER_DATABASE[k] for k in ("USER", "PASSWORD", "HOST", "PORT", "NAME")}
