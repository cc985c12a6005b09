"""Static files as a site for the world serves them: every name carries a hash."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from tests.test_house import markup, named, templates

HASHED = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"


def test_every_static_file_that_a_template_names_exists():
    missing = [
        (named(path), name)
        for path in templates()
        for name in re.findall(r"""{% static ['"]([^'"]+)['"] %}""", markup(path))
        if finders.find(name) is None
    ]
    assert missing == []


@pytest.mark.django_db
def test_pages_find_all_their_files_under_hashed_names(client, settings, tmp_path):
    # Given
    settings.STATIC_ROOT = str(tmp_path)
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": HASHED}}
    call_command("collectstatic", verbosity=0, interactive=False)
    # When
    pages = [client.get(address).content.decode() for address in ("/", "/accounts/login/")]
    # Then
    files = [file for page in pages for file in re.findall(r'="/static/([^"]+)"', page)]
    assert [file for file in files if not re.search(r"\.[0-9a-f]{12}\.\w+$", file)] == []
    assert [file for file in files if not Path(tmp_path, file).exists()] == []
    assert len(files) > 10
    assert not Path(tmp_path, "rest_framework").exists()
