"""What a post lacks before readers see it: named where it is wanted, asked for where it must be."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Person
from accounts.refusals import NotAllowed, WrongMoment
from blog import approvals, checklist, notes, publishing, scheduling, workflow
from blog.models import CheckItem, LinkState, Need, NoteKind, Post, PostState, Shown
from tests.blog.desk_pages import address, text
from tests.factories.accounts import PersonFactory
from tests.factories.blog import BODY, PostFactory, PublicationFactory, TopicFactory

pytestmark = pytest.mark.django_db
I = CheckItem  # noqa: E741
EARNS = '<p>Buy it <a href="https://shop.example.com/x">here</a>.</p>'


def wanted(publisher: Person, **needs: Need) -> None:
    given = {CheckItem(item): need for item, need in needs.items()}
    checklist.set_needs(publisher=publisher, needs=given)


def only(publisher: Person, item: CheckItem, need: Need = Need.REQUIRED) -> None:
    others = dict.fromkeys(CheckItem, Need.OFF)
    checklist.set_needs(publisher=publisher, needs=others | {item: need})


def open_items(post: Post) -> set[CheckItem]:
    return {check.item for check in checklist.missing(post)}


def introduced(post: Post, editor: Person) -> None:
    notes.write_note(post, kind=NoteKind.INTRODUCTION, editor=editor, text="Meet Ines.")


def filed(post: Post, _editor: Person) -> None:
    post.topics.add(TopicFactory())


def approved(post: Post, editor: Person) -> None:
    approvals.ask_approval(post, editor=editor)
    approvals.approve(post, by=post.author.person, version=Post.objects.get(pk=post.pk).version)


@pytest.mark.parametrize(
    ("item", "lacking", "mend"),
    [
        (I.INTRODUCTION, {}, introduced),
        (I.TOPIC, {}, filed),
        (I.SUMMARY, {"summary": ""}, lambda post, _by: setattr(post, "summary", "Short.")),
        (
            I.ALT_TEXTS,
            {"body": '<p><img src="/images/x/"></p>'},
            lambda post, _by: setattr(post, "body", '<p><img src="/images/x/" alt="A wheel"></p>'),
        ),
        (
            I.DISCLOSURE,
            {"body": EARNS, "disclosure": Shown.NEVER},
            lambda post, _by: setattr(post, "disclosure", Shown.AUTO),
        ),
    ],
)
def test_each_item_is_open_until_it_is_so(
    publisher: Person, editor: Person, item: CheckItem, lacking: dict[str, str], mend: Callable
) -> None:
    # Given
    PublicationFactory(affiliate_hosts="shop.example.com", disclosure_html="<p>We earn.</p>")
    only(publisher, item)
    post = PostFactory(in_review=True, **lacking)
    assert open_items(post) == {item}
    # When / Then it is asked for in the rule, by name
    with pytest.raises(WrongMoment, match=str(item.label)):
        workflow.accept(post, editor=editor)
    mend(post, editor)
    post.save()
    assert open_items(post) == set()
    assert workflow.accept(post, editor=editor).state == PostState.ACCEPTED


def test_a_text_is_accepted_before_and_published_after_its_author_approved_it(
    publisher: Person, editor: Person
) -> None:
    # Given
    only(publisher, I.APPROVAL)
    post = workflow.accept(PostFactory(in_review=True), editor=editor)
    # Then
    soon = timezone.now() + timedelta(days=1)
    for rule in (
        lambda: publishing.publish(post, editor=editor),
        lambda: scheduling.schedule(post, editor=editor, at=soon),
    ):
        with pytest.raises(WrongMoment, match="approved"):
            rule()
    post.refresh_from_db()
    assert (post.state, post.published_at) == (PostState.ACCEPTED, None)
    # When
    approved(post, editor)
    # Then
    assert publishing.publish(post, editor=editor).is_public


def test_what_is_recommended_or_off_stops_nobody(publisher: Person, editor: Person) -> None:
    # Given
    only(publisher, I.TOPIC, Need.RECOMMENDED)
    post = PostFactory(in_review=True)
    # Then
    assert open_items(post) == {I.TOPIC}
    assert publishing.publish(workflow.accept(post, editor=editor), editor=editor).is_public


def test_without_a_word_from_the_publisher_everything_is_recommended(db: None) -> None:
    assert set(checklist.needs().values()) == {Need.RECOMMENDED}


def test_a_text_without_paid_links_needs_no_disclosure(publisher: Person) -> None:
    PublicationFactory(affiliate_hosts="shop.example.com", disclosure_html="")
    only(publisher, I.DISCLOSURE)
    assert open_items(PostFactory(body=BODY)) == set()
    assert open_items(PostFactory(body=EARNS)) == {I.DISCLOSURE}  # there is nothing to show


@pytest.mark.parametrize("role", ["author", "moderator", "editor"])
def test_only_the_publisher_sets_the_list(role: str) -> None:
    person, client = PersonFactory(role=role), Client()
    with pytest.raises(NotAllowed):
        wanted(person, topic=Need.REQUIRED)
    client.force_login(person)
    assert client.post(address("desk_checklist"), {"topic": "required"}).status_code == 403


def test_the_publisher_sets_it_and_editors_see_what_is_open(
    publisher: Person, editor: Person
) -> None:
    # Given
    own, desk = Client(), Client()
    own.force_login(publisher)
    desk.force_login(editor)
    given = dict.fromkeys(CheckItem.values, "off") | {"topic": "required", "summary": "recommended"}
    assert "The checklist is saved." in text(own, address("desk_checklist"), **given)
    # Then
    post = PostFactory(in_review=True)
    for name in ("desk_post", "desk_review"):
        page = text(desk, address(name, post))
        assert "A topic is chosen" in page
        assert "(open, required)" in page
        assert "introduction is written" not in page
    page = text(desk, address("desk_accept", post), message="An hour of thought")
    assert "asks for more before that: A topic is chosen." in page
    assert "An hour of thought</textarea>" in page


def test_links_are_asked_when_a_text_is_handed_in_unless_nobody_cares(
    publisher: Person, editor: Person
) -> None:
    # Given
    post = PostFactory(body=EARNS)
    wanted(publisher, links=Need.OFF)
    workflow.submit(post, by=editor)
    assert not post.checked_links.exists()
    # When somebody does
    wanted(publisher, links=Need.REQUIRED)
    for _again in range(2):
        workflow.request_changes(post, editor=editor, message="More.")
        workflow.submit(post, by=editor)
    # Then each address waits to be asked, once
    assert [link.address for link in post.checked_links.all()] == ["https://shop.example.com/x"]
    assert I.LINKS in open_items(post)
    post.checked_links.update(state=LinkState.ANSWERS)
    assert I.LINKS not in open_items(post)
