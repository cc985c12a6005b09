"""When the demo is loaded, when it is refused, and what that says and never sends."""

from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django_tasks_db.models import DBTaskResult

from accounts.models import Person
from blog.models import Post
from config.demo import load
from config.demo.logins import LOGINS, PASSWORD, demo_logins_open
from tests.factories.accounts import PersonFactory
from tests.factories.blog import PostFactory

pytestmark = pytest.mark.django_db


def test_loading_sends_nothing() -> None:
    # When
    load.load()

    # Then
    assert not mail.outbox
    assert not DBTaskResult.objects.exists()


@pytest.mark.parametrize("content", [PersonFactory, PostFactory])
def test_a_database_in_use_is_refused(content: type[PersonFactory | PostFactory]) -> None:
    # Given
    content()
    people = Person.objects.count()

    # When
    with pytest.raises(CommandError, match="only into a database without posts and people"):
        call_command("load_demo", stdout=StringIO())

    # Then
    assert Person.objects.count() == people


def test_it_is_loaded_once() -> None:
    # Given
    load.load()

    # When
    with pytest.raises(CommandError):
        call_command("load_demo", stdout=StringIO())

    # Then
    assert Post.objects.published().count() == 6


def test_if_empty_leaves_a_database_in_use_as_it_is() -> None:
    # Given
    PersonFactory()

    # When
    call_command("load_demo", "--if-empty", stdout=StringIO())

    # Then
    assert Person.objects.count() == 1


def test_the_command_prints_the_logins() -> None:
    # Given
    printed = StringIO()

    # When
    call_command("load_demo", "--if-empty", stdout=printed)

    # Then
    assert all(email in printed.getvalue() for email in LOGINS)
    assert PASSWORD in printed.getvalue()


def test_a_site_without_the_demo_has_no_open_login() -> None:
    # Given
    PersonFactory()

    # When / Then
    assert demo_logins_open() == []
