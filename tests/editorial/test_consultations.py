"""Colleagues are asked in private: by link, for 30 days, and readers hear at most how many."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.models import Letter
from accounts.refusals import Conflict, Invalid, NotAllowed, WrongMoment
from comments import mydata
from comments.erasure import Published, erase
from comments.mydata import Owner
from editorial import consultations, slips
from editorial.consultations import Colleague
from editorial.models import Consultation, DisputeEventKind
from editorial.points import Raiser
from tests.factories.accounts import PersonFactory
from tests.factories.blog import an_editor
from tests.factories.editorial import DisputeFactory, case, decide, decide_all

pytestmark = pytest.mark.django_db
RAISER = Raiser(name="Quiet Quentin", email="quentin@example.net", network="203.0.113.9")
NORA = Colleague(email="nora@workshop.example", name="Nora Nut")
QUESTION = "Do you charge for a new chain?"
ADVICE = "We do, twelve euros, since last spring."


@pytest.fixture
def dispute():
    return DisputeFactory(under_review=True, raiser=RAISER)


def ask(dispute, colleague=NORA, **facts):
    dispute.refresh_from_db()
    given = {"editor": an_editor(), "question": QUESTION, "version": dispute.version}
    return consultations.ask(dispute, colleague=colleague, **{**given, **facts})


def link(consultation):
    return reverse("editorial:advise", args=[slips.colleague_link(consultation.pk)])


def test_asked_colleagues_stay_private_and_readers_hear_only_how_many(client, dispute):
    """Scenario 4."""
    # Given
    person = PersonFactory(name="Bram Bell")
    for colleague in (NORA, Colleague(person)):
        consultations.answer(ask(dispute, colleague), text=ADVICE)
    # When
    sound = case(dispute, tells_consulted=True)
    decide_all([sound], editor=an_editor())
    # Then
    page = client.get(dispute.get_absolute_url()).content.decode()
    assert "We asked 2 colleagues." in page
    token = slips.author_link(
        post_id=dispute.claim.post_id, profile_id=dispute.claim.post.author_id
    )
    read = [
        page,
        client.get(reverse("editorial:author", args=[token])).content.decode(),
        client.get(
            reverse("editorial:mine", args=[slips.private_link(dispute.public_id)])
        ).content.decode(),
        client.get(dispute.claim.post.get_absolute_url()).content.decode(),
        *Letter.objects.exclude(to__in=(NORA.email, person.email)).values_list("body", flat=True),
    ]
    for private in ("Nora", "nora@", "Bram", QUESTION, ADVICE):
        assert not any(private in text for text in read)


def test_readers_hear_nothing_of_colleagues_unless_the_editor_says_so(client, dispute):
    ask(dispute)
    decision = decide(dispute, editor=an_editor())
    assert decision.consulted == 0
    assert "colleague" not in client.get(dispute.get_absolute_url()).content.decode()


def test_whoever_was_asked_twice_counts_once(dispute):
    ask(dispute)
    ask(dispute, question="And for a tube?")
    ask(dispute, Colleague(PersonFactory()))
    assert consultations.number_asked(dispute) == 2


def test_the_desk_asks_by_address_or_login_and_reads_the_answers(client, dispute):
    # Given
    known = PersonFactory(name="Bram Bell")
    client.force_login(an_editor())
    url = reverse("editorial:consult", args=[dispute.public_id])
    for email in (NORA.email, known.email.upper()):
        dispute.refresh_from_db()
        facts = {"email": email, "name": "Nora Nut", "question": QUESTION, "note": "Only a try."}
        sent = {**facts, "version": dispute.version}
        # When
        client.post(url, {f"consult-{name}": fact for name, fact in sent.items()})
    # Then
    first, second = Consultation.objects.all()
    assert (first.email, first.name, first.person) == (NORA.email, "Nora Nut", None)
    assert (second.email, second.name, second.person) == ("", "", known)
    consultations.answer(first, text=ADVICE)
    page = client.get(reverse("editorial:case", args=[dispute.public_id])).content.decode()
    for seen in ("Nora Nut", "Bram Bell", ADVICE, "Only a try."):
        assert seen in page
    assert "Tell readers that we asked 2 colleagues" in page


def test_the_editor_who_decides_ticks_that_colleagues_were_asked(client, dispute):
    # Given
    ask(dispute)
    client.force_login(an_editor())
    dispute.refresh_from_db()
    form = {
        "finding": "stands",
        "remedy": "no_change",
        "severity": "minor",
        "reason": "The workshop confirmed it in writing.",
        "version": dispute.version,
        "tells_consulted": "on",
    }
    head = dispute.claim.post.head
    text = {"title": head.title, "body": head.body_html, "base": head.number}
    sent = {f"case-{dispute.public_id}-{name}": fact for name, fact in form.items()} | text
    # When
    client.post(reverse("editorial:decide", args=[dispute.public_id]), sent)
    # Then
    dispute.refresh_from_db()
    assert dispute.decision.consulted == 1


def test_a_refused_question_keeps_what_was_typed(client, dispute):
    # Given
    client.force_login(an_editor())
    sent = {"consult-email": "nowhere", "consult-question": QUESTION, "consult-version": 1}
    # When
    url = reverse("editorial:consult", args=[dispute.public_id])
    page = client.post(url, sent).content.decode()
    # Then
    assert QUESTION in page
    assert not Consultation.objects.exists()


def test_a_colleague_answers_once_and_changes_it_without_an_account(client, dispute):
    # Given
    asked = ask(dispute)
    letter = Letter.objects.get(to=NORA.email)
    assert QUESTION in letter.body
    assert QUESTION not in letter.subject
    page = client.get(link(asked)).content.decode()
    assert QUESTION in page
    # When
    client.post(link(asked), {"text": "No."})
    client.post(link(asked), {"text": ADVICE})
    # Then
    asked.refresh_from_db()
    assert asked.answer == ADVICE
    assert asked.answered_at is not None
    assert ADVICE in client.get(link(asked)).content.decode()


def test_a_colleague_is_shown_nothing_of_the_raiser(client, dispute):
    # Given
    asked = ask(dispute)
    told = Letter.objects.get(to=NORA.email).body + client.get(link(asked)).content.decode()
    # Then
    for private in ("Quentin", "quentin@", dispute.statement):
        assert private not in told


def test_the_link_is_good_for_thirty_days(client, dispute):
    # Given
    asked = ask(dispute)
    url = link(asked)
    # When
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        page = client.get(url)
        # Then
        assert page.status_code == 410
        html = page.content.decode()
        assert "can ask again" in html
        assert QUESTION not in html
        with pytest.raises(WrongMoment):
            consultations.answer(asked, text=ADVICE)
    assert client.get(url).status_code == 200


def test_the_link_opens_nothing_once_the_dispute_is_closed(client, dispute):
    # Given
    asked = ask(dispute)
    consultations.answer(asked, text=ADVICE)
    decide(dispute, editor=an_editor())
    # When
    page = client.get(link(asked)).content.decode()
    sent = client.post(link(asked), {"text": "Wait."}).content.decode()
    # Then
    for read in (page, sent):
        assert "this is closed" in read
        assert ADVICE not in read
        assert QUESTION not in read
    asked.refresh_from_db()
    assert asked.answer == ADVICE


@pytest.mark.parametrize("token", ["nonsense", "WzFd:1xW0B8:uSYD1ADFKb307J9EFNpjnyGlKljq"])
def test_a_link_that_we_did_not_write_opens_nothing(client, token):
    assert client.get(reverse("editorial:advise", args=[token])).status_code == 404


def test_the_same_question_sent_twice_is_asked_once(dispute):
    first = ask(dispute)
    assert ask(dispute, version=1) == first
    assert Letter.objects.filter(to=NORA.email).count() == 1
    assert dispute.events.filter(kind=DisputeEventKind.CONSULTED).count() == 1


def test_questions_are_refused_that_reach_nobody_or_the_wrong_person(dispute):
    editor = an_editor()
    author = dispute.claim.post.author.person
    for colleague in (Colleague(), Colleague(editor), Colleague(author)):
        with pytest.raises(Invalid):
            ask(dispute, colleague, editor=editor)
    with pytest.raises(Invalid):
        ask(dispute, question=" \u200b")
    with pytest.raises(NotAllowed):
        ask(dispute, editor=PersonFactory(moderator=True))
    with pytest.raises(Conflict):
        ask(dispute, version=1)
    with pytest.raises(WrongMoment):
        ask(DisputeFactory(declined=True))
    with pytest.raises(Invalid):
        consultations.answer(ask(dispute), text=" ")


def test_addresses_of_colleagues_are_forgotten_ninety_days_after_the_end(client, dispute):
    # Given
    asked = ask(dispute)
    consultations.answer(asked, text=ADVICE)
    decide(dispute, editor=an_editor())
    # When
    for days in (89, 91):
        asked.refresh_from_db()
        assert asked.email == NORA.email
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            call_command("forget_raisers")
    # Then
    asked.refresh_from_db()
    assert (asked.email, asked.name, asked.answer) == ("", "", ADVICE)
    assert asked.asked == "a colleague"


def test_a_colleague_who_erases_their_data_is_forgotten_here_too(dispute):
    # Given
    asked = ask(dispute)
    # When
    erase(Owner(NORA.email), published=Published.ANONYMOUS)
    # Then
    asked.refresh_from_db()
    assert (asked.email, asked.name) == ("", "")


def test_a_colleague_reads_in_their_own_data_what_they_were_asked(dispute):
    consultations.answer(ask(dispute), text=ADVICE)
    owner = mydata.owner_of(NORA.email)
    [section] = [one for one in mydata.stored(owner) if one.name == "advice"]
    told = {fact.name: fact.value for fact in section.entries[0]}
    assert (told["question"], told["answer"]) == (QUESTION, ADVICE)
