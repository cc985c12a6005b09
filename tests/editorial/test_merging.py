"""Several objections to the same words: one mark, one result, everybody hears of it."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Letter, Person
from accounts.refusals import Conflict, Invalid, NotAllowed, WrongMoment
from blog.models import Mark, Post
from editorial import disputes, merging, slips, telling, wishes
from editorial.models import Decision, DeclineReason, Dispute, DisputeState
from editorial.points import Raiser, Source
from tests.factories.blog import an_editor
from tests.factories.editorial import (
    PRACTICE,
    DisputeFactory,
    WorkshopPostFactory,
    clarified,
    decide,
)

pytestmark = pytest.mark.django_db
S = DisputeState


@pytest.fixture
def post() -> Post:
    return WorkshopPostFactory()


def raised(post: Post, number: int, **facts: object) -> Dispute:
    source = Source(f"https://prices.example/{number}")
    raiser = Raiser(email=f"reader{number}@example.net")
    return DisputeFactory(post=post, raiser=raiser, sources=(source,), **facts)


def merge(dispute: Dispute, into: Dispute) -> Dispute:
    dispute = fresh(dispute)
    return merging.merge(dispute, into=into, editor=an_editor(), version=dispute.version)


def fresh(dispute: Dispute) -> Dispute:
    return Dispute.objects.select_related("claim__post", "merged_into").get(pk=dispute.pk)


def test_four_readers_have_one_mark_one_list_of_sources_and_one_result(client: Client, post: Post):
    """Scenario 36."""
    # Given
    root = raised(post, 0, under_review=True)
    others = [raised(post, number) for number in (1, 2, 3)]
    # When
    for one in others:
        merge(one, root)
    # Then
    html = client.get(post.get_absolute_url()).content.decode()
    assert html.count("[disputed") == 1
    page = client.get(root.get_absolute_url()).content.decode()
    assert all(f"https://prices.example/{number}" in page for number in range(4))
    # When
    decide(fresh(root), editor=root.assigned_to, **clarified())
    telling.write(Decision.objects.get())
    # Then
    told = Letter.objects.filter(subject__contains="decided about a statement")
    assert set(told.values_list("to", flat=True)) == {f"reader{n}@example.net" for n in range(4)}
    assert told.count() == 4


def test_merging_into_a_merged_one_lands_on_the_root_and_no_circle_is_possible(post: Post):
    """Scenario 36."""
    # Given
    root, second, third = (raised(post, number) for number in range(3))
    merge(second, root)
    # When
    assert merge(third, second) == root
    # Then
    assert fresh(third).merged_into == root
    for into in (second, third, root):
        with pytest.raises((Invalid, WrongMoment)):
            merge(root, into)
    # When the root itself is merged, what hangs on it goes along
    newest = raised(post, 3)
    merge(root, newest)
    assert {fresh(one).merged_into for one in (root, second, third)} == {newest}


def test_a_merged_one_leads_to_the_root_while_that_is_public(client: Client, post: Post):
    # Given
    root, other = raised(post, 0), raised(post, 1)
    merge(other, root)
    # Then
    assert client.get(other.get_absolute_url()).status_code == 404
    # When
    disputes.accept(
        fresh(root), editor=an_editor(), summary="Parts are charged.", version=root.version
    )
    # Then
    assert client.get(other.get_absolute_url()).url == root.get_absolute_url()


def test_taken_out_again_it_is_what_it_was(post: Post):
    # Given
    root = raised(post, 0, under_review=True)
    seen = raised(post, 1, under_review=True, words=PRACTICE)
    unseen = raised(post, 2)
    for one in (seen, unseen):
        merge(one, root)
    assert seen.claim.passages.get().mark == Mark.NONE
    # When
    for one in (fresh(seen), fresh(unseen)):
        merging.unmerge(one, editor=an_editor(), version=one.version)
    # Then
    assert [fresh(one).state for one in (seen, unseen)] == [S.UNDER_REVIEW, S.RECEIVED]
    assert seen.claim.passages.get().mark == Mark.DISPUTED
    assert unseen.claim.passages.get().mark == Mark.NONE


def test_once_decided_together_nothing_is_taken_out(post: Post):
    # Given
    root, other = raised(post, 0, under_review=True), raised(post, 1)
    merge(other, root)
    decide(fresh(root), editor=root.assigned_to)
    # Then
    other = fresh(other)
    with pytest.raises(WrongMoment):
        merging.unmerge(other, editor=an_editor(), version=other.version)


def test_other_posts_closed_ones_and_what_readers_see_are_not_merged_away(post: Post):
    elsewhere, closed = raised(WorkshopPostFactory(), 0), raised(post, 1, declined=True)
    unseen, seen = raised(post, 2), raised(post, 3, under_review=True)
    with pytest.raises(Invalid):
        merge(unseen, elsewhere)
    with pytest.raises(WrongMoment):
        merge(unseen, closed)
    with pytest.raises(WrongMoment):
        merge(closed, unseen)
    with pytest.raises(WrongMoment):
        merge(seen, unseen)


@pytest.mark.parametrize("role", ["reader", "author", "moderator"])
def test_only_an_editor_merges_and_only_what_they_saw(
    post: Post, role: str, request: pytest.FixtureRequest
):
    person: Person = request.getfixturevalue(role)
    one, root = raised(post, 0), raised(post, 1)
    with pytest.raises(NotAllowed):
        merging.merge(one, into=root, editor=person, version=one.version)
    with pytest.raises(Conflict):
        merging.merge(one, into=root, editor=an_editor(), version=one.version + 1)


def test_an_editor_merges_and_asks_on_the_screen(client: Client, post: Post):
    # Given
    one, root, editor = raised(post, 0), raised(post, 1), an_editor()
    client.force_login(editor)
    act = reverse("editorial:act", kwargs={"public_id": one.public_id, "name": "merge"})
    sent = {"mergeform-into": root.public_id, "mergeform-version": one.version}
    # When
    html = client.post(act, sent, follow=True).content.decode()
    # Then
    assert "They are one now" in html
    assert fresh(one).merged_into == root
    # When it is sent twice
    html = client.post(act, sent).content.decode()
    # Then
    assert "cannot happen while the dispute is in the state" in html


def test_several_are_merged_into_one_on_the_screen(client: Client, post: Post):
    # Given
    root, *others = [DisputeFactory(post=post) for _number in range(3)]
    client.force_login(an_editor())
    screen = reverse("editorial:case", args=[root.public_id])
    address = reverse("editorial:act", args=[root.public_id, "gather"])
    typed = {
        "gatherform-version": root.version,
        "gatherform-others": [f"{one.public_id}:{one.version}" for one in others],
    }
    assert typed["gatherform-others"][1] in client.get(screen).content.decode()
    # When one of them has moved since
    Dispute.objects.filter(pk=others[1].pk).update(version=2)
    html = client.post(address, typed).content.decode()
    # Then none is merged
    assert "One of these has changed since: please look again." in html
    assert not Dispute.objects.filter(state=DisputeState.MERGED).exists()
    # When
    typed["gatherform-others"][1] = f"{others[1].public_id}:2"
    client.post(address, typed)
    # Then
    assert set(root.merged.all()) == set(others)


def test_gathering_is_all_or_nothing_and_needs_something_to_gather(post: Post):
    # Given
    root, first, second = [DisputeFactory(post=post) for _number in range(3)]
    editor = an_editor()
    # Then
    with pytest.raises(Invalid):
        merging.gather(root, others=[], editor=editor, version=1)
    with pytest.raises(Conflict):
        merging.gather(root, others=[(first, 1)], editor=editor, version=2)
    with pytest.raises(Conflict):
        merging.gather(root, others=[(first, 1), (second, 2)], editor=editor, version=1)
    assert not root.merged.exists()


def ended_by(how: str, root: Dispute) -> None:
    if how == "taken back":
        disputes.withdraw(root, version=root.version)
        return
    facts = {"editor": an_editor(), "sentence": "Not like this.", "version": root.version}
    disputes.decline(root, because=DeclineReason.ABUSE, **facts)


@pytest.mark.parametrize("how", ["taken back", "kept out"])
def test_what_was_merged_into_one_that_ends_without_a_word_stands_alone_again(post: Post, how: str):
    # Given
    one, root = raised(post, 0), raised(post, 1)
    merge(one, root)
    # When
    ended_by(how, fresh(root))
    # Then
    assert (fresh(one).state, fresh(one).merged_into) == (S.RECEIVED, None)
    assert not Letter.objects.filter(to="reader0@example.net", subject__contains="take").exists()


def test_everybody_hears_why_what_was_merged_is_not_taken_up(client: Client, post: Post):
    # Given
    one, root = raised(post, 0), raised(post, 1)
    merge(one, root)
    # When
    because, sentence = DeclineReason.NOT_A_FACT, "This is about taste."
    disputes.decline(fresh(root), editor=an_editor(), because=because, sentence=sentence, version=1)
    # Then
    told = Letter.objects.filter(body__contains=sentence).values_list("to", flat=True)
    assert sorted(told) == ["reader0@example.net", "reader1@example.net"]
    own = reverse("editorial:mine", args=[slips.private_link(one.public_id)])
    html = client.get(own).content.decode()
    assert sentence in html
    assert reverse("editorial:report", args=[post.slug]) in html


def test_a_wish_of_one_does_not_end_what_others_raised_too(post: Post):
    # Given
    root = raised(post, 1, under_review=True)
    merge(raised(post, 0), root)
    wishes.ask_to_withdraw(fresh(root))
    # Then
    with pytest.raises(WrongMoment):
        wishes.withdraw(fresh(root), editor=an_editor(), version=fresh(root).version)
    # When
    wishes.go_on(fresh(root), editor=an_editor(), version=fresh(root).version)
    # Then
    assert fresh(root).state == S.UNDER_REVIEW
