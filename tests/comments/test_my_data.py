"""Seeing what is stored about oneself, taking it along and having it erased, by mailed link."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail as post_office
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Letter, Person
from blog.models import Notice
from comments import mydata, participants
from comments.models import Participant, PostComment
from editorial import asking
from editorial.models import Evidence, Question, Recall, Recalled
from editorial.points import Raiser, Source
from tests.comments.my_data import EMAIL, ZDENKA, comment_by, leave_traces, traces
from tests.comments.stories import RunTasks
from tests.comments.visitors import shown
from tests.factories.accounts import PersonFactory
from tests.factories.blog import NoticeFactory
from tests.factories.comments import PostCommentFactory
from tests.factories.editorial import DisputeFactory, WorkshopPostFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ham_is_published")]
ASK = "/comments/my-data/"


def ask(client: Client, email: str = EMAIL) -> HttpResponse:
    return client.post(ASK, {"email": email}, follow=True)


def link(run_tasks: RunTasks) -> str:
    run_tasks()
    (letter,) = [one for one in post_office.outbox if "store about" in one.subject]
    (path,) = re.findall(r"https?://[^/]+(/comments/my-data/\S+)", str(letter.body))
    return path


def links() -> list[Letter]:
    return list(Letter.objects.filter(subject="What we store about you"))


def page_of(email: str = EMAIL) -> str:
    owner = mydata.owner_of(email)
    assert owner is not None
    return f"{ASK}{mydata.seal(owner)}/"


def test_a_link_is_mailed_to_the_address_and_nowhere_else(
    client: Client, run_tasks: RunTasks
) -> None:
    # Given
    comment_by(ZDENKA, text="Grease first.")
    # When
    ask(client, EMAIL.upper())
    path = link(run_tasks)
    # Then
    assert [one.to for one in post_office.outbox if "store about" in one.subject] == [[EMAIL]]
    assert "Grease first." in shown(client.get(path))
    assert EMAIL not in path


def test_the_answer_is_the_same_whether_anything_is_stored(client: Client) -> None:
    comment_by(ZDENKA)
    known, unknown = ask(client), ask(client, "nobody@example.net")
    without_token = [re.sub(r"csrf\S+ value=\S+", "", shown(one)) for one in (known, unknown)]
    assert without_token[0] == without_token[1]
    assert "If anything is stored about this address" in without_token[0]
    assert [letter.to for letter in links()] == [EMAIL]


def test_asking_stores_nothing_about_a_stranger(client: Client) -> None:
    ask(client)
    assert traces() == []


def test_three_letters_a_day_to_one_address(client: Client) -> None:
    comment_by(ZDENKA)
    answers = {ask(client).status_code for _time in range(5)}
    assert (answers, len(links())) == ({200}, 3)


def test_ten_questions_an_hour_from_one_network(client: Client) -> None:
    for number in range(10):
        assert ask(client, f"{number}@example.net").status_code == 200
    refused = ask(client, "11@example.net")
    assert refused.status_code == 429
    assert "Please try later." in shown(refused)


def test_what_is_no_address_is_said_to_be_none(client: Client) -> None:
    assert "Enter a valid email address." in shown(ask(client, "Ana"))


def test_whoever_only_disputed_something_is_known_too(client: Client, run_tasks: RunTasks) -> None:
    # Given
    DisputeFactory(raiser=Raiser(name="Zdenka Quill", email=EMAIL))
    # When
    ask(client)
    html = shown(client.get(link(run_tasks)))
    # Then
    assert "They charged me twelve euros for a chain." in html
    assert "Zdenka Quill" in html


def test_a_link_works_for_a_day(client: Client) -> None:
    comment_by(ZDENKA)
    path = page_of()
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        assert client.get(path).status_code == 404
    assert client.get(path).status_code == 200
    assert client.get(f"{path[:-2]}x/").status_code == 404


def test_everything_is_shown_but_what_moderators_say_to_each_other(client: Client) -> None:
    # Given
    leave_traces(WorkshopPostFactory())
    # When
    response = client.get(page_of())
    # Then
    html = shown(response)
    expected = (
        *("Zdenka said it differently.", "Dear Zdenka", "Every comment is held", "a secret wish"),
        *("Browsers that remember you", "The whole discussion", "Held", "Spam", "Rejected"),
    )
    assert [words for words in expected if words not in html] == []
    assert "a private note" not in html
    assert "shouts" not in html
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "same-origin"
    assert "no-store" in response["Cache-Control"]


def test_where_a_comment_came_from_is_shown_only_when_it_is_surely_theirs(
    client: Client,
) -> None:
    """Anybody may have typed the address; theirs is not the owner's to see."""
    comment = comment_by(ZDENKA)
    assert "198.51.100.23" not in shown(client.get(page_of()))
    PostComment.objects.filter(pk=comment.pk).update(confirmed_at=timezone.now())
    assert "198.51.100.23" in shown(client.get(page_of()))


def test_whoever_raised_something_sees_sources_questions_and_their_own_answers(
    client: Client, editor: Person
) -> None:
    # Given
    participants.of(ZDENKA)
    source = Source("https://prices.example/list", "The list of prices")
    dispute = DisputeFactory(raiser=Raiser(email=EMAIL), sources=(source,))
    asking.ask(dispute, editor=editor, text="When were you there?", version=dispute.version)
    asking.answer(dispute, text="On the second of May.")
    # When
    html = shown(client.get(page_of()))
    [stored] = json.loads(client.get(f"{page_of()}json/").content)["disputes"]
    # Then
    expected = (source.url, source.title, "When were you there?", "On the second of May.")
    assert [words for words in expected if words not in html] == []
    assert [one["address"] for one in stored["sources"]] == [source.url]
    assert [one["answer"] for one in stored["questions"]] == ["On the second of May."]


def test_a_reader_sees_of_which_corrections_they_were_told(client: Client) -> None:
    # Given
    comment_by(ZDENKA)
    notice = told_of_a_correction(Participant.objects.get(guest_email=EMAIL))
    # When
    html = shown(client.get(page_of()))
    # Then
    assert "Corrections you were told of" in html
    assert notice.get_absolute_url() in html


def told_of_a_correction(participant: Participant) -> Notice:
    notice = NoticeFactory()
    Recalled.objects.create(recall=Recall.objects.create(notice=notice), participant=participant)
    return notice


def test_it_is_taken_along_as_json_and_as_a_page(client: Client) -> None:
    # Given
    leave_traces(WorkshopPostFactory())
    # When
    machines = client.get(f"{page_of()}json/")
    people = client.get(f"{page_of()}html/")
    # Then
    stored = json.loads(machines.content)
    assert len(stored["comments"]) == 6
    assert stored["comments"][0]["name"] == "Zdenka Quill"
    assert {len(stored[name]) for name in ("subscriptions", "browsers", "respects")} == {1}
    assert {len(stored[name]) for name in ("reports", "sanctions", "disputes")} == {1}
    assert machines["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert people["Content-Disposition"] == 'attachment; filename="my-data.html"'
    assert "Zdenka said it differently." in shown(people)
    assert not re.search(r"<(link|script|img|style)", shown(people))


def test_looking_changes_nothing(client: Client) -> None:
    leave_traces(WorkshopPostFactory())
    before = traces()
    for path in ("", "json/", "html/"):
        client.get(f"{page_of()}{path}")
        client.head(f"{page_of()}{path}")
    assert traces() == before


def test_it_is_erased_by_a_button_and_said_what_stays(client: Client) -> None:
    # Given
    leave_traces(WorkshopPostFactory())
    path = page_of()
    # When
    html = shown(client.post(path, {"published": "anonymous", "sure": "on"}))
    # Then
    assert "4 comments were deleted." in html
    assert "2 comments stand without your name." in html
    assert "What stays, and why" in html
    assert traces() == []
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "typed", [{}, {"published": "anonymous"}, {"published": "nonsense", "sure": "on"}]
)
def test_nothing_is_erased_without_a_clear_choice(client: Client, typed: dict[str, str]) -> None:
    leave_traces(WorkshopPostFactory())
    before = traces()
    client.post(page_of(), typed)
    assert traces() == before


def test_erasing_needs_the_token_of_the_form() -> None:
    strict = Client(enforce_csrf_checks=True)
    comment_by(ZDENKA)
    answer = strict.post(page_of(), {"published": "anonymous", "sure": "on"})
    assert answer.status_code == 403
    assert Participant.objects.filter(guest_email=EMAIL).exists()


def test_whoever_is_signed_in_needs_no_letter(client: Client, reader: Person) -> None:
    # Given
    PostCommentFactory(by=reader, published=True, text="By login.")
    client.force_login(reader)
    # When
    assert f'href="{ASK}"' in shown(client.get("/me/"))
    (path,) = re.findall(rf'href="({ASK}[^"]+/)"', shown(client.get(ASK)))
    # Then
    assert "By login." in shown(client.get(path))


def test_asking_for_a_login_shows_its_comments_and_those_of_its_address(
    client: Client, run_tasks: RunTasks
) -> None:
    comment_by(ZDENKA, text="As a guest.")
    comment_by(PersonFactory(email=EMAIL, name="Zed"), text="By login.")
    ask(client)
    html = shown(client.get(link(run_tasks)))
    assert "As a guest." in html
    assert "By login." in html


def test_a_guest_with_the_address_of_another_sees_only_that_address(client: Client) -> None:
    comment_by(ZDENKA, text="Grease first.")
    PostCommentFactory(published=True, text="By somebody else.")
    assert "By somebody else." not in shown(client.get(page_of()))


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_costs_the_same_however_much_is_stored(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    dispute = DisputeFactory(raiser=Raiser(email=EMAIL))
    for time in range(number):
        comment_by(ZDENKA)
        told_of_a_correction(Participant.objects.get(guest_email=EMAIL))
        Evidence.objects.create(dispute=dispute, url=f"https://prices.example/{time}")
        Question.objects.create(dispute=dispute, text="When?")
    path = page_of()
    client.get(path)
    with django_assert_num_queries(24):
        client.get(path)
