"""The WSGI entry point that granian serves.

A production start is refused here too, whoever starts it: with a sentence, not a traceback.
"""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
try:
    application = get_wsgi_application()
except ImproperlyConfigured as refusal:
    sys.exit(str(refusal))

from config.checks import why_not_to_serve  # the models must be loaded first

if sentence := why_not_to_serve():
    sys.exit(sentence)
