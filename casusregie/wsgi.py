"""The door for a web server; refuses a database that does not belong to this start."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casusregie.settings")
application = get_wsgi_application()

from casusregie.core.installation import refuse_wrong_pairing  # noqa: E402  # models load after the application

refuse_wrong_pairing()
