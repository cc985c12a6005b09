"""The yardstick: Django with nothing but one view."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(
    SECRET_KEY=os.environ.get("SECRET_KEY", "bench"),
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF="bench.bare",
    MIDDLEWARE=[],
)


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Hello")


urlpatterns = [path("", hello)]
application = get_wsgi_application()
