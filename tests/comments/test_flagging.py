"""Reporting a comment: once, by whoever does not argue there, and what comes of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Person
from accounts.refusals import Conflict, Invalid, NotAllowed, WrongMoment
from comments import editing, flagging, moderation, participants, tickets
from comments.flagging import Reporter, dismiss, raise_flag
from comments.models import Browser, Flag, FlagReason, Notification, Participant, PostComment
from comments.words import Guest
from tests.comments.stories import a_comment, fresh, story
from tests.factories.accounts import PersonFactory
from tests.factories.comments import PostCommentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ham_is_published")]
ANA = Guest("Ana", "ana@example.net")


@pytest.fixture
def comment(db: None) -> PostComment:
    return PostCommentFactory(published=True)


def browser_of(by: Guest, *, proved: bool) -> Browser:
    proved_at = timezone.now() if proved else None
    return Browser.objects.create(
        participant=participants.of(by), name=by.name, proved_at=proved_at
    )


def report(comment: PostComment, **who: object) -> Flag:
    return raise_flag(comment, reporter=Reporter(**who), reason="abusive")  # type: ignore[arg-type]


# Raising


def test_a_report_waits_for_a_moderator_with_its_reason_and_words(comment: PostComment) -> None:
    flag = raise_flag(
        comment, reporter=Reporter(network="192.0.2.1"), reason="other", words=" It is a copy.\r\n"
    )
    assert (flag.state, flag.reason, flag.words) == ("open", "other", "It is a copy.")
    assert (flag.participant, flag.confirmed_at) == (None, None)
    assert fresh(comment).state == "published"


def test_the_record_does_not_say_where_a_report_came_from(comment: PostComment) -> None:
    flag = report(comment, network="192.0.2.1")
    assert len(flag.reporter) == 64
    assert "192.0.2.1" not in str(vars(flag))


@pytest.mark.parametrize("proved", [True, False])
def test_a_report_is_theirs_only_if_the_address_was_proved(
    comment: PostComment, reader: Person, proved: bool
) -> None:
    assert report(comment, person=reader).confirmed_at is not None
    flag = report(comment, browser=browser_of(ANA, proved=proved), network="192.0.2.1")
    assert (flag.confirmed_at is not None, flag.participant.email) == (proved, ANA.email)


def test_a_typed_address_is_never_believed_even_if_its_owner_confirmed_it_once(
    comment: PostComment,
) -> None:
    participants.confirm(participants.of(ANA))
    flag = report(comment, email="ANA@example.net", network="192.0.2.1")
    assert (flag.participant.email, flag.confirmed_at) == ("ana@example.net", None)


@pytest.mark.parametrize(
    ("reason", "words", "sentence"),
    [
        ("", "", "Please say what is wrong"),
        ("boring", "It is.", "Please say what is wrong"),
        ("other", " \n", "Please say in your words"),
        ("spam", "x" * 501, "at most 500 characters"),
        ("spam", "a\x00b", "cannot be stored"),
    ],
)
def test_a_report_without_a_reason_is_refused(
    comment: PostComment, reason: str, words: str, sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence):
        raise_flag(comment, reporter=Reporter(network="192.0.2.1"), reason=reason, words=words)
    assert not Flag.objects.exists()


@pytest.mark.parametrize("reason", [one for one in FlagReason.values if one != "other"])
def test_every_other_reason_needs_no_words(comment: PostComment, reason: str) -> None:
    raise_flag(comment, reporter=Reporter(network="192.0.2.1"), reason=reason)
    assert Flag.objects.open().get().reason == reason


@pytest.mark.parametrize("state", ["held", "spam", "rejected", "removed"])
def test_only_what_readers_see_can_be_reported(state: str) -> None:
    with pytest.raises(WrongMoment, match="not shown any more"):
        report(a_comment(state), network="192.0.2.1")


def test_nobody_reports_a_comment_twice(comment: PostComment, reader: Person) -> None:
    proved = browser_of(ANA, proved=True)
    for who in ({"person": reader}, {"browser": proved}, {"network": "192.0.2.1"}):
        report(comment, **who)
        with pytest.raises(Conflict, match="already"):
            report(comment, **who)
    with pytest.raises(Conflict):
        report(comment, network="192.0.2.1", email="new@example.net")
    assert comment.raised_flags.count() == 3


def test_several_readers_report_one_comment_and_one_reader_several(reader: Person) -> None:
    first = PostCommentFactory(published=True)
    second = PostCommentFactory(post=first.post, published=True)
    for comment in (first, second):
        report(comment, person=reader)
        report(comment, network="192.0.2.1")
    assert Flag.objects.open().count() == 4


def test_nobody_reports_a_comment_of_their_own(reader: Person) -> None:
    mine = PostCommentFactory(by=reader, published=True)
    guests = PostCommentFactory(by=ANA, published=True)
    with pytest.raises(NotAllowed, match="your own comment"):
        report(mine, person=reader)
    with pytest.raises(NotAllowed, match="your own comment"):
        report(guests, browser=browser_of(ANA, proved=False))


@pytest.mark.parametrize("state", ["published", "held"])
def test_whoever_argues_in_the_thread_is_asked_to_answer_instead(
    comment: PostComment, reader: Person, state: str
) -> None:
    # Given
    between = PostCommentFactory(parent=comment, published=True)
    PostCommentFactory(parent=between, by=reader, **({state: True} if state != "held" else {}))
    PostCommentFactory(parent=between, by=ANA, **({state: True} if state != "held" else {}))
    # Then, anywhere in the thread
    for one in (comment, between):
        for who in (
            {"person": reader},
            {"browser": browser_of(ANA, proved=False)},
            {"email": ANA.email},
        ):
            with pytest.raises(NotAllowed, match="answer the comment instead"):
                report(one, **who)
    assert not Flag.objects.exists()


def test_whoever_argues_in_another_thread_or_was_refused_in_this_one_may_report(
    comment: PostComment, reader: Person
) -> None:
    PostCommentFactory(post=comment.post, by=reader, published=True)
    PostCommentFactory(parent=comment, by=PersonFactory(), published=True)
    PostCommentFactory(parent=comment, by=ANA, spam=True)
    report(comment, person=reader)
    report(comment, browser=browser_of(ANA, proved=True))
    assert Flag.objects.count() == 2


# What comes of it


def told(comment: PostComment) -> dict[Participant, str]:
    rows = Notification.objects.filter(comment=comment, kind="looked_at")
    return {row.participant: row.because for row in rows}


@pytest.mark.parametrize("act", [moderation.mark_spam, moderation.remove])
def test_taking_a_comment_down_agrees_with_its_reports_and_tells_who_proved_an_address(
    comment: PostComment, reader: Person, moderator: Person, act: object
) -> None:
    # Given
    flags = [report(comment, person=reader), report(comment, network="192.0.2.1")]
    report(comment, browser=browser_of(ANA, proved=False), network="192.0.2.2")
    other = report(PostCommentFactory(published=True), person=reader)
    # When
    act(comment, moderator=moderator)  # type: ignore[operator]
    # Then
    decided = {(flag.state, flag.decided_by) for flag in comment.raised_flags.all()}
    assert decided == {("agreed", moderator)}
    assert all(Flag.objects.get(pk=flag.pk).decided_at for flag in flags)
    assert told(comment) == {flags[0].participant: "agreed"}
    assert Flag.objects.open().get() == other


def test_nobody_is_told_while_the_decision_may_still_be_undone(
    comment: PostComment, reader: Person, moderator: Person
) -> None:
    report(comment, person=reader)
    moderation.remove(comment, moderator=moderator)
    assert not Notification.objects.filter(kind="looked_at").due().exists()


def test_undoing_opens_the_reports_again_and_tells_nobody(
    comment: PostComment, reader: Person, moderator: Person
) -> None:
    # Given
    flag = report(comment, person=reader)
    moderation.remove(comment, moderator=moderator)
    # When
    moderation.restore(comment, moderator=moderator)
    # Then
    flag.refresh_from_db()
    assert (flag.state, flag.decided_by, flag.decided_at) == ("open", None, None)
    assert told(comment) == {}
    # When it is decided again
    moderation.mark_spam(comment, moderator=moderator)
    assert told(comment) == {flag.participant: "agreed"}


def test_undoing_does_not_open_what_was_dismissed_before(
    comment: PostComment, reader: Person, moderator: Person
) -> None:
    report(comment, person=reader)
    dismiss(comment, moderator=moderator)
    moderation.remove(comment, moderator=moderator)
    moderation.restore(comment, moderator=moderator)
    assert Flag.objects.get().state == "dismissed"


def test_who_was_told_already_is_not_told_again(
    comment: PostComment, reader: Person, moderator: Person
) -> None:
    report(comment, person=reader)
    moderation.remove(comment, moderator=moderator)
    Notification.objects.update(sent_at=timezone.now())
    moderation.restore(comment, moderator=moderator)
    dismiss(comment, moderator=moderator)
    assert told(comment) == {Participant.objects.get(person=reader): "agreed"}


def test_a_comment_left_as_it_is_dismisses_its_reports_once(
    comment: PostComment, reader: Person, moderator: Person
) -> None:
    # Given
    flag = report(comment, person=reader)
    report(comment, network="192.0.2.1")
    # When
    assert dismiss(comment, moderator=moderator) == 2
    # Then
    flag.refresh_from_db()
    assert (flag.state, flag.decided_by) == ("dismissed", moderator)
    assert told(comment) == {flag.participant: "dismissed"}
    event = comment.events.last()
    assert (event.actor, event.reason) == (moderator, "2 reports dismissed.")
    assert fresh(comment).state == "published"
    assert fresh(comment).read_at is not None
    with pytest.raises(WrongMoment):
        dismiss(comment, moderator=moderator)
    assert comment.events.count() == len(story(comment))


def test_only_moderators_dismiss(comment: PostComment, reader: Person, author: Person) -> None:
    report(comment, network="192.0.2.1")
    for person in (reader, author):
        with pytest.raises(NotAllowed):
            dismiss(comment, moderator=person)
    assert Flag.objects.open().exists()


def test_a_dismissed_report_cannot_be_raised_again_by_the_same_reader(
    comment: PostComment, moderator: Person
) -> None:
    report(comment, network="192.0.2.1")
    dismiss(comment, moderator=moderator)
    with pytest.raises(Conflict):
        report(comment, network="192.0.2.1")


def test_what_the_site_or_the_writer_does_leaves_reports_to_a_moderator(
    comment: PostComment, reader: Person, moderator: Person
) -> None:
    # Given
    report(comment, person=reader)
    # When its writer runs away
    editing.withdraw(comment, by=editing.SignedLink(tickets.seal(comment)))
    # Then somebody still looks, and may call it spam
    assert Flag.objects.open().exists()
    moderation.mark_spam(comment, moderator=moderator)
    assert Flag.objects.get().state == "agreed"


def test_a_writer_with_an_account_does_not_decide_about_reports(reader: Person) -> None:
    comment = PostCommentFactory(by=PersonFactory(), published=True)
    report(comment, person=reader)
    editing.withdraw(comment, by=comment.user)
    assert Flag.objects.open().exists()


def test_notifications_wait_a_few_minutes_only() -> None:
    assert timedelta(0) < flagging.TOLD_AFTER <= timedelta(minutes=10)
