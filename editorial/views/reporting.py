"""A reader disputes a statement, and follows by a private link what becomes of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.addresses import client_ip, client_network
from accounts.models import Person
from accounts.refusals import Refusal
from blog.models import Post
from comments.discussion import Trail
from editorial import disputes, slips
from editorial.forms.report import Pointed, ReportForm
from editorial.limits import TooMany
from editorial.models import Dispute


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; sent well, it leads to a private page that says what happens now."""
    posts = Post.objects.published().select_related("head", "author")
    post = get_object_or_404(posts, slug=slug)
    form = _form(request, post)
    dispute, status = _raise(form, request)
    if dispute is not None:
        return redirect("editorial:mine", token=slips.private_link(dispute.public_id))
    return render(request, "editorial/report.html", {"post": post, "form": form}, status=status)


def _form(request: HttpRequest, post: Post) -> ReportForm:
    assert post.head is not None  # noqa: S101  a published post has a text
    person = request.user if isinstance(request.user, Person) else None
    pointed = Pointed.by(request.GET)
    data = request.POST or None
    return ReportForm(data, post=post, head=post.head, person=person, pointed=pointed)


def _raise(form: ReportForm, request: HttpRequest) -> tuple[Dispute | None, int]:
    """The dispute, or what to answer with; the form then says why."""
    if not form.is_valid() or form.paper is None:
        return None, 200
    try:
        return disputes.raise_dispute(
            form.post,
            raiser=form.raiser(client_network(request) or "unknown"),
            target=form.target(),
            objection=form.objection(),
            trail=_trail(request),
            form_key=form.paper.key,
            joins=form.joined,
        ), 303
    except TooMany as refusal:
        form.add_error(None, refusal.sentence)
        return None, 429
    except Refusal as refusal:
        form.take(refusal)
        return None, 200


def _trail(request: HttpRequest) -> Trail:
    return Trail(
        ip=client_ip(request),
        user_agent=request.headers.get("User-Agent", ""),
        referrer=request.headers.get("Referer", ""),
    )
