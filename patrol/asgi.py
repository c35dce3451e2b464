"""What gunicorn loads (patrol.frame.server): Django, which stays WSGI, behind the gate."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "patrol.settings")
wsgi = get_wsgi_application()

from patrol.frame import gate  # noqa: E402 -- it asks models, which Django has to load first

application = gate.prepared(wsgi)
