"""The author answers by a personal link; editors offer a wording, or pass an answer on."""

from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import AuthedRequest, editors_only
from accounts.refusals import Refusal
from blog.models import Post
from blog.views.answers import attempt
from editorial import replies, slips, wishes
from editorial.forms.hearing import AskForm, Hearing, PassOnForm, ProposeForm, ReplyForm
from editorial.forms.lifecycle import AgainForm
from editorial.models import Dispute
from editorial.views.casework import find, show


def _post(token: str) -> tuple[Post, bool]:
    """The post that this author's link was made for, and whether the link is too old by now.

    To anybody else it does not exist.
    """
    opened = slips.whose_post(token)
    if opened is None:
        raise Http404
    pk, author = opened.ids
    posts = Post.objects.select_related("head", "author__person").defer("body")
    return get_object_or_404(posts, pk=pk, author=author), opened.is_old


def _too_old(request: HttpRequest, token: str) -> HttpResponse:
    needs = {"whose": "author", "days": settings.AUTHOR_LINK_DAYS, "token": token}
    return render(request, "editorial/link_too_old.html", needs, status=410)


def _forms(request: HttpRequest, post: Post) -> list[ReplyForm]:
    """A box for all that is under review, and for what was decided while it was filled in."""
    sent = {name.partition("-")[0] for name in request.POST}
    about = Dispute.objects.filter(claim__post=post)
    asked = about.filter(
        Q(pk__in=about.under_review()) | Q(public_id__in=sent, author_reply__isnull=False)
    )
    asked = asked.select_related("claim__post", "author_reply").oldest_first()
    asked = asked.prefetch_related("claim__passages")
    return [
        ReplyForm(
            request.POST if one.public_id in sent else None,
            dispute=one,
            kept=getattr(one, "author_reply", None),
        )
        for one in asked
    ]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def author(request: HttpRequest, token: str) -> HttpResponse:
    """What is questioned in a post, with a box for each; nothing tells who questioned it."""
    post, is_old = _post(token)
    if is_old:
        return _too_old(request, token)
    forms = _forms(request, post)
    if request.method == "POST" and _keep(forms, post):
        messages.success(request, _("Your answer is kept. You can change it until it is decided."))
        return redirect("editorial:author", token=token)
    return _show(request, post, token, forms)


def _show(
    request: HttpRequest,
    post: Post,
    token: str,
    forms: list[ReplyForm],
    *,
    again: AgainForm | None = None,
) -> HttpResponse:
    """The page, with a form at each decision to be asked about, or the one that was refused."""
    decided = Dispute.objects.filter(claim__post=post).public().exclude(decision=None)
    decided = decided.select_related("claim__post__author__person", "decision__notice")
    listed = [(one, _again_at(one, again)) for one in decided.order_by("-closed_at", "-pk")]
    facts = {"post": post, "token": token, "forms": forms, "decided": listed}
    return render(request, "editorial/author.html", facts)


def _again_at(dispute: Dispute, refused: AgainForm | None) -> AgainForm | None:
    prefix = f"again-{dispute.public_id}"
    if refused is not None and refused.prefix == prefix:
        return refused
    return AgainForm(prefix=prefix) if wishes.may_author_ask_to_reopen(dispute) else None


@never_cache
@require_POST
def author_again(request: HttpRequest, token: str, public_id: str) -> HttpResponse:
    """The author asks to open again what was decided about their post."""
    post, is_old = _post(token)
    if is_old:
        return _too_old(request, token)
    decided = Dispute.objects.filter(claim__post=post).public().exclude(decision=None)
    dispute = get_object_or_404(decided, public_id=public_id)
    form = AgainForm(request.POST, prefix=f"again-{public_id}")
    author = post.author.person
    if attempt(form, lambda: wishes.ask_as_author(dispute, author=author, **form.cleaned_data)):
        messages.success(request, _("Another look will be taken at it."))
        return redirect("editorial:author", token=token)
    return _show(request, post, token, _forms(request, post), again=form)


@never_cache
@require_POST
def author_link(request: HttpRequest, token: str) -> HttpResponse:
    """Mail the author a new link in the place of one that is too old."""
    post, _is_old = _post(token)
    replies.mail_link(post)
    messages.success(request, _("A new link is on its way to the author's address, if we have it."))
    return redirect("editorial:author", token=token)


def _keep(forms: list[ReplyForm], post: Post) -> bool:
    """Whether all that was said is kept; what is refused says why and stays as it was typed."""
    sent = [form for form in forms if form.is_bound]
    if sum(form.is_valid() for form in sent) < len(sent):  # each says what is wrong with it
        return False
    answers = [form for form in sent if not form.says_nothing]
    if sent and not answers:
        sent[0].ask_for_words()
    for form in answers:
        try:
            replies.reply(form.dispute, author=post.author.person, said=form.said())
        except Refusal as refusal:
            form.take(refusal)
    return not any(form.errors for form in sent)


@editors_only
@require_POST
def propose(request: AuthedRequest, public_id: str) -> HttpResponse:
    """Offer the author a wording."""
    dispute, form = find(public_id).dispute, ProposeForm(request.POST, prefix="propose")
    if attempt(form, lambda: replies.propose(dispute, editor=request.user, **form.cleaned_data)):
        return _done(request, public_id, _("The author can read and answer your wording."))
    return _again(request, public_id, propose=form)


@editors_only
@require_POST
def pass_on(request: AuthedRequest, public_id: str) -> HttpResponse:
    """Type in what the author answered another way."""
    dispute, form = find(public_id).dispute, PassOnForm(request.POST, prefix="pass-on")
    if attempt(form, lambda: replies.pass_on(dispute, editor=request.user, **form.given())):
        return _done(request, public_id, _("The author's answer is kept, as passed on by you."))
    return _again(request, public_id, pass_on=form)


@editors_only
@require_POST
def ask(request: AuthedRequest, public_id: str) -> HttpResponse:
    """Ask the author who was not asked yet, or who did not answer in time."""
    dispute, form = find(public_id).dispute, AskForm(request.POST, prefix="ask")
    if attempt(form, lambda: replies.invite(dispute, editor=request.user, **form.cleaned_data)):
        return _done(request, public_id, _("The author is asked, and has time to answer."))
    return _again(request, public_id, ask=form)


def _done(request: AuthedRequest, public_id: str, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("editorial:case", public_id=public_id)


def _again(request: AuthedRequest, public_id: str, **refused: Form) -> HttpResponse:
    """The screen once more, with the form that was refused and what was typed in it."""
    work = find(public_id)
    shown = Hearing(work.dispute)
    vars(shown).update(refused)
    return show(request, work, hearing=shown)
