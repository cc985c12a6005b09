"""The steps of a review: words both ways, a mail for each that matters, none twice."""

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Letter, Person
from accounts.refusals import Invalid, NotAllowed, Refusal, WrongMoment
from blog import planning, workflow
from blog.models import HandIn, Post, PostState
from blog.planning import Plan
from tests.blog.desk_pages import address, text
from tests.editorial.test_concurrency import all_at_once
from tests.factories.accounts import PersonFactory
from tests.factories.blog import PostFactory, an_editor

pytestmark = pytest.mark.django_db
WHY = "It tells what another post of ours tells."


@pytest.fixture
def client(editor: Person) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def rewritten(post: Post, body: str, by: Person) -> Post:
    draft = workflow.Draft(title=post.title, summary=post.summary, body=body)
    return workflow.write(post, by=by, draft=draft, version=post.version)


STEPS: dict[str, Callable[[Post, Person], Post]] = {
    "submitted": lambda post, by: workflow.submit(post, by=by, message="Here it is."),
    "taken_up": lambda post, by: workflow.take_up(post, editor=by, message="I read it now."),
    "changes_requested": lambda post, by: workflow.request_changes(
        post, editor=by, message="More."
    ),
    "accepted": lambda post, by: workflow.accept(post, editor=by, message="Lovely."),
    "declined": lambda post, by: workflow.decline(post, editor=by, message=WHY),
    "reopened": lambda post, by: workflow.reopen(post, editor=by, message="A doubt."),
}
FROM = {
    "taken_up": {"submitted": True},
    "changes_requested": {"in_review": True},
    "accepted": {"in_review": True},
    "declined": {"in_review": True},
    "reopened": {"accepted": True},
}


@pytest.mark.parametrize("step", FROM)
def test_each_step_carries_its_words_to_the_author_in_one_mail(editor: Person, step: str) -> None:
    # Given
    post = PostFactory(**FROM[step])
    Letter.objects.all().delete()
    # When it is pressed twice
    STEPS[step](post, editor)
    with pytest.raises(WrongMoment):
        STEPS[step](post, editor)
    # Then
    event = post.events.last()
    assert (event.kind, event.actor) == (step, editor)
    letter = Letter.objects.get()
    assert letter.to == post.author.person.email
    assert event.message in letter.body


@pytest.mark.parametrize("step", FROM)
def test_only_editors_take_these_steps(author: Person, moderator: Person, step: str) -> None:
    post = PostFactory(**FROM[step])
    for person in (author, moderator, post.author.person):
        with pytest.raises(NotAllowed):
            STEPS[step](post, person)


@pytest.mark.parametrize("rule", [workflow.request_changes, workflow.decline, workflow.reopen])
def test_what_the_author_must_understand_needs_words(editor: Person, rule: Callable) -> None:
    post = PostFactory(accepted=True)
    with pytest.raises(Invalid):
        rule(post, editor=editor, message=" ")
    post.refresh_from_db()
    assert post.state == PostState.ACCEPTED


def test_taking_up_without_words_is_no_mail_and_puts_the_post_into_ones_hands(
    editor: Person,
) -> None:
    post = PostFactory(submitted=True)
    Letter.objects.all().delete()
    assert workflow.take_up(post, editor=editor).assigned_to == editor
    assert not Letter.objects.exists()


def test_a_declined_post_is_its_authors_draft_again(editor: Person) -> None:
    # Given
    post = PostFactory(in_review=True)
    writer = post.author.person
    planning.plan(post, by=editor, plan=Plan(editor=editor, editor_due_on=date(2031, 1, 1)))
    # When
    post = workflow.decline(post, editor=editor, message=WHY)
    # Then
    assert (post.state, post.assigned_to, post.editor_due_on) == (PostState.DRAFT, None, None)
    post = rewritten(post, "<p>Quite another text.</p>", writer)
    assert workflow.submit(post, by=writer).state == PostState.SUBMITTED


@pytest.mark.parametrize("state", ["draft", "published"])
def test_what_was_not_handed_in_or_has_readers_is_not_declined(editor: Person, state: str) -> None:
    post = PostFactory(published=state == "published")
    with pytest.raises(WrongMoment):
        workflow.decline(post, editor=editor, message=WHY)


def test_an_accepted_post_is_not_taken_up_in_silence(editor: Person) -> None:
    with pytest.raises(WrongMoment):
        workflow.take_up(PostFactory(accepted=True), editor=editor)


def test_a_hand_in_is_told_to_the_editor_in_charge_and_else_to_all(editor: Person) -> None:
    # Given
    other, post = PersonFactory(editor=True), PostFactory()
    # When
    workflow.submit(post, by=post.author.person)
    # Then
    assert set(Letter.objects.values_list("to", flat=True)) == {editor.email, other.email}
    # When
    workflow.take_up(post, editor=editor)
    workflow.request_changes(post, editor=editor, message="More.")
    Letter.objects.all().delete()
    workflow.submit(post, by=post.author.person, message="There is more now.")
    # Then
    assert Letter.objects.get().to == editor.email


def test_who_is_no_editor_any_more_is_not_in_charge_of_mail(editor: Person) -> None:
    # Given
    gone = PersonFactory(editor=True)
    post = PostFactory()
    planning.plan(post, by=editor, plan=Plan(editor=gone))
    gone.role = "author"
    gone.save()
    Letter.objects.all().delete()
    # When
    workflow.submit(post, by=post.author.person)
    # Then
    assert Letter.objects.get().to == editor.email


def test_the_day_for_the_changes_stands_in_the_mail(client: Client) -> None:
    post = PostFactory(in_review=True)
    Letter.objects.all().delete()
    given_ = {"message": "More.", "author_due_on": "2031-04-05"}
    client.post(address("desk_request_changes", post), given_)
    assert "Please be done by 5 April 2031." in Letter.objects.get().body
    post.refresh_from_db()
    assert post.author_due_on == date(2031, 4, 5)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["submitted", *FROM])
def test_a_step_taken_by_several_at_once_is_one_step_and_one_mail_each(step: str) -> None:
    # Given
    editor = an_editor()
    post = PostFactory(**FROM.get(step, {}))
    by = post.author.person if step == "submitted" else editor
    Letter.objects.all().delete()
    # When
    results = all_at_once([lambda: STEPS[step](post, by)] * 4)
    # Then
    assert sum(isinstance(one, Post) for one in results) == 1
    assert sum(isinstance(one, WrongMoment) for one in results) == 3
    assert post.events.filter(kind=step).count() == 1
    to = Counter(Letter.objects.values_list("to", flat=True))
    assert to
    assert set(to.values()) == {1}


@pytest.mark.once
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(pressed=st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.booleans()), max_size=9))
def test_whatever_is_pressed_there_is_one_event_a_step_and_nobody_hears_of_their_own(
    django_db_blocker, pressed: list[tuple[str, bool]]
) -> None:
    # Given
    editor, post = an_editor(), PostFactory()
    writer = post.author.person
    for step, is_writer in pressed:
        before = (post.state, post.events.count(), Letter.objects.count())
        by = writer if is_writer else editor
        # When
        try:
            STEPS[step](post, by)
        except Refusal:
            # Then nothing happened
            post.refresh_from_db()
            assert (post.state, post.events.count(), Letter.objects.count()) == before
            continue
        post.refresh_from_db()
        assert post.events.count() == before[1] + 1
        new = list(Letter.objects.values_list("to", flat=True)[before[2] :])
        assert by.email not in new
        assert len(new) == len(set(new))


# What changed since


def test_the_text_is_kept_once_for_each_step_and_not_for_each_save(editor: Person) -> None:
    # Given
    post = PostFactory()
    writer = post.author.person
    for number in range(3):
        post = rewritten(post, f"<p>Version {number}.</p>", writer)
    # When
    workflow.submit(post, by=writer)
    workflow.take_up(post, editor=editor)
    workflow.request_changes(post, editor=editor, message="More.")
    # Then
    kept = list(HandIn.objects.values_list("kind", "body"))
    assert kept == [("handed_in", "<p>Version 2.</p>"), ("given_back", "<p>Version 2.</p>")]


def test_a_review_shows_what_the_author_changed_since_the_text_was_given_back(
    client: Client, editor: Person
) -> None:
    # Given the editor changed a word herself before she gave it back
    post = PostFactory(body="<p>Wipe it. Oil it.</p>", in_review=True)
    writer = post.author.person
    post = rewritten(post, "<p>Wipe it. Oil it well.</p>", editor)
    post = workflow.request_changes(post, editor=editor, message="More.")
    post = rewritten(post, "<p>Wipe it dry. Oil it well.</p>", writer)
    workflow.submit(post, by=writer)
    # When
    page = text(client, address("desk_review", post))
    # Then
    assert "it dry.</ins>" in page
    assert "it well.</ins>" not in page
    # When another step is asked for
    first = post.hand_ins.first()
    page = text(client, f"{address('desk_review', post)}?since={first.pk}")
    # Then
    assert "it well.</ins>" in page


def test_a_first_hand_in_has_nothing_to_compare_and_says_so(client: Client) -> None:
    page = text(client, address("desk_review", PostFactory(submitted=True)))
    assert "Nothing, since" in page
    assert "spoke wrench" in page


def test_a_review_shows_changed_pictures_and_links_though_no_word_changed(
    client: Client, editor: Person
) -> None:
    # Given
    body = '<p><a href="https://example.org/{}">Read</a> this.<img src="/x.png" alt="{}"></p>'
    post = PostFactory(body=body.format("old", "A wheel"), in_review=True)
    rewritten(post, body.format("new", "A true wheel"), editor)
    # When
    page = text(client, address("desk_review", post))
    # Then
    assert "The words of the text are the same" in page
    assert "inserted: </span>https://example.org/new</ins>" in page
    assert "inserted: </span>true</ins>" in page


def test_a_hand_in_of_another_post_is_not_compared_with(client: Client) -> None:
    post, other = PostFactory(submitted=True), PostFactory(submitted=True, body="<p>Secret.</p>")
    page = text(client, f"{address('desk_review', post)}?since={other.hand_ins.get().pk}")
    assert "Secret" not in page


def test_the_review_is_for_editors(author: Person) -> None:
    client, post = Client(), PostFactory(submitted=True)
    assert client.get(address("desk_review", post)).status_code == 302
    client.force_login(author)
    assert client.get(address("desk_review", post)).status_code == 403


def test_a_refused_step_keeps_the_words_and_says_why(client: Client) -> None:
    page = text(client, address("desk_decline", PostFactory()), message="An hour of thought")
    assert "An hour of thought</textarea>" in page
    assert "in the state “Draft”" in page


def test_what_was_said_is_read_by_both(client: Client, editor: Person) -> None:
    # Given
    post = PostFactory(in_review=True)
    client.post(address("desk_decline", post), {"message": WHY})
    reader = Client()
    reader.force_login(post.author.person)
    # Then
    assert WHY in text(client, address("desk_post", post))
    assert WHY in text(reader, address("write_post", post))
