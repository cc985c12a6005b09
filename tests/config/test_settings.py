"""How the site starts, seen from outside: real processes with an environment of their own."""

import json
import os
import stat
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError

from accounts.models import Person
from config.checks import demo_is_open
from config.demo.logins import PASSWORD
from config.first_run import secret_key
from tests.factories.accounts import PersonFactory

ROOT = Path(__file__).resolve().parent.parent.parent
COMPLETE = {
    "PRODUCTION": "true",
    "SECRET_KEY": "0123456789abcdef" * 4,
    "ALLOWED_HOSTS": "blog.example.org",
    "EMAIL_URL": "smtp+tls://name:secret@mail.example.org:587",
}
SAY = "from django.conf import settings; import json; print(json.dumps({}))"


def environment(folder: Path, **variables: str) -> dict[str, str]:
    """Nothing but a path and what is given: the environment of a new machine."""
    bare = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return bare | {"DATABASE_URL": f"sqlite:///{folder}/site.sqlite3"} | variables


def manage(folder: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=environment(folder, **variables),
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )


def chosen(folder: Path, *names: str, **variables: str) -> list[object]:
    """What these settings are in a process with this environment."""
    told = SAY.format(f"[getattr(settings, name) for name in {names}]")
    done = manage(folder, "shell", "--no-imports", "-c", told, **variables)
    assert done.returncode == 0, done.stderr
    found: list[object] = json.loads(done.stdout)
    return found


def test_a_complete_production_site_passes_djangos_checks_for_deployment(tmp_path):
    # When
    checked = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **COMPLETE)
    # Then
    assert (checked.returncode, "no issues" in checked.stdout) == (0, True), checked.stderr


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL"])
def test_a_production_start_without_it_is_refused_with_a_sentence(tmp_path, missing):
    # Given
    variables = {name: text for name, text in COMPLETE.items() if name != missing}
    # When
    refused = manage(tmp_path, "check", **variables)
    # Then
    assert refused.returncode == 1
    assert missing in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize(
    ("name", "dangerous"), [("SECRET_KEY", "short"), ("ALLOWED_HOSTS", "*"), ("DEBUG", "true")]
)
def test_a_dangerous_production_start_is_refused_with_a_sentence(tmp_path, name, dangerous):
    refused = manage(tmp_path, "check", **COMPLETE | {name: dangerous})
    assert (refused.returncode, name in refused.stderr) == (1, True)


def test_the_web_server_refuses_with_the_same_sentence(tmp_path):
    # When
    refused = subprocess.run(
        [sys.executable, "-c", "import config.wsgi"],
        cwd=ROOT,
        env=environment(tmp_path, PRODUCTION="true"),
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    # Then
    assert refused.returncode == 1
    assert "SECRET_KEY must have" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_production_cookies_are_bound_to_the_host_and_to_https(tmp_path):
    # When
    found = chosen(
        tmp_path,
        "SESSION_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_NAME",
        "CSRF_COOKIE_SECURE",
        "SECURE_HSTS_SECONDS",
        "SITE_URL",
        **COMPLETE,
    )
    # Then
    year = 365 * 24 * 3600
    assert found == [
        *("__Host-session", True, "__Host-csrf", True),
        *(year, "https://blog.example.org"),
    ]


@pytest.mark.parametrize("scheme", ["smtp", "smtp+tls", "smtp+ssl"])
def test_every_mail_server_is_told_apart_from_the_moment_it_takes_a_letter(tmp_path, scheme):
    found = chosen(tmp_path, "EMAIL_BACKEND", EMAIL_URL=f"{scheme}://mail.example.org")
    assert found == ["accounts.postbox.EmailBackend"]


def test_a_first_run_needs_no_variable_and_answers_this_machine_only(tmp_path):
    found = chosen(tmp_path, "DEBUG", "PRODUCTION", "ALLOWED_HOSTS")
    assert found == [False, False, ["localhost", "127.0.0.1", "[::1]"]]


def test_a_tls_header_is_believed_only_when_there_is_a_proxy(tmp_path):
    alone = chosen(tmp_path, "SECURE_PROXY_SSL_HEADER", **COMPLETE)
    behind = chosen(tmp_path, "SECURE_PROXY_SSL_HEADER", TRUSTED_PROXIES="10.0.0.1", **COMPLETE)
    assert (alone, behind) == ([None], [["HTTP_X_FORWARDED_PROTO", "https"]])


def test_pictures_in_a_bucket_may_be_shown_from_its_public_address(tmp_path):
    address = "http://pictures.internal:9000"  # https is allowed anyway
    told = SAY.format('settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"]')
    variables = {"S3_BUCKET": "pictures", "S3_PUBLIC_URL": f"{address}/"}
    done = manage(tmp_path, "shell", "--no-imports", "-c", told, **variables)
    assert json.loads(done.stdout) == ["'self'", "https:", address]


def test_a_production_database_is_made_from_nothing(tmp_path):
    done = manage(tmp_path, "migrate", "--verbosity=0", **COMPLETE)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_production_site_does_not_start_before_static_files_are_collected(settings, tmp_path):
    # Given
    settings.PRODUCTION, settings.STATIC_ROOT = True, tmp_path
    # When, Then
    with pytest.raises(CommandError, match="collectstatic"):
        call_command("serve", port=0)


@pytest.fixture
def open_demo(settings, db, tmp_path) -> Person:
    """A production site with a demo login that still works."""
    settings.PRODUCTION, settings.STATIC_ROOT = True, tmp_path
    (tmp_path / "staticfiles.json").touch()
    return PersonFactory(editor=True, email="editor@example.org", password=PASSWORD)


def test_a_production_site_does_not_start_while_a_demo_login_works(open_demo):
    with pytest.raises(CommandError, match=r"editor@example\.org"):
        call_command("serve", port=0)


def test_djangos_check_of_the_database_names_the_open_demo_logins(open_demo):
    with pytest.raises(SystemCheckError, match=r"editor@example\.org"):
        call_command("check", databases=["default"])


def test_closing_the_demo_closes_its_logins_and_keeps_its_people(open_demo):
    # When
    call_command("close_demo", stdout=StringIO())
    # Then
    open_demo.refresh_from_db()
    assert (demo_is_open(), open_demo.is_active) == ("", False)
    call_command("check", databases=["default"], stdout=StringIO())


def test_a_demo_is_welcome_where_it_is_no_production(open_demo, settings):
    settings.PRODUCTION = False
    call_command("check", databases=["default"], stdout=StringIO())


def test_the_key_of_a_first_run_is_made_once_and_read_by_nobody_else(tmp_path):
    # When
    file = tmp_path / "var" / "secret_key"
    first, second = secret_key(file), secret_key(file)
    # Then
    assert first == second
    assert len(first) >= 50
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]
