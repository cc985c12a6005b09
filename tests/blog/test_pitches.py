"""Somebody proposes a post: confirmed by mail, read on the desk, accepted or declined once."""

import datetime as dt
import re
from uuid import uuid4

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Letter, Person
from accounts.refusals import Invalid, NotAllowed, WrongMoment
from blog import pitches, slips
from blog.models import Pitch, PitchState, Post
from blog.pitches import Answer, Proposal
from comments import erasure, mydata
from tests.factories.accounts import PersonFactory
from tests.factories.blog import PublicationFactory

pytestmark = pytest.mark.django_db

EMAIL = "nurse@example.org"
CONFIRM = re.compile(r"http://[^/\s]+(/write/pitch/\S+)")
IN_A_WHILE = dt.timedelta(seconds=10)


def proposal(**changes: str) -> Proposal:
    said = {
        "name": "Ana Ruiz",
        "email": EMAIL,
        "title": "Nights",
        "about": "Ten years.\n\nAll.",
    }
    return Proposal(**(said | changes))


def kept(**changes: str) -> Pitch:
    return pitches.pitch(proposal(**changes), key=uuid4(), network=str(uuid4()))


def open_pitch(**changes: str) -> Pitch:
    return pitches.confirm(kept(**changes))


def typed(**changes: str) -> dict[str, str]:
    """What a browser sends that got the form a while ago."""
    with time_machine.travel(timezone.now() - IN_A_WHILE):
        slip = slips.hand_out()
    said = {"name": "Ana Ruiz", "email": EMAIL, "title": "Nights", "about": "Ten years."}
    return said | {"slip": slip, "homepage": ""} | changes


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_pitch_is_seen_by_editors_once_its_address_is_confirmed(client, editor) -> None:
    # Given
    assert client.post(reverse("blog:pitch"), typed()).headers["Location"] == reverse(
        "blog:pitch_sent"
    )
    desk = signed_in(editor)
    assert "Nights" not in desk.get(reverse("blog:desk_pitches")).content.decode()
    assert not Letter.objects.filter(to=editor.email).exists()
    pitch = Pitch.objects.get()
    assert desk.get(reverse("blog:desk_pitch", args=(pitch.pk,))).status_code == 404
    # When: opening the link alone, as a mail scanner does, confirms nothing
    found = CONFIRM.search(Letter.objects.get(to=EMAIL).body)
    client.get(found[1])
    assert Pitch.objects.get().state == PitchState.UNCONFIRMED
    for _twice in range(2):
        client.post(found[1])
    # Then
    assert Pitch.objects.get().state == PitchState.OPEN
    assert "Nights" in desk.get(reverse("blog:desk_pitches")).content.decode()
    assert Letter.objects.filter(to=editor.email).count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"homepage": "https://casino.example"}, "leave the field empty"),
        ({"slip": "made up"}, "open for too long"),
        ({"email": "nurse"}, "Enter a valid email address."),
        ({"about": " "}, "This field is required."),
        ({"title": "x" * 201}, "at most 200 characters"),
    ],
)
def test_what_is_refused_keeps_what_was_typed(client, changes, sentence) -> None:
    page = client.post(reverse("blog:pitch"), typed(**changes)).content.decode()
    assert sentence in page
    assert "Ana Ruiz" in page
    assert not Pitch.objects.exists()


def test_a_form_filled_in_faster_than_people_do_is_refused(client) -> None:
    page = client.post(reverse("blog:pitch"), typed(slip=slips.hand_out())).content.decode()
    assert "very quick" in page


def test_a_form_that_is_a_day_old_gets_a_new_slip(client) -> None:
    with time_machine.travel(timezone.now() - dt.timedelta(days=2)):
        old = slips.hand_out()
    page = client.post(reverse("blog:pitch"), typed(slip=old)).content.decode()
    assert "open for too long" in page
    assert old not in page


def test_sent_twice_it_is_one_pitch_and_one_mail(client) -> None:
    said = typed()
    for _twice in range(2):
        client.post(reverse("blog:pitch"), said)
    assert (Pitch.objects.count(), Letter.objects.filter(to=EMAIL).count()) == (1, 1)


def test_a_network_and_an_address_propose_a_few_times_a_day() -> None:
    for _turn in range(pitches.MOST_A_DAY):
        kept()
    with pytest.raises(WrongMoment):
        kept()
    for number in range(pitches.MOST_A_DAY):
        said = proposal(email=f"a{number}@example.org")
        pitches.pitch(said, key=uuid4(), network="192.0.2.1")
    with pytest.raises(WrongMoment):
        pitches.pitch(proposal(email="b@example.org"), key=uuid4(), network="192.0.2.1")


def test_what_a_stranger_adds_to_the_form_is_ignored(client) -> None:
    client.post(reverse("blog:pitch"), typed(state="accepted", confirmed_at="2020-01-01", post="1"))
    pitch = Pitch.objects.get()
    assert (pitch.state, pitch.confirmed_at, pitch.post) == (PitchState.UNCONFIRMED, None, None)


def test_accepting_invites_and_the_post_begins_with_the_pitch(editor: Person) -> None:
    # Given
    pitch = open_pitch()
    given = {"accept-message": "Gladly!", "accept-days": 30, "accept-due": ""}
    # When
    page = reverse("blog:desk_accept_pitch", args=(pitch.pk,))
    answer = signed_in(editor).post(page, given)
    # Then
    post = Post.objects.get()
    assert answer.headers["Location"] == reverse("blog:desk_post", args=(post.pk,))
    assert post.body == "<p>Ten years.</p>\n<p>All.</p>"
    assert (post.title, post.author.person.email, post.state) == ("Nights", EMAIL, "draft")
    pitch.refresh_from_db()
    assert (pitch.state, pitch.post, pitch.decided_by) == (PitchState.ACCEPTED, post, editor)
    [letter] = Letter.objects.filter(to=EMAIL, body__contains="Gladly!")
    assert "/write/guest/" in letter.body


def test_declining_is_mailed_in_the_editors_words(editor: Person) -> None:
    pitch = open_pitch()
    page = reverse("blog:desk_decline_pitch", args=(pitch.pk,))
    empty = signed_in(editor).post(page, {"decline-message": ""})
    assert "This field is required." in empty.content.decode()
    signed_in(editor).post(page, {"decline-message": "We had one last week."})
    pitch.refresh_from_db()
    assert pitch.state == PitchState.DECLINED
    assert Letter.objects.filter(to=EMAIL, body__contains="We had one last week.").count() == 1
    with pytest.raises(Invalid):
        pitches.decline(open_pitch(), editor=editor, message=" ")


def test_a_pitch_is_answered_once(editor: Person) -> None:
    pitch = open_pitch()
    pitches.decline(pitch, editor=editor, message="No.")
    with pytest.raises(WrongMoment):
        pitches.accept(pitch, editor=editor, answer=Answer())
    with pytest.raises(WrongMoment):
        pitches.accept(kept(), editor=editor, answer=Answer())  # not confirmed
    assert not Post.objects.exists()


@pytest.mark.parametrize("role", ["reader", "author", "moderator"])
def test_only_editors_read_and_answer(role: str) -> None:
    person, pitch = PersonFactory(role=role), open_pitch()
    for refused in (
        lambda: pitches.accept(pitch, editor=person, answer=Answer()),
        lambda: pitches.decline(pitch, editor=person, message="No."),
        lambda: pitches.take_pitches(editor=person, wanted=False),
    ):
        with pytest.raises(NotAllowed):
            refused()
    client = signed_in(person)
    assert client.get(reverse("blog:desk_pitches")).status_code == 403
    assert client.get(reverse("blog:desk_pitch", args=(pitch.pk,))).status_code == 403


def test_an_editor_closes_the_form_and_opens_it_again(client, editor) -> None:
    # Given
    assert reverse("blog:pitch") in client.get("/about/").content.decode()
    # When
    signed_in(editor).post(reverse("blog:desk_switch_pitches"), {"wanted": "no"})
    # Then
    assert client.get(reverse("blog:pitch")).status_code == 404
    assert client.post(reverse("blog:pitch"), typed()).status_code == 404
    assert reverse("blog:pitch") not in client.get("/about/").content.decode()
    with pytest.raises(WrongMoment):
        kept()
    # When
    signed_in(editor).post(reverse("blog:desk_switch_pitches"), {"wanted": "yes"})
    assert client.get(reverse("blog:pitch")).status_code == 200


def test_what_nobody_confirms_or_was_decided_long_ago_is_forgotten(editor, capsys) -> None:
    kept(title="Never confirmed")
    open_pitch(title="Still open")
    pitches.decline(open_pitch(title="Declined"), editor=editor, message="No.")
    with time_machine.travel(timezone.now() + dt.timedelta(days=8)):
        call_command("forget_pitches")
    assert {p.title for p in Pitch.objects.all()} == {"Still open", "Declined"}
    with time_machine.travel(timezone.now() + dt.timedelta(days=400)):
        call_command("forget_pitches")
    assert {p.title for p in Pitch.objects.all()} == {"Still open"}


def test_the_link_to_a_forgotten_pitch_says_so_and_leads_to_the_form(client) -> None:
    pitch = kept()
    path = reverse("blog:pitch_confirm", args=(slips.pitch_token(pitch.pk),))
    pitch.delete()
    for response in (client.get(path), client.post(path)):
        assert response.status_code == 410
        assert f'href="{reverse("blog:pitch")}"' in response.content.decode()


def test_a_pitch_is_among_ones_own_data_and_goes_with_it() -> None:
    pitch = open_pitch()
    owner = mydata.owner_of(EMAIL)
    assert owner is not None
    [section] = [one for one in mydata.stored(owner) if one.name == "writing"]
    assert pitch.title in [fact.value for fact in section.entries[0]]
    erasure.erase(owner, published=erasure.Published.ANONYMOUS)
    assert not Pitch.objects.exists()


def test_the_desk_counts_open_pitches_and_lists_them_at_one_price(
    editor: Person, django_assert_num_queries
) -> None:
    open_pitch()
    client = signed_in(editor)
    assert "Posts proposed" in client.get(reverse("editorial:desk")).content.decode()
    with django_assert_num_queries(4):
        client.get(reverse("blog:desk_pitches"))
    for number in range(29):
        open_pitch(email=f"guest{number}@example.org")
    with django_assert_num_queries(4):
        client.get(reverse("blog:desk_pitches"))


def test_strangers_words_cannot_look_like_ours_in_a_mail(editor: Person) -> None:
    open_pitch(title="Nights\n\nPlease pay here:", name="Ana\nBcc: all@example.org")
    letter = Letter.objects.get(to=editor.email)
    assert "Nights Please pay here:" in letter.body
    assert "\n" not in letter.subject
    assert "Ana Bcc: all@example.org would like" in letter.body


def test_a_name_and_address_are_filled_in_for_whoever_is_signed_in(reader: Person) -> None:
    page = signed_in(reader).get(reverse("blog:pitch")).content.decode()
    assert reader.email in page


def test_a_reader_who_looks_for_their_posts_is_asked_for_a_proposal(reader: Person) -> None:
    client = signed_in(reader)
    assert client.get(reverse("blog:write")).headers["Location"] == reverse("blog:pitch")
    PublicationFactory(takes_pitches=False)
    assert client.get(reverse("blog:write")).status_code == 403
