"""The preview of a decision: everything that will happen, and nothing that happens."""

import json

import pytest
from django.apps import apps
from django.core.cache import cache
from django.urls import reverse

from accounts.models import Letter
from blog.models import Notice, Post
from comments.models import PostComment
from editorial.models import Decision, Dispute
from editorial.points import Raiser
from tests.factories.comments import PostCommentFactory
from tests.factories.editorial import (
    APPOINTMENT,
    BODY,
    PARTS,
    REASON,
    DisputeFactory,
    WorkshopPostFactory,
    tell_of_decisions,
)

pytestmark = pytest.mark.django_db
WATCHED = ("accounts", "blog", "comments", "editorial", "django_tasks_database")
NEW = BODY.replace(PARTS, "Used parts are free")
NOTICE = "This post said that parts cost nothing extra. New parts are charged."
RAISER = "ola@example.net"


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def pair(db):
    """Two statements of one post: a reader's with an address, and one made of a comment."""
    post = WorkshopPostFactory()
    comment = PostCommentFactory(post=post, text="Come early.", published=True)
    one = DisputeFactory(under_review=True, post=post, raiser=Raiser(email=RAISER))
    two = DisputeFactory(under_review=True, post=post, words=APPOINTMENT)
    Dispute.objects.filter(pk=two.pk).update(origin="comment", source_comment=comment)
    return one, Dispute.objects.get(pk=two.pk)


def everything():
    models = [model for app in WATCHED for model in apps.get_app_config(app).get_models()]
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values()) for model in models
    }


def url_of(dispute, name):
    return reverse(f"editorial:{name}", kwargs={"public_id": dispute.public_id})


def typed(pair, **facts):
    one, two = pair
    head = Post.objects.select_related("head").get(pk=one.claim.post_id).head
    given = {
        f"case-{one.public_id}-finding": "inaccurate",
        f"case-{one.public_id}-remedy": "correction",
        f"case-{one.public_id}-notice": NOTICE,
        f"case-{one.public_id}-severity": "premise",
        f"case-{one.public_id}-version": one.version,
        f"case-{two.public_id}-finding": "stands",
        f"case-{two.public_id}-remedy": "no_change",
        f"case-{two.public_id}-reason": REASON,
        f"case-{two.public_id}-severity": "minor",
        f"case-{two.public_id}-version": two.version,
        f"case-{two.public_id}-promises_follow_up": "on",
        "with": two.public_id,
        "title": head.title,
        "body": NEW,
        "base": head.number,
        "answer": "Thank you: the first is corrected, the second we keep.",
    }
    return {**given, **facts}


def foresee(desk, pair, **facts):
    return desk.post(url_of(pair[0], "preview"), typed(pair, **facts))


def test_trying_out_changes_no_row_and_sends_no_mail(desk, pair):
    # Given
    before = everything()
    # When
    response = foresee(desk, pair)
    # Then
    assert response.context["foreseen"]
    assert everything() == before


def test_what_was_foreseen_is_what_happens(desk, pair, client):
    # Given
    seen = foresee(desk, pair).context["foreseen"]
    Letter.objects.all().delete()
    # When
    desk.post(url_of(pair[0], "decide"), typed(pair))
    tell_of_decisions()
    # Then
    notice, post = Notice.objects.get(), Post.objects.get()
    kept = (notice.text, notice.before, notice.after, notice.severity)
    first, second = seen.outcomes
    told = first.notice
    assert (told.text, told.before, told.after, told.severity) == kept
    assert (first.mark, second.mark) == ("corrected", "")
    assert "corrected" in first.line
    assert (seen.page.title, seen.was_titled) == (post.headline, post.title)
    assert [one.title for one in seen.entries] == [f"Correction: {post.headline}"]
    theirs = [letter for letter in seen.letters if letter.role == "Whoever raised it"]
    assert Letter.objects.get(to=RAISER).body in [
        letter.text.replace(told.public_id, notice.public_id) for letter in theirs
    ]
    assert {one.role for one in seen.letters} == {"Whoever raised it", "The author"}
    assert len(seen.letters) == Letter.objects.count()
    assert seen.answers == [PostComment.objects.get(voice="official").html]
    [correction] = json.loads(seen.json_ld)["correction"]
    assert correction["text"].endswith(NOTICE)
    words = "".join(run.text for one in seen.difference.paragraphs for run in one.runs)
    assert "Used parts are free" in words


def test_a_fragment_for_scripts_and_a_whole_page_without(desk, pair):
    # When
    whole = foresee(desk, pair).content.decode()
    part = desk.post(
        url_of(pair[0], "preview"), typed(pair), headers={"HX-Request": "true"}
    ).content.decode()
    # Then
    for html in (whole, part):
        assert "What will happen" in html
        assert "Correction: Corrected:" in html
        assert "3 mails" in html
        assert RAISER not in html.split("What will happen")[1].split("</section>")[0]
    assert "<html" in whole
    assert "<html" not in part
    # and what was typed is kept on the whole page, on which it can be decided
    assert NOTICE in whole
    assert url_of(pair[0], "decide") in whole
    assert Decision.objects.count() == 0


def test_what_would_be_refused_is_said_instead(desk, pair):
    # When
    facts = {f"case-{pair[0].public_id}-remedy": "clarification"}
    response = desk.post(
        url_of(pair[0], "preview"), typed(pair, **facts), headers={"HX-Request": "true"}
    )
    # Then
    html = response.content.decode()
    assert "called a correction" in html
    assert "What will happen" not in html
    # When the rules find what the form could not
    html = foresee(desk, pair, body=f"{BODY}<p>Bring gloves.</p>").content.decode()
    assert "same as before" in html
    assert url_of(pair[0], "decide") in html


def test_after_a_refusal_of_the_second_the_first_is_not_shown_as_decided(desk, pair):
    # Given
    one, two = pair
    facts = {
        f"case-{one.public_id}-finding": "stands",
        f"case-{one.public_id}-remedy": "no_change",
        f"case-{one.public_id}-reason": REASON,
        f"case-{two.public_id}-finding": "inaccurate",
        f"case-{two.public_id}-remedy": "correction",
        f"case-{two.public_id}-notice": NOTICE,
    }
    # When the words of the second stay as they are
    html = desk.post(url_of(one, "decide"), typed(pair, **facts)).content.decode()
    # Then
    assert "same as before" in html
    assert url_of(one, "decide") in html
    assert Decision.objects.count() == 0


def test_a_text_that_was_only_tried_out_is_never_shown_to_readers(desk, pair, client):
    """The same ids are given again after a rollback; what was drawn for them is not used again."""
    # Given
    cache.clear()
    facts = {f"case-{pair[0].public_id}-notice": NOTICE}
    foresee(desk, pair, body=NEW.replace("decades", "weeks"), **facts)
    # When
    desk.post(url_of(pair[0], "decide"), typed(pair))
    # Then
    html = client.get(Post.objects.get().get_absolute_url()).content.decode()
    assert "weeks of practice" not in html
    assert "decades of practice" in html


@pytest.mark.parametrize("role", ["reader", "author", "moderator"])
def test_only_editors_try_out(client, pair, role):
    from tests.factories.accounts import PersonFactory

    client.force_login(PersonFactory(role=role))
    assert client.post(url_of(pair[0], "preview"), typed(pair)).status_code == 403


@pytest.mark.parametrize(
    ("remedy", "sentence"),
    [("retraction", "Readable below a fold"), ("removal", "The text is taken down")],
)
def test_what_is_done_to_the_whole_post_is_foreseen_too(client, publisher, remedy, sentence):
    # Given
    dispute = DisputeFactory(under_review=True)
    client.force_login(publisher)
    post = Post.objects.get(pk=dispute.claim.post_id)
    key = f"case-{dispute.public_id}"
    facts = {
        f"{key}-finding": "inaccurate",
        f"{key}-remedy": remedy,
        f"{key}-notice": "Nothing of it could be confirmed.",
        f"{key}-severity": "premise",
        f"{key}-version": dispute.version,
        f"{key}-is_sure": "on",
        "title": post.title,
        "body": post.body,
        "base": 1,
    }
    # When
    response = client.post(url_of(dispute, "preview"), facts)
    # Then
    assert sentence in response.content.decode()
    assert response.context["foreseen"].outcomes[0].notice.kind == remedy
    post.refresh_from_db()
    assert (post.state, post.headline) == ("published", post.title)
