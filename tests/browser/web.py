"""A web process of its own on the database of the tests, to be killed: `python -m tests.browser.web <database> <port>`."""

import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "casusregie.settings"

import tests.servers  # noqa: F401  # the environment of the tests, before the settings are read

if __name__ == "__main__":
    import django

    django.setup()
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.servers.basehttp import run
    from django.core.wsgi import get_wsgi_application
    from django.db import connection

    connection.settings_dict["NAME"] = sys.argv[1]
    run("127.0.0.1", int(sys.argv[2]), StaticFilesHandler(get_wsgi_application()), threading=True)
