"""What is kept once: the texts of the site, topics, and the bylines of people."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import AuthedRequest, authors_only, editors_only, publishers_only
from accounts.models import Person, Profile
from accounts.profiles import add_byline, byline_of, change_byline, known_byline
from blog import publication, richtext, topics
from blog.forms.site import BylineForm, PublicationForm, TopicForm
from blog.models import Publication, Topic
from blog.views.answers import attempt

GET_AND_POST = ["GET", "HEAD", "POST"]


@publishers_only
@require_http_methods(GET_AND_POST)
def site(request: AuthedRequest) -> HttpResponse:
    """Name, host and the texts that stand on many pages."""
    form = PublicationForm(request.POST or None, publication=_to_begin_with(request))
    if attempt(form, lambda: _set_texts(request, form)):
        messages.success(request, _("The texts of the site are saved."))
        return redirect("blog:desk_site")
    return render(request, "blog/desk/site.html", {"form": form})


def _set_texts(request: AuthedRequest, form: PublicationForm) -> Publication:
    reason = form.cleaned_data["reason"]
    return publication.set_texts(publisher=request.user, texts=form.texts(), reason=reason)


def _to_begin_with(request: AuthedRequest) -> Publication:
    """The texts as they are kept; if asked for, with the policy that we ship, to write on from."""
    site = publication.stored()
    if request.GET.get("begin") == "policy":
        site.policy_html = richtext.clean(render_to_string("blog/_policy.html"))
    return site


@editors_only
@require_http_methods(GET_AND_POST)
def topic_list(request: AuthedRequest) -> HttpResponse:
    """All topics, and the form that adds one."""
    form = TopicForm(request.POST or None)
    if attempt(form, lambda: topics.add(form.facts(), editor=request.user)):
        messages.success(request, _("The topic is added."))
        return redirect("blog:desk_topics")
    counted = Topic.objects.annotate(post_count=Count("posts"))
    return render(request, "blog/desk/topics.html", {"topics": counted, "form": form})


@editors_only
@require_http_methods(GET_AND_POST)
def topic(request: AuthedRequest, pk: int) -> HttpResponse:
    """Rename a topic or change what it asks for."""
    topic = get_object_or_404(Topic, pk=pk)
    form = TopicForm(request.POST or None, topic=topic)
    if attempt(form, lambda: topics.change(topic, editor=request.user, facts=form.facts())):
        messages.success(request, _("The topic is changed."))
        return redirect("blog:desk_topics")
    return render(request, "blog/desk/topic.html", {"topic": topic, "form": form})


@editors_only
@require_http_methods(GET_AND_POST)
def bylines(request: AuthedRequest) -> HttpResponse:
    """Everybody who signs, and the form that adds a guest without a login."""
    form = BylineForm(request.POST or None, may_link=True)
    editor = request.user
    if attempt(form, lambda: add_byline(form.byline(), editor=editor, person=form.person)):
        messages.success(request, _("The byline is added. Posts can be begun under it."))
        return redirect("blog:desk_bylines")
    profiles = Profile.objects.select_related("person").annotate(post_count=Count("posts"))
    return render(request, "blog/desk/bylines.html", {"profiles": profiles, "form": form})


@editors_only
@require_http_methods(GET_AND_POST)
def byline(request: AuthedRequest, pk: int) -> HttpResponse:
    """Change what any byline says, and whose it is."""
    profile = get_object_or_404(Profile.objects.select_related("person"), pk=pk)
    form = BylineForm(request.POST or None, profile=profile, may_link=True)
    facts = {"profile": profile, "form": form}
    if attempt(form, lambda: _change(profile, form, request.user)):
        messages.success(request, _("The byline is saved; it stands on all its posts."))
        return redirect("blog:desk_bylines")
    return render(request, "blog/desk/byline.html", facts)


def _change(profile: Profile, form: BylineForm, editor: Person) -> Profile:
    return change_byline(profile, by=editor, byline=form.byline(), person=form.person)


@authors_only
@require_http_methods(GET_AND_POST)
def own_byline(request: AuthedRequest) -> HttpResponse:
    """What an author's own byline says; the first time it is saved there is one."""
    person = request.user
    profile = known_byline(person)
    form = BylineForm(request.POST or None, profile=profile, name=person.name)
    if attempt(form, lambda: change_byline(byline_of(person), by=person, byline=form.byline())):
        messages.success(request, _("Your byline is saved; it stands on all your posts."))
        return redirect("blog:write")
    return render(request, "blog/write/byline.html", {"form": form})
