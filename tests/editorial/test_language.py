"""In every language: whole sentences, dates of the place, marks that suit the direction."""

import re
from pathlib import Path

import pytest
import time_machine
from django.core.cache import caches
from django.urls import reverse
from django.utils import translation

from accounts.models import Letter
from tests.factories.editorial import DisputeFactory

ROOT = Path(__file__).resolve().parent.parent.parent / "templates"
FOLDERS = ("editorial", "mail/editorial")
TAG = re.compile(r"{%\s*(\w+)[^%]*%}")
NOT_WORDS = re.compile(
    r"{#.*?#}"
    r"|{% blocktranslate.*?{% endblocktranslate %}"
    r"|{%.*?%}|{{.*?}}"
    r"|<kbd>.*?</kbd>"
    r"|<(script|template)\b.*?</\1>|<[^>]*>|&[a-z]+;",
    re.DOTALL,
)
WORD = re.compile(r"[^\W\d_]{2,}")


def templates():
    return sorted(path for name in FOLDERS for path in (ROOT / name).glob("*.*"))


def spoken(path):
    """Words in a template that no translation reaches; attributes are read too."""
    text = path.read_text()
    for name in ("aria-label", "title", "placeholder", "alt", "data-over"):
        text = re.sub(rf'\b{name}="([^"]*)"', r">\1<", text)
    return WORD.findall(NOT_WORDS.sub(" ", text))


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_word_of_a_template_can_be_translated(folder):
    """Scenario 49."""
    here = [path for path in templates() if path.parent == ROOT / folder]
    assert here != []
    assert {path.name: spoken(path) for path in here if spoken(path)} == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "direction", "day"),
    [("ar", ' dir="rtl"', "5 مارس، 2026"), ("pl", "", "5 marca 2026"), ("en", "", "5 March 2026")],
)
def test_pages_and_mails_tell_dates_as_the_language_wants_them(client, language, direction, day):
    """Scenario 49."""
    # Given
    with time_machine.travel("2026-03-05 12:00+00:00", tick=False), translation.override(language):
        dispute = DisputeFactory(decided=True)
        open_one = DisputeFactory(under_review=True)
        caches["template_fragments"].clear()
        pages = [
            dispute.get_absolute_url(),
            open_one.get_absolute_url(),
            dispute.decision.notice.get_absolute_url(),
            reverse("blog:corrections"),
        ]
        # When
        shown = [client.get(url).content.decode() for url in pages]
        letter = Letter.objects.filter(subject__contains="under review").latest("written_at")
    # Then
    for page in shown:
        assert f'<html lang="{language}"{direction}>' in page
        assert re.search(rf'<time datetime="2026-03-05[^"]*">{day}</time>', page)
        assert ("March" in page) is (language == "en")
    assert ("March" in letter.body) is (language == "en")


def test_what_is_quoted_gets_the_marks_of_the_language():
    """Scenario 49: `q` lets the browser choose; signs of our own stand in translated sentences."""
    typed = [path.name for path in templates() if re.search(r"[“”„«»]", outside(path))]
    assert typed == []


def outside(path):
    """What stands in a template outside its translated sentences."""
    said = r"{% (blocktranslate.*?endblocktranslate|translate .*?) %}|{#.*?#}"
    return re.sub(said, "", path.read_text(), flags=re.DOTALL)
