"""What a moderator does with a card: keep, answer, take back; and who may."""

import re
from html import unescape
from itertools import pairwise

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from accounts.models import Person
from accounts.refusals import Conflict, Invalid, NotAllowed, WrongMoment
from comments import batches, deskwork, moderation, tickets
from comments.editing import SignedLink, edit
from comments.models import CommentEvent, CommentState, EventKind, Flag, FlagReason, PostComment
from comments.moderation import Why
from tests.factories.accounts import PersonFactory
from tests.factories.comments import PostCommentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ham_is_published")]
DESK = "/desk/comments/"
JSON = {"Accept": "application/json"}
S = CommentState


@pytest.fixture
def desk(client: Client, moderator: Person) -> Client:
    client.force_login(moderator)
    return client


def test_only_moderators_do_this(reader: Person, author: Person) -> None:
    comment = PostCommentFactory(published=True)
    for person in (reader, author):
        for act in (
            lambda: deskwork.decide(comment, moderator=person, to="spam"),  # noqa: B023
            lambda: deskwork.keep(comment, moderator=person),  # noqa: B023
            lambda: deskwork.publish_and_reply(comment, moderator=person, text="Yes."),  # noqa: B023
            lambda: deskwork.undo(comment, moderator=person),  # noqa: B023
        ):
            with pytest.raises(NotAllowed):
                act()
    assert PostComment.objects.get().read_at is None


def test_keeping_a_comment_is_written_down_once_and_can_be_undone(moderator: Person) -> None:
    # Given
    comment = PostCommentFactory(published=True)
    # When
    kept = deskwork.decide(comment, moderator=moderator, to="published", seen="published").comment
    # Then
    assert (kept.state, kept.read_at) == (S.PUBLISHED, kept.events.last().at)
    with pytest.raises(WrongMoment):
        deskwork.keep(comment, moderator=moderator)
    # When
    back = deskwork.undo(comment, moderator=moderator, seen="published")
    # Then
    assert (back.state, back.read_at) == (S.PUBLISHED, None)
    kinds = list(comment.events.values_list("kind", flat=True))[-2:]
    assert kinds == [EventKind.DECIDED, EventKind.UNDONE]
    with pytest.raises(WrongMoment):
        deskwork.undo(comment, moderator=moderator)


@pytest.mark.parametrize("state", ["held", "spam", "rejected", "removed"])
def test_what_is_not_published_cannot_be_kept(moderator: Person, state: str) -> None:
    comment = PostCommentFactory(**({state: True} if state != "held" else {}))
    with pytest.raises(WrongMoment):
        deskwork.keep(comment, moderator=moderator)


def test_keeping_a_reported_comment_closes_its_reports_and_undoing_opens_them(
    moderator: Person,
) -> None:
    # Given
    comment = PostCommentFactory(published=True)
    for reporter in "ab":
        Flag.objects.create(comment=comment, reporter=reporter, reason=FlagReason.ABUSIVE)
    # When
    deskwork.keep(comment, moderator=moderator, seen="published")
    # Then
    assert set(Flag.objects.values_list("state", "decided_by")) == {("dismissed", moderator.pk)}
    # When
    deskwork.undo(comment, moderator=moderator, seen="published")
    # Then
    assert set(Flag.objects.values_list("state", "decided_by")) == {("open", None)}


def test_many_reported_comments_are_kept_and_taken_back_at_once(moderator: Person) -> None:
    # Given
    comments = PostCommentFactory.create_batch(2, published=True)
    for comment in comments:
        Flag.objects.create(comment=comment, reporter="a", reason=FlagReason.SPAM)
    # When
    pks = [comment.pk for comment in comments]
    batch = batches.begin(pks, moderator=moderator, seen=S.PUBLISHED, to=S.PUBLISHED)
    # Then
    assert (batch.done, Flag.objects.open().count()) == (2, 0)
    # When
    assert batches.undo(batch, moderator=moderator) == 2
    # Then
    assert Flag.objects.open().count() == 2


def test_publishing_and_answering_happen_both_or_not_at_all(moderator: Person) -> None:
    # Given
    comment = PostCommentFactory()
    # When the answer cannot be
    with pytest.raises(Invalid):
        deskwork.decide(comment, moderator=moderator, to="published", seen="held", reply=" ")
    # Then
    comment.refresh_from_db()
    assert comment.state == S.HELD
    # When
    done = deskwork.decide(comment, moderator=moderator, to="published", seen="held", reply="Yes.")
    # Then
    assert (done.comment.state, done.reply.state) == (S.PUBLISHED, S.PUBLISHED)
    assert (done.reply.in_reply_to_id, done.reply.user) == (comment.pk, moderator)


def test_undoing_takes_back_what_was_said_in_one(moderator: Person) -> None:
    # Given
    comment = PostCommentFactory()
    reply = deskwork.publish_and_reply(comment, moderator=moderator, text="Yes.").reply
    # When
    deskwork.undo(comment, moderator=moderator, seen="published")
    # Then
    comment.refresh_from_db()
    reply.refresh_from_db()
    assert (comment.state, reply.state) == (S.HELD, S.REMOVED)


def test_answering_what_is_published_counts_as_having_looked(moderator: Person) -> None:
    comment = PostCommentFactory(published=True)
    done = deskwork.decide(
        comment, moderator=moderator, to="published", seen="published", reply="Yes."
    )
    comment.refresh_from_db()
    assert comment.read_at is not None
    assert done.reply.in_reply_to_id == comment.pk


def test_a_reason_goes_only_with_a_refusal_and_only_one_of_ours(moderator: Person) -> None:
    comment = PostCommentFactory()
    for to, because in (("spam", "off_topic"), ("published", "abusive"), ("rejected", "odd")):
        with pytest.raises(Invalid):
            deskwork.decide(comment, moderator=moderator, to=to, why=Why(because=because))
    deskwork.decide(
        comment, moderator=moderator, to="rejected", why=Why(because="off_topic", words=" No. ")
    )
    event = comment.events.last()
    assert (event.because, event.words) == ("off_topic", "No.")


def test_undoing_is_refused_when_somebody_moved_the_comment_meanwhile(moderator: Person) -> None:
    # Given
    comment, olga = PostCommentFactory(), PersonFactory(moderator=True, name="Olga")
    moderation.approve(comment, moderator=moderator)
    moderation.mark_spam(comment, moderator=olga)
    # Then
    with pytest.raises(Conflict, match="Olga moved this comment meanwhile"):
        deskwork.undo(comment, moderator=moderator, seen="published")
    with pytest.raises(Conflict):
        deskwork.keep(comment, moderator=moderator, seen="published")


acts = st.lists(st.sampled_from(["published", "spam", "rejected", "removed", "undo"]), max_size=8)


@pytest.mark.once
@given(acts=acts)
@hypothesis_settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_pressed_every_event_begins_where_the_last_one_ended(acts: list[str]) -> None:
    # Given
    comment, moderator = PostCommentFactory(), PersonFactory(moderator=True)
    # When
    for act in acts:
        try:
            if act == "undo":
                deskwork.undo(comment, moderator=moderator)
            else:
                deskwork.decide(comment, moderator=moderator, to=act)
        except (WrongMoment, Invalid):
            pass
        comment.refresh_from_db()
    # Then
    events = list(CommentEvent.objects.filter(comment=comment).exclude(kind=EventKind.TOLD))
    for before, after in pairwise(events):
        assert after.from_state == before.to_state
    assert events[-1].to_state == comment.state


def test_the_script_hears_what_was_done_how_much_is_left_and_how_to_undo_it(desk: Client) -> None:
    # Given
    comment, _other = PostCommentFactory.create_batch(2)
    typed = {"to": "rejected:abusive", "seen": "held", "words": "Please.", "place": "list=held"}
    # When
    response = desk.post(f"{DESK}{comment.pk}/", typed, headers=JSON)
    # Then
    answer = response.json()
    assert (response.status_code, answer["said"]) == (200, "Rejected. 1 left.")
    assert answer["numbers"]["held"] == "1"
    assert answer["undo"] == {"url": f"{DESK}{comment.pk}/undo/", "fields": {"seen": "rejected"}}
    # When
    answer = desk.post(answer["undo"]["url"], answer["undo"]["fields"], headers=JSON).json()
    # Then
    assert answer["said"].startswith("Undone: the comment is in “Held” again.")


def test_the_script_hears_how_many_a_filter_leaves(desk: Client) -> None:
    first, second = PostCommentFactory.create_batch(2)
    typed = {"to": "spam", "seen": "held", "place": f"list=held&post={first.post_id}"}
    answer = desk.post(f"{DESK}{first.pk}/", typed, headers=JSON).json()
    assert answer["said"] == "Called spam. 0 left."
    assert second.post_id != first.post_id


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"to": "spam", "seen": "rejected"}, 409),
        ({"to": "removed", "seen": "held"}, 409),
        ({"to": "odd", "seen": "held"}, 422),
        ({"to": "rejected:odd", "seen": "held"}, 422),
        ({"to": "published:reply", "seen": "held", "reply": ""}, 422),
    ],
)
def test_a_refusal_is_a_sentence_with_a_status(
    desk: Client, fields: dict[str, str], status: int
) -> None:
    comment = PostCommentFactory()
    response = desk.post(f"{DESK}{comment.pk}/", fields, headers=JSON)
    assert response.status_code == status
    assert response.json()["said"].endswith(".")
    comment.refresh_from_db()
    assert comment.state == S.HELD


def test_a_reply_to_a_published_comment_is_undone_by_removing_it(desk: Client) -> None:
    comment = PostCommentFactory(published=True)
    typed = {"to": "published:reply", "seen": "published", "reply": "Yes."}
    answer = desk.post(f"{DESK}{comment.pk}/", typed, headers=JSON).json()
    assert answer["said"].startswith("Answered.")
    assert (
        desk.post(answer["undo"]["url"], answer["undo"]["fields"], headers=JSON).status_code == 200
    )
    assert PostComment.objects.get(in_reply_to=comment).state == S.REMOVED


@pytest.mark.parametrize("to", ["published", "spam", "rejected", "published:reply"])
def test_words_that_changed_since_they_were_looked_at_are_not_decided_about(
    desk: Client, to: str
) -> None:
    # Given
    comment = PostCommentFactory()
    page = desk.get(f"{DESK}?list=held").text
    typed = {"to": to, "seen": "held", "edition": _edition(page), "reply": "Yes."}
    edit(comment, by=SignedLink(tickets.seal(comment)), text="Something else altogether.")
    # When
    response = desk.post(f"{DESK}{comment.pk}/", typed, headers=JSON)
    # Then
    assert (response.status_code, PostComment.objects.get().state) == (409, S.HELD)
    assert "has changed the comment" in response.json()["said"]
    # When
    again = {**typed, "edition": _edition(desk.get(f"{DESK}?list=held").text)}
    # Then
    assert desk.post(f"{DESK}{comment.pk}/", again, headers=JSON).status_code == 200


def _edition(page: str) -> str:
    found = re.search(r'name="edition" value="([^"]*)"', page)
    assert found
    return unescape(found[1])
