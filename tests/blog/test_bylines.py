"""Several people sign a post, each as what they were; the authors among them may write in it."""

import json
import re

import pytest
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Letter, Person
from accounts.refusals import Invalid, NotAllowed
from blog import workflow
from blog.bylines import Signature, sign
from blog.models import BylineRole, Post, PostByline
from blog.slips import guest_token
from comments.fragments import marks
from tests.blog.guest_pages import invited, link_to
from tests.factories.accounts import PersonFactory, ProfileFactory
from tests.factories.blog import PostFactory
from tests.factories.comments import PostCommentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.stores]


@pytest.fixture
def signed(editor: Person) -> Post:
    post = PostFactory(published=True, author=ProfileFactory(name="Ana Ruiz", credentials="RN"))
    others = [
        Signature(ProfileFactory(name="Bo <Li>", slug="bo-li")),
        Signature(ProfileFactory(name="Cai Noor", guest=True), BylineRole.REVIEWER),
        Signature(ProfileFactory(name="Dee Fox", guest=True), BylineRole.ILLUSTRATOR),
        Signature(ProfileFactory(name="Eve Sol", guest=True), BylineRole.TRANSLATOR),
    ]
    return sign(post, editor=editor, signatures=others)


def read(address: str) -> str:
    return Client().get(address).content.decode()


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def test_readers_see_every_name_and_what_they_did(signed):
    page = read(signed.get_absolute_url())
    said = words(page.split('class="byline dots">')[1].split("</p>")[0])
    assert said.startswith("By Ana Ruiz, RN and Bo &lt;Li&gt;")
    assert "Reviewed by Cai Noor" in said
    assert "Illustrated by Dee Fox" in said
    assert "Translated by Eve Sol" in said


def test_lists_name_all_authors_and_every_name_leads_to_the_post(signed):
    for address in ("/", "/authors/bo-li/"):
        assert "By Ana Ruiz and Bo &lt;Li&gt;" in words(read(address))
    for byline in signed.bylines.all():
        assert signed.title in read(byline.profile.get_absolute_url())
        feed = read(reverse("blog:author_feed", args=(byline.profile.slug,)))
        assert f"<title>{signed.title}</title>" in feed


def test_feeds_and_machines_get_every_name(signed):
    feed = read("/feed/")
    assert "<author><name>Bo &lt;Li&gt;</name>" in feed
    assert feed.count("<contributor>") == 3
    page = read(signed.get_absolute_url())
    found = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page, re.DOTALL)
    thing = json.loads(found[1])
    assert [one["name"] for one in thing["author"]] == ["Ana Ruiz", "Bo <Li>"]
    assert [one["name"] for one in thing["translator"]] == ["Eve Sol"]
    assert {one["name"] for one in thing["contributor"]} == {"Cai Noor", "Dee Fox"}


def test_a_changed_name_is_on_the_page_at_once(signed):
    before = read(signed.get_absolute_url())
    profile = signed.bylines.first().profile
    profile.name = "Bo Lindqvist"
    profile.save()
    assert "Bo Lindqvist" not in before
    assert "Bo Lindqvist" in read(signed.get_absolute_url())
    assert "Bo Lindqvist" in read("/")


def test_a_name_on_a_post_that_nobody_reads_yet_has_no_page(editor):
    profile = ProfileFactory(guest=True)
    sign(PostFactory(accepted=True), editor=editor, signatures=[Signature(profile)])
    assert Client().get(profile.get_absolute_url()).status_code == 404


def test_a_co_author_with_a_login_may_write_and_hand_in_and_others_who_sign_may_not(editor):
    # Given
    post, co_author, translator = PostFactory(), ProfileFactory(), ProfileFactory()
    roles = [Signature(co_author), Signature(translator, BylineRole.TRANSLATOR)]
    post = sign(post, editor=editor, signatures=roles)
    draft = workflow.Draft(post.title, post.summary, "<p>Ours now.</p>")
    # When / Then
    with pytest.raises(NotAllowed):
        workflow.write(post, by=translator.person, draft=draft, version=post.version)
    post = workflow.write(post, by=co_author.person, draft=draft, version=post.version)
    assert workflow.submit(post, by=co_author.person).state == "submitted"
    assert list(Post.objects.written_by(co_author.person)) == [post]
    assert not Post.objects.written_by(translator.person).exists()


def test_the_pages_of_writing_open_for_a_co_author_as_long_as_they_sign(client, editor):
    post, profile = PostFactory(), ProfileFactory()
    client.force_login(profile.person)
    address = reverse("blog:write_post", args=(post.pk,))
    assert client.get(address).status_code == 404
    sign(post, editor=editor, signatures=[Signature(profile)])
    assert client.get(address).status_code == 200
    assert post.title in client.get(reverse("blog:write")).content.decode()
    sign(post, editor=editor, signatures=[])
    assert client.get(address).status_code == 404


def test_all_authors_are_told_and_none_by_the_link_of_another(editor):
    # Given
    guest = link_to(invited(editor))
    profile, reviewer = ProfileFactory(), ProfileFactory()
    roles = [Signature(profile), Signature(reviewer, BylineRole.REVIEWER)]
    post = sign(guest.post, editor=editor, signatures=roles)
    Post.objects.filter(pk=post.pk).update(body="<p>Something.</p>", state="submitted")
    Letter.objects.all().delete()
    # When
    workflow.request_changes(post, editor=editor, message="Which wrench?")
    # Then
    told = {letter.to: letter.body for letter in Letter.objects.all()}
    assert set(told) == {guest.person.email, profile.person.email}
    assert "?to=" not in told[profile.person.email]
    assert guest_token(guest.pk) not in told[profile.person.email]


def test_nobody_signs_twice(editor):
    post, profile = PostFactory(), ProfileFactory()
    once, again = Signature(profile), Signature(profile, BylineRole.REVIEWER)
    for signatures in ([once, again], [Signature(post.author)]):
        with pytest.raises(Invalid):
            sign(post, editor=editor, signatures=signatures)
    sign(post, editor=editor, signatures=[once])
    with pytest.raises(IntegrityError), transaction.atomic():
        PostByline.objects.create(post=post, profile=profile)


@pytest.mark.parametrize("role", ["reader", "author", "moderator"])
def test_only_an_editor_says_who_signs(role):
    post = PostFactory()
    with pytest.raises(NotAllowed):
        sign(post, editor=PersonFactory(role=role), signatures=[Signature(ProfileFactory())])
    assert not post.bylines.exists()


def test_an_editor_sets_the_names_at_the_desk(client, editor, author):
    # Given
    post, first, second = PostFactory(), ProfileFactory(), ProfileFactory(guest=True)
    address = reverse("blog:desk_signed", args=(post.pk,))
    client.force_login(author)
    assert client.get(address).status_code == 403
    client.force_login(editor)
    assert "Name 2" in client.get(address).content.decode()
    # When
    rows = {"profile_1": second.pk, "role_1": "reviewer", "profile_2": first.pk}
    client.post(address, rows | {"role_2": "co_author"})
    # Then
    assert list(post.bylines.values_list("profile", "role")) == [
        (second.pk, "reviewer"),
        (first.pk, "co_author"),
    ]
    # When
    page = client.post(address, {"profile_1": first.pk, "profile_2": first.pk}).content.decode()
    # Then
    assert "Nobody signs a post twice" in page
    assert post.events.filter(kind="signed").count() == 1


def test_many_names_cost_no_query_more(editor):
    post = PostFactory(published=True, editor=editor)
    costs = []
    for names in (1, 30):
        sign(post, editor=editor, signatures=[Signature(ProfileFactory()) for _one in range(names)])
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            for address in ("/", "/feed/", post.get_absolute_url()):
                read(address)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_a_comment_of_a_co_author_says_whose_it_is(editor):
    profile = ProfileFactory()
    post = sign(PostFactory(published=True), editor=editor, signatures=[Signature(profile)])
    said = PostCommentFactory(post=post, by=profile.person)
    assert "author" in [mark.kind for mark in marks(said)]
