"""The product's settings, and beside them what its pages are compared with. For benchmarks only."""

import os

from casusregie.settings import *  # noqa: F403
from casusregie.settings import INSTALLED_APPS, MIDDLEWARE, TEMPLATES

INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.admin.apps.SimpleAdminConfig"]
ROOT_URLCONF = "tests.bench.urls"

# What `startproject` gives, with the product's own session store: the stack around a floor and around Django's admin.
FLOOR_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
_AUDIT = "casusregie.core.middleware.AuditMiddleware"
SILENT_MIDDLEWARE = ["tests.bench.silent.SilentMiddleware" if name == _AUDIT else name for name in MIDDLEWARE]
if os.environ.get("BENCH_SILENT") == "1":
    MIDDLEWARE = SILENT_MIDDLEWARE

# The admin's pages get an engine of their own, so that they do not pay for our frame nor our pages for theirs.
TEMPLATES = [
    *TEMPLATES,
    {
        "NAME": "admin",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]
