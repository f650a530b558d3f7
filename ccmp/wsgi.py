import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ccmp.settings")

django_application = get_wsgi_application()

from ccmp.web.alphabet import in_utf8  # noqa: E402 – Django stands first

application = in_utf8(django_application)
