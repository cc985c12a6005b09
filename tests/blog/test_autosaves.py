"""Words that were typed and not saved: kept for their writer, never part of the text."""

import datetime as dt

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from accounts.refusals import Conflict, NotAllowed, WrongMoment
from blog import autosaves, workflow
from blog.models import Autosave, Post
from blog.workflow import Draft
from tests.blog.guest_pages import invited, let_in
from tests.factories.accounts import PersonFactory, ProfileFactory
from tests.factories.blog import BODY, PostFactory

pytestmark = [pytest.mark.django_db, pytest.mark.stores]

SITTING, ANOTHER = "0123456789abcdef", "fedcba9876543210"
TYPED = "<p>Turn the spoke a quarter.</p>"


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def own_post(author: Person, **fields: object) -> Post:
    return PostFactory(author=ProfileFactory(person=author), **fields)


def to(post: Post, name: str, **more: object) -> str:
    return reverse(f"blog:{name}", kwargs={"pk": post.pk, **more})


def typed(post: Post, **changes: object) -> dict[str, object]:
    words = {"title": post.title, "summary": post.summary, "body": TYPED}
    return words | {"version": post.version, "sitting": SITTING} | changes


def kept(post: Post, by: Person, body: str = TYPED, sitting: str = SITTING) -> Autosave | None:
    draft = Draft(post.title, post.summary, body)
    return autosaves.keep(post, by=by, draft=draft, version=post.version, sitting=sitting)


# --- the rules ----------------------------------------------------------------------------------


def test_what_is_kept_is_one_row_for_a_sitting_and_changes_nothing_of_the_post(author) -> None:
    # Given
    post = own_post(author)
    before = Post.objects.values().get(pk=post.pk)
    events, revisions = post.events.count(), post.revisions.count()
    # When
    for body in ("<p>T</p>", "<p>Tu</p>", TYPED):
        kept(post, author, body)
    # Then
    assert [row.body for row in Autosave.objects.all()] == [TYPED]
    assert Post.objects.values().get(pk=post.pk) == before
    assert (post.events.count(), post.revisions.count()) == (events, revisions)


def test_words_that_the_post_holds_anyway_are_not_kept(author) -> None:
    post = own_post(author)
    kept(post, author)
    assert kept(post, author, post.body) is None
    assert not Autosave.objects.exists()


def test_two_sittings_do_not_replace_each_other_and_the_newest_is_offered(author) -> None:
    # Given
    post = own_post(author)
    with time_machine.travel(timezone.now() - dt.timedelta(hours=1), tick=False):
        kept(post, author, "<p>On the phone.</p>")
    # When
    kept(post, author, "<p>On the desk.</p>", ANOTHER)
    # Then
    assert Autosave.objects.count() == 2
    assert autosaves.waiting(post, author).body == "<p>On the desk.</p>"


def test_of_many_sittings_the_last_five_stay(author) -> None:
    post = own_post(author)
    for number in range(8):
        with time_machine.travel(dt.datetime(2030, 1, 1, 12, number, tzinfo=dt.UTC), tick=False):
            kept(post, author, f"<p>{number}</p>", f"{number:016x}")
    assert [row.body for row in Autosave.objects.all()] == [f"<p>{n}</p>" for n in (7, 6, 5, 4, 3)]


def test_whoever_may_not_write_the_post_keeps_nothing_beside_it(author, reader) -> None:
    with pytest.raises(NotAllowed):
        kept(PostFactory(), author)
    with pytest.raises(NotAllowed):
        kept(PostFactory(), reader)
    with pytest.raises(WrongMoment):
        kept(own_post(author, submitted=True), author)
    assert not Autosave.objects.exists()


def test_unsaved_words_are_offered_to_their_writer_alone(author, editor) -> None:
    post = own_post(author)
    kept(post, author)
    assert autosaves.waiting(post, author) is not None
    assert autosaves.waiting(post, editor) is None


def test_saving_forgets_what_was_kept_of_this_sitting_only(author) -> None:
    # Given
    post = own_post(author)
    kept(post, author)
    kept(post, author, "<p>On the phone.</p>", ANOTHER)
    # When
    draft = Draft(post.title, post.summary, TYPED)
    autosaves.save(post, by=author, draft=draft, version=post.version, sitting=SITTING)
    # Then
    assert [row.sitting for row in Autosave.objects.all()] == [ANOTHER]


def test_a_save_that_is_refused_forgets_nothing(author, editor) -> None:
    # Given
    post = own_post(author)
    kept(post, author)
    draft = Draft(post.title, post.summary, "<p>Theirs.</p>")
    workflow.write(post, by=editor, draft=draft, version=post.version)
    # Then
    with pytest.raises(Conflict):
        autosaves.save(post, by=author, draft=draft, version=post.version, sitting=SITTING)
    assert Autosave.objects.count() == 1


def test_words_that_are_replaced_knowingly_are_offered_to_whoever_wrote_them(
    author, editor
) -> None:
    # Given
    post = own_post(author)
    theirs = Draft(post.title, post.summary, "<p>By the editor.</p>")
    post = workflow.write(post, by=editor, draft=theirs, version=post.version)
    # When
    mine = Draft(post.title, post.summary, TYPED)
    post = autosaves.save(
        post, by=author, draft=mine, version=post.version, sitting=SITTING, is_over=True
    )
    # Then
    assert post.body == TYPED
    assert autosaves.waiting(post, editor).body == "<p>By the editor.</p>"
    assert autosaves.waiting(post, author) is None


def test_ones_own_words_of_another_window_are_offered_when_they_are_replaced(author) -> None:
    # Given a second window of the same person, which saved first
    post = own_post(author)
    opened = post.version
    second = Draft(post.title, post.summary, "<p>In the second window.</p>")
    workflow.write(post, by=author, draft=second, version=opened)
    # When
    client = signed_in(author)
    page = client.post(to(post, "write_post"), typed(post, version=opened)).content.decode()
    post.refresh_from_db()
    client.post(to(post, "write_post"), typed(post, is_over="on"))
    # Then
    assert "You saved this post yourself" in page
    assert "from theirs to yours" not in page
    post.refresh_from_db()
    assert post.body == TYPED
    assert autosaves.waiting(post, author).body == "<p>In the second window.</p>"


def test_what_nobody_asked_for_in_ninety_days_is_forgotten(author) -> None:
    post = own_post(author)
    with time_machine.travel(timezone.now() - dt.timedelta(days=91), tick=False):
        kept(post, author)
    kept(post, author, TYPED, ANOTHER)
    call_command("forget_autosaves", verbosity=0)
    assert [row.sitting for row in Autosave.objects.all()] == [ANOTHER]


def test_words_that_are_kept_already_keep_their_hour(author) -> None:
    post = own_post(author)
    address = to(post, "write_keep")
    with time_machine.travel(dt.datetime(2030, 1, 1, 14, 3, tzinfo=dt.UTC), tick=False):
        assert signed_in(author).post(address, typed(post)).json()["isNew"]
    with time_machine.travel(dt.datetime(2030, 1, 1, 14, 9, tzinfo=dt.UTC), tick=False):
        answer = signed_in(author).post(address, typed(post)).json()
    assert (answer["at"], answer["isNew"]) == ("14:03", False)


# --- the page -----------------------------------------------------------------------------------


def test_typed_words_are_kept_and_offered_on_another_device(author) -> None:
    # Given
    post = own_post(author)
    with time_machine.travel(dt.datetime(2030, 1, 1, 14, 3, tzinfo=dt.UTC), tick=False):
        answer = signed_in(author).post(to(post, "write_keep"), typed(post)).json()
    # When
    page = signed_in(author).get(to(post, "write_post")).content.decode()
    # Then
    assert answer == {"at": "14:03", "isNew": True, "others": [], "moved": ""}
    assert "You have words here that were not saved" in page
    assert BODY in page.replace("&lt;", "<").replace("&gt;", ">")  # the form holds what is stored
    # When
    row = Autosave.objects.get()
    page = signed_in(author).get(f"{to(post, 'write_post')}?kept={row.pk}").content.decode()
    # Then
    assert "Turn the spoke a quarter." in page
    assert f'value="{SITTING}"' in page
    assert " data-unsaved" in page


def test_words_that_were_put_back_and_saved_are_not_offered_again(author) -> None:
    # Given
    post = own_post(author)
    kept(post, author)
    # When
    client = signed_in(author)
    page = client.post(to(post, "write_post"), typed(post), follow=True).content.decode()
    # Then
    assert "You have words here" not in page
    assert not Autosave.objects.exists()


def test_unsaved_words_are_thrown_away_by_a_button_and_by_nobody_else(author, editor) -> None:
    # Given
    post = own_post(author)
    row = kept(post, author)
    address = to(post, "write_throw_away", kept=row.pk)
    # Then
    assert signed_in(author).get(address).status_code == 405
    signed_in(editor).post(address)
    assert Autosave.objects.count() == 1
    signed_in(author).post(address)
    assert not Autosave.objects.exists()


def test_unsaved_words_of_others_cannot_be_put_into_ones_own_form(author, editor) -> None:
    row = kept(own_post(author), author)
    address = f"{to(row.post, 'write_post')}?kept={row.pk}"
    assert signed_in(editor).get(address).status_code == 404


def test_what_was_kept_as_it_was_typed_is_harmless_when_it_is_shown(author) -> None:
    post = own_post(author)
    row = kept(post, author, "<script>alert(1)</script><p onclick=x()>Words</p>")
    for query in ("", f"?kept={row.pk}"):
        page = signed_in(author).get(to(post, "write_post") + query).content.decode()
        assert "alert(1)" not in page
        assert "onclick" not in page


def test_a_guest_keeps_words_too(editor) -> None:
    post = invited(editor)
    answer = let_in(post).post(to(post, "write_keep"), typed(post))
    assert answer.status_code == 200
    assert Autosave.objects.get().person == post.author.person


@pytest.mark.parametrize("name", ["write_keep", "write_here", "write_key"])
def test_the_page_hears_that_nobody_is_signed_in_or_that_the_post_is_not_theirs(
    author, reader, name: str
) -> None:
    address = to(PostFactory(), name)
    ask = "get" if name == "write_key" else "post"
    assert getattr(Client(), ask)(address).status_code == 401
    assert getattr(signed_in(reader), ask)(address).status_code == 403
    assert getattr(signed_in(author), ask)(address).status_code == 404


def test_words_for_a_post_that_was_handed_in_meanwhile_hear_why_they_are_not_kept(author) -> None:
    post = own_post(author, submitted=True)
    answer = signed_in(author).post(to(post, "write_keep"), typed(post))
    assert answer.status_code == 409
    assert answer.json() == {"said": "The post is with the editors now."}


@pytest.mark.parametrize("changes", [{"title": "x" * 201}, {"sitting": "../x"}, {"version": "-1"}])
def test_words_that_cannot_be_kept_are_refused(author, changes: dict[str, str]) -> None:
    post = own_post(author)
    assert signed_in(author).post(to(post, "write_keep"), typed(post, **changes)).status_code == 400


def test_a_fresh_key_opens_the_forms_of_this_session(author) -> None:
    # Given
    client, post = Client(enforce_csrf_checks=True), own_post(author)
    client.force_login(author)
    assert client.post(to(post, "write_keep"), typed(post)).status_code == 403
    # When
    key = client.get(to(post, "write_key")).json()["key"]
    # Then
    answer = client.post(to(post, "write_keep"), typed(post, csrfmiddlewaretoken=key))
    assert answer.status_code == 200


# --- two people ---------------------------------------------------------------------------------


def test_two_people_in_one_post_hear_of_each_other_by_name_only(author, editor) -> None:
    # Given
    post = own_post(author)
    with time_machine.travel(dt.datetime(2030, 1, 1, 14, 5, tzinfo=dt.UTC), tick=False):
        signed_in(author).post(to(post, "write_here"))
    with time_machine.travel(dt.datetime(2030, 1, 1, 14, 5, 30, tzinfo=dt.UTC), tick=False):
        news = signed_in(editor).post(to(post, "write_here")).json()
        page = signed_in(editor).get(to(post, "write_post")).content.decode()
    # Then
    assert news["others"] == [f"{author.name} is writing here too, since 14:05."]
    assert news["others"][0] in page
    assert author.email not in page


def test_whoever_left_is_not_named_any_more(author, editor, cache_with_our_clock) -> None:
    post = own_post(author)
    with time_machine.travel(dt.datetime(2030, 1, 1, 14, 5, tzinfo=dt.UTC), tick=False) as now:
        signed_in(author).post(to(post, "write_here"))
        now.shift(61)
        assert signed_in(editor).post(to(post, "write_here")).json()["others"] == []


def test_whoever_writes_hears_that_the_post_was_saved_meanwhile(author, editor) -> None:
    post = own_post(author)
    opened = post.version
    draft = Draft(post.title, post.summary, TYPED)
    workflow.write(post, by=editor, draft=draft, version=opened)
    news = signed_in(author).post(to(post, "write_here"), {"version": opened}).json()
    assert "when you save, you will see both texts" in news["moved"]


def test_the_second_save_shows_both_texts_names_the_first_writer_and_keeps_the_second(
    author,
) -> None:
    # Given
    post = own_post(author)
    opened = post.version
    editor = PersonFactory(editor=True, name="Grace Kim")
    theirs = Draft(post.title, post.summary, "<p>Turn the nipple.</p>")
    workflow.write(post, by=editor, draft=theirs, version=opened)
    # When
    client = signed_in(author)
    page = client.post(to(post, "write_post"), typed(post, version=opened)).content.decode()
    # Then
    for shown in ("Grace Kim saved this post", "Turn the nipple.", "Turn the spoke a quarter."):
        assert shown in page
    assert Autosave.objects.get(person=author).body == TYPED
    # When
    post.refresh_from_db()
    again = typed(post, is_over="on")
    client.post(to(post, "write_post"), again)
    # Then
    post.refresh_from_db()
    assert (post.body, post.saved_by) == (TYPED, author)
    assert not Autosave.objects.filter(person=author).exists()
    offered = signed_in(editor).get(to(post, "write_post")).content.decode()
    assert "You have words here that were not saved" in offered


def test_the_page_for_writing_costs_the_same_queries_whatever_is_kept(
    author, django_assert_max_num_queries
) -> None:
    post = own_post(author)
    client = signed_in(author)
    for number in range(5):
        kept(post, author, f"<p>{number}</p>", f"{number:016x}")
    client.get(to(post, "write_post"))
    with django_assert_max_num_queries(12):
        client.get(to(post, "write_post"))


def test_without_scripts_whoever_is_signed_out_gets_their_words_back(author) -> None:
    # Given
    post = own_post(author)
    # When
    response = Client().post(to(post, "write_post"), typed(post, body=f"{TYPED}</textarea><b>"))
    # Then
    page = response.content.decode()
    assert response.status_code == 401
    assert "Turn the spoke a quarter.&lt;/p&gt;&lt;/textarea&gt;" in page
    assert f"/accounts/login/?next={to(post, 'write_post')}" in page
    assert "no-store" in response.headers["Cache-Control"]
    post.refresh_from_db()
    assert post.body == BODY
