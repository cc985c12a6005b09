"""Settings for the tests: those of a first run, whatever stands in the environment or in `.env`.

Only DATABASE_URL and REDIS_URL are taken from outside, so that the same tests run on each.
SQLite is a file as in real life, not in memory: threads and processes meet as they would there.
"""

import atexit
import os
import shutil
import tempfile
from urllib.parse import urlsplit

os.environ |= {
    "PRODUCTION": "false",
    "DEBUG": "false",
    "AKISMET_KEY": "",
    "ALLOWED_HOSTS": "localhost,127.0.0.1",
    "EMAIL_URL": "memorymail://",
    "LANGUAGE_CODE": "en",
    "LOG_LEVEL": "WARNING",
    "MEDIA_ROOT": tempfile.mkdtemp(prefix="corrigible-tests-media-"),
    "SITE_URL": "http://localhost:8000",
    "TIME_ZONE": "UTC",
    "TRUSTED_PROXIES": "",
    "WEBSUB_HUB": "",
}
if os.environ.get("REDIS_URL"):
    # to clear a cache empties its database: each process that runs tests has one to itself
    number = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    os.environ["REDIS_URL"] = urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{number}").geturl()

from config.settings import *  # noqa: F403
from config.settings import DATABASES

atexit.register(shutil.rmtree, os.environ["MEDIA_ROOT"], ignore_errors=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {
        "NAME": f"{tempfile.gettempdir()}/corrigible-tests-{os.getpid()}.sqlite3"
    }
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"  # nobody misses it after a power cut
    )
elif DATABASES["default"]["ENGINE"].endswith("postgresql"):
    waits_for_no_disk = {"options": "-c synchronous_commit=off"}
    DATABASES["default"]["OPTIONS"] = DATABASES["default"].get("OPTIONS", {}) | waits_for_no_disk
