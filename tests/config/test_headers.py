"""What every answer carries, and what machines ask."""

import pytest
from django.db import connection

FORBIDDEN = ("unsafe-inline", "unsafe-eval", "unsafe-hashes", "*", "data:", "http:")


def policy(response) -> dict[str, list[str]]:
    directives = response["Content-Security-Policy"].split("; ")
    return {name: words for name, *words in (directive.split() for directive in directives)}


@pytest.mark.django_db
def test_the_content_policy_forbids_everything_but_our_own(client):
    # When
    found = policy(client.get("/about/"))
    # Then
    assert found["default-src"] == ["'none'"]
    assert found["script-src"] == found["style-src"] == ["'self'"]
    assert found["frame-ancestors"] == found["base-uri"] == ["'none'"]
    assert [word for words in found.values() for word in words if word in FORBIDDEN] == []


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/about/", "/nothing-here/", "/me/", "/healthz/"])
def test_every_answer_carries_the_headers(client, address):
    headers = client.get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_the_process_says_it_lives_without_asking_the_database(client):
    # A test without a mark for the database fails when it is touched.
    response = client.get("/healthz/")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_the_site_is_ready_when_database_and_cache_answer(client):
    response = client.get("/readyz/")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_a_cache_that_does_not_answer_is_named(client, settings):
    # Given
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    # When
    response = client.get("/readyz/")
    # Then
    assert (response.status_code, response.content) == (503, b"no answer: cache\n")


@pytest.mark.django_db(transaction=True)
def test_a_database_that_does_not_answer_is_named(client, monkeypatch):
    # Given
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "NAME", "/there/is/none")
    # When
    response = client.get("/readyz/")
    # Then
    monkeypatch.undo()
    connection.close()
    assert (response.status_code, response.content) == (503, b"no answer: database\n")


def test_forwarded_headers_of_strangers_are_forgotten(client, settings):
    # Given
    settings.TRUSTED_PROXIES = ["10.0.0.1"]
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_REDIRECT_EXEMPT = []
    told = {"x-forwarded-proto": "https"}
    # When
    stranger = client.get("/healthz/", headers=told, REMOTE_ADDR="203.0.113.9")
    proxy = client.get("/healthz/", headers=told, REMOTE_ADDR="10.0.0.1")
    # Then
    assert (stranger.status_code, proxy.status_code) == (301, 200)


def test_browsers_find_the_mark_at_the_usual_place(client):
    response = client.get("/favicon.ico")
    assert (response.status_code, response.url) == (301, "/static/img/mark.svg")
    assert response["Cache-Control"] == "public, max-age=86400"
    assert response.cookies == {}
