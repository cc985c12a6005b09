"""The desk of disputes in a browser: by few keys, by two editors at once, without JavaScript."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts.models import Person
from blog.models import Mark, Notice, NoticeState, Post
from comments.models import PostComment, Voice
from editorial import disputes
from editorial.models import Decision, Dispute, DisputeState, FollowUp, Remedy
from tests.browser.conftest import sign_in
from tests.browser.test_accessible import violations
from tests.factories.comments import PostCommentFactory
from tests.factories.editorial import (
    APPOINTMENT,
    PARTS,
    PRACTICE,
    DisputeFactory,
    WorkshopPostFactory,
    point,
)

EDITOR = "editor@example.org"
GO_ON = "Control+Enter"
SAID = (
    ("On Saturdays you do need an appointment.", APPOINTMENT, "Some days need an appointment."),
    ("New parts are charged.", PARTS, "New parts are charged."),
    ("Two of the mechanics began last year.", PRACTICE, "Not all have long practice."),
)
COMMENT = "Good post, but:\n\n" + "\n".join(
    f"{number}. {said}" for number, (said, _words, _summary) in enumerate(SAID, 1)
)


class Keyboard:
    """Counts what is pressed; texts are put in as if they were pasted."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def write(self, text: str) -> None:
        self.page.keyboard.insert_text(text)


@pytest.fixture
def post(site: str) -> Post:
    return WorkshopPostFactory()


@pytest.fixture
def comment(post: Post) -> PostComment:
    return PostCommentFactory(post=post, text=COMMENT, published=True)


@pytest.fixture
def three(comment: PostComment) -> list[Dispute]:
    said = [point(words, quote=quote, summary=summary) for quote, words, summary in SAID]
    editor = Person.objects.get(email=EDITOR)
    return disputes.open_from_comment(comment, editor=editor, said=said)


def case_of(dispute: Dispute, *others: Dispute) -> str:
    along = "&".join(f"with={other.public_id}" for other in others)
    return f"/desk/disputes/{dispute.public_id}/?{along}"


def box(page: Page, number: int):
    return page.locator("remedy-choice").nth(number)


def field(page: Page, dispute: Dispute, name: str):
    return page.locator(f"[name=case-{dispute.public_id}-{name}]")


def test_three_claims_of_a_comment_are_decided_with_at_most_25_keys(
    page: Page, post: Post, comment: PostComment
):
    """Scenarios 1, 5, 6 and 7, by keyboard alone."""
    # Given a comment with three numbered points that has just arrived
    sign_in(page, EDITOR)
    page.goto(f"/desk/comments/?list=published&post={post.pk}")
    expect(page.locator(f"#comment-{comment.pk}")).to_be_focused()
    keys = Keyboard(page)
    # When each point is put at its passage
    keys.press("c")
    for row, (_quote, words, summary) in enumerate(SAID):
        expect(page.locator(f"[name=form-{row}-words]")).to_be_focused()
        keys.write(words)
        keys.press(GO_ON)
        keys.write(summary)
        keys.press(GO_ON)
    page.wait_for_url("**/desk/disputes/")
    one, two, three = Dispute.objects.filter(source_comment=comment).order_by("pk")
    keys.press("j", "Enter")
    page.wait_for_url(f"**{case_of(one).rstrip('?')}")
    keys.press("x")
    page.wait_for_url("**with=**")
    # and the first is reworded
    expect(box(page, 0)).to_be_focused()
    keys.press("l")
    keys.write("Saturdays need one")
    keys.press("Escape", "w")
    expect(page.locator(".editor__text")).to_be_focused()
    keys.write("You do not need an appointment, except on Saturdays")
    # and the second gets a note
    keys.press(GO_ON)
    expect(box(page, 1)).to_be_focused()
    keys.press("l")
    keys.write("new parts are charged")
    keys.press("Tab")
    keys.write("Used parts are free; please ask for the price of new ones.")
    # and the third stands, with a promise and an answer to all
    keys.press(GO_ON)
    expect(box(page, 2)).to_be_focused()
    keys.press("s")
    keys.write("We asked the workshop: eight of ten have more than twenty years.")
    keys.press("Escape", "f", "t")
    keys.write("Thank you. Two points are clarified; we keep the third and will write more.")
    keys.press(GO_ON)
    page.wait_for_url("**/desk/disputes/decided/*/")
    # Then
    assert keys.pressed <= 25
    made = {one.disputes.get(): one for one in Decision.objects.filter(disputes__claim__post=post)}
    assert [made[d].remedy for d in (one, two, three)] == [
        Remedy.CLARIFICATION,
        Remedy.CLARIFICATION,
        Remedy.NO_CHANGE,
    ]
    reworded = "You do not need an appointment, except on Saturdays"
    assert made[one].notice.after.startswith(reworded)
    assert "without saying that Saturdays need one." in made[one].notice.text
    assert FollowUp.objects.promised().filter(claim=three.claim).exists()
    answer = PostComment.objects.get(in_reply_to=comment)
    assert (answer.voice, answer.comment[:10]) == (Voice.OFFICIAL, "Thank you.")
    # And readers see it
    page.goto(post.get_absolute_url())
    expect(page.locator(".mark-ref[data-state=clarified]")).to_have_count(2)
    expect(page.locator(".mark-ref[data-state=disputed]")).to_have_count(0)
    expect(page.locator(".note")).to_contain_text("Used parts are free")
    expect(page.get_by_text("Checked, not changed: 1 statement")).to_be_visible()


def test_everything_is_previewed_published_and_taken_back_by_keys(page: Page, three):
    # Given
    dispute = three[1]
    sign_in(page, EDITOR)
    page.goto(case_of(dispute))
    expect(box(page, 0)).to_be_focused()
    # When
    page.keyboard.press("c")
    page.keyboard.insert_text("New parts are charged.")
    page.keyboard.press("Escape")
    page.keyboard.press("w")
    page.keyboard.insert_text("Used parts cost nothing extra")
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    # Then
    foreseen = page.locator("#foreseen section").first
    expect(foreseen).to_be_focused()
    expect(foreseen).to_contain_text("[corrected]")
    expect(foreseen).to_contain_text("The author")
    expect(page.locator("#difference ins").first).to_contain_text("Used parts")
    assert Notice.objects.filter(post=dispute.claim.post).count() == 0
    assert violations(page) == []
    # When
    expect(page.locator("[data-result]")).to_have_text("Publish the correction")
    page.keyboard.press(GO_ON)
    page.wait_for_url("**/desk/disputes/decided/*/")
    assert Notice.objects.get(post=dispute.claim.post).state == NoticeState.PUBLISHED
    assert violations(page) == []
    page.keyboard.press("u")
    # Then
    expect(page.locator(".alert", has_text="nobody was told")).to_be_visible()
    dispute.refresh_from_db()
    assert dispute.state == DisputeState.UNDER_REVIEW
    assert dispute.claim.passages.get().mark == Mark.DISPUTED
    assert Notice.objects.get(post=dispute.claim.post).state == NoticeState.TAKEN_BACK


def test_an_error_cannot_be_called_a_clarification(page: Page, plain_page: Page, three):
    """Scenario 9."""
    # Given
    dispute = three[1]
    sign_in(page, EDITOR)
    page.goto(case_of(dispute))
    # Then only what is honest is offered
    page.locator(f"[name=case-{dispute.public_id}-finding][value=inaccurate]").check()
    remedy = f"[name=case-{dispute.public_id}-remedy]"
    expect(page.locator(f"{remedy}[value=clarification]")).to_be_disabled()
    # When it is sent all the same, without scripts
    sign_in(plain_page, EDITOR)
    plain_page.goto(case_of(dispute))
    plain_page.locator(f"[name=case-{dispute.public_id}-finding][value=inaccurate]").check()
    plain_page.locator(f"{remedy}[value=clarification]").check()
    field(plain_page, dispute, "notice").fill("New parts are charged.")
    words = plain_page.locator("textarea[name=body]")
    words.fill(words.input_value().replace(PARTS, "Used parts are free"))
    plain_page.get_by_role("button", name="Preview").click()
    # Then
    expect(plain_page.locator(".refused")).to_contain_text("called a correction")
    assert Decision.objects.filter(disputes=dispute).count() == 0
    # When
    plain_page.locator(f"{remedy}[value=correction]").check()
    plain_page.get_by_role("button", name="Preview").click()
    expect(plain_page.locator("#foreseen")).to_contain_text("[corrected]")
    plain_page.locator("[data-result]").click()
    # Then
    assert Decision.objects.get(disputes=dispute).remedy == Remedy.CORRECTION
    plain_page.get_by_role("button", name="Undo").click()
    expect(plain_page.locator(".alert", has_text="nobody was told")).to_be_visible()


def test_the_second_of_two_editors_keeps_the_draft_and_sees_both_texts(
    browser: Browser, site: str, page: Page, three
):
    """Scenario 31."""
    # Given both have the same dispute open
    dispute = three[1]
    other_context = browser.new_context(base_url=site)
    other = other_context.new_page()
    for one, address in ((page, EDITOR), (other, "publisher@example.org")):
        sign_in(one, address)
        one.goto(case_of(dispute))
        expect(box(one, 0)).to_be_focused()
    # When
    for one, words in ((other, "Used parts are free"), (page, "Nothing is charged for old parts")):
        one.keyboard.press("c")
        one.keyboard.insert_text(f"It is so: {words}.")
        one.keyboard.press("Escape")
        one.keyboard.press("w")
        one.keyboard.insert_text(words)
    other.keyboard.press(GO_ON)
    other.wait_for_url("**/desk/disputes/decided/*/")
    with page.expect_response(re.compile("/decide/$")) as answered:
        page.keyboard.press(GO_ON)
    # Then
    assert answered.value.status == 409
    clash = page.locator(".clash")
    expect(clash).to_contain_text("Used parts are free")
    expect(clash).to_contain_text("Nothing is charged for old parts")
    expect(clash).to_contain_text("It is so: Nothing is charged")
    assert Decision.objects.filter(disputes=dispute).count() == 1
    assert Notice.objects.filter(post=dispute.claim.post).count() == 1
    other_context.close()


def test_letters_are_letters_in_fields_and_can_be_switched_off(page: Page, three):
    # Given
    dispute = three[0]
    sign_in(page, EDITOR)
    page.goto(case_of(dispute))
    expect(box(page, 0)).to_be_focused()
    # When
    page.keyboard.press("Control+l")
    field(page, dispute, "reason").click()
    page.keyboard.type("clnsp?")
    # Then
    expect(field(page, dispute, "reason")).to_have_value("clnsp?")
    expect(page.locator("input:checked[name$='-remedy']")).to_have_count(0)
    # When
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    # Then
    expect(page.locator("dialog")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("l")
    expect(page.locator("input:checked[name$='-remedy']")).to_have_count(0)
    # When
    Person.objects.filter(email=EDITOR).update(uses_keys=False)
    page.goto(case_of(dispute))
    page.keyboard.press("l")
    # Then
    expect(page.locator("[data-help]")).to_have_count(0)
    expect(page.locator("input:checked[name$='-remedy']")).to_have_count(0)


def test_a_report_is_taken_up_or_decided_at_once_by_keys(page: Page, post: Post):
    # Given
    taken_up, at_once = DisputeFactory(post=post), DisputeFactory(post=post, words=PRACTICE)
    sign_in(page, EDITOR)
    # When
    page.goto(case_of(taken_up))
    page.keyboard.press("a")
    page.keyboard.insert_text("The workshop charges for new parts.")
    page.keyboard.press(GO_ON)
    # Then
    expect(box(page, 0)).to_be_visible()
    taken_up.refresh_from_db()
    assert taken_up.state == DisputeState.UNDER_REVIEW
    # When
    page.goto(case_of(at_once))
    page.keyboard.press("s")
    # Then what was folded away is open, with the cursor in the reason
    expect(field(page, at_once, "reason")).to_be_focused()
