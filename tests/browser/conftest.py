"""A real browser on a real server with the demo in it.

Any installed Chromium or Chrome serves; where there is none the tests are skipped and say so,
unless CORRIGIBLE_REQUIRE_BROWSER=1 makes that a failure.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
)

# Playwright keeps an event loop in this thread; the database is used beside it, never within.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def installed_browser() -> str | None:
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in found if path), MAC if os.path.exists(MAC) else None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = installed_browser()
    if path is None:
        sentence = "No Chromium or Chrome is installed: the browser tests did not run."
        if os.environ.get("CORRIGIBLE_REQUIRE_BROWSER") == "1":
            pytest.fail(sentence)
        pytest.skip(sentence)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield running
        running.close()


@pytest.fixture(scope="session")
def loaded() -> Iterator[sqlite3.Connection]:
    """Where the demo is kept once one test has loaded it; empty before."""
    kept = sqlite3.connect(":memory:", check_same_thread=False)
    yield kept
    kept.close()


@pytest.fixture
def site(transactional_db: None, live_server, loaded: sqlite3.Connection) -> str:
    """The address of a server whose database holds the demo."""
    load_demo(loaded)
    return str(live_server.url)


def load_demo(loaded: sqlite3.Connection) -> None:
    """Load the demo as people do, the first time; then copy the whole database, far quicker."""
    connection.ensure_connection()
    if connection.vendor != "sqlite":
        call_command("load_demo", verbosity=0)
    elif loaded.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
        call_command("load_demo", verbosity=0)
        connection.connection.backup(loaded)
    else:
        loaded.backup(connection.connection)
        ContentType.objects.clear_cache()


@pytest.fixture
def context(browser: Browser, site: str) -> Iterator[BrowserContext]:
    opened = browser.new_context(base_url=site, viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def plain_page(browser: Browser, site: str) -> Iterator[Page]:
    """A phone without JavaScript."""
    opened = browser.new_context(
        base_url=site, viewport={"width": 390, "height": 844}, java_script_enabled=False
    )
    yield opened.new_page()
    opened.close()


def sign_in(page: Page, email: str) -> None:
    """Come in by the sign-in page with a demo login."""
    page.goto("/accounts/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", "corrigible")
    page.click("main button[type=submit]")
    page.wait_for_url("**/me/")
