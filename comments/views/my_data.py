"""What is stored about oneself: asked for by mail, read, taken along, erased."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.addresses import client_network
from accounts.models import Person
from comments import erasure, mydata
from comments.erasure import Published, TooManyRequests
from comments.my_data_forms import AddressForm, ErasureForm
from comments.mydata import Owner


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Whose data; the answer is the same whether anything is stored or not."""
    form, status = AddressForm(request.POST or None), 200
    try:
        if form.is_valid():
            network = client_network(request) or "unknown"
            erasure.ask(form.cleaned_data["email"], network=network)
            return redirect(f"{reverse('comments:my_data')}?sent")
    except TooManyRequests as refusal:
        form.add_error(None, refusal.sentence)
        status = 429
    needs = {"form": form, "sent": "sent" in request.GET, "token": _own_token(request)}
    return render(request, "comments/my_data_ask.html", needs, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def data(request: HttpRequest, token: str) -> HttpResponse:
    """All of it on one page, and, by POST, no more of it."""
    owner = _owner(token)
    form = ErasureForm(request.POST or None)
    if form.is_valid():
        choice = Published(form.cleaned_data["published"])
        needs = {"erased": erasure.erase(owner, published=choice), "choice": choice.value}
        return _private(render(request, "comments/my_data_erased.html", needs))
    needs = {"owner": owner, "sections": mydata.stored(owner), "form": form, "token": token}
    return _private(render(request, "comments/my_data.html", needs))


@never_cache
@require_safe
def as_json(request: HttpRequest, token: str) -> HttpResponse:
    """For machines, as a file."""
    stored = mydata.as_json(mydata.stored(_owner(token)))
    options = {"indent": 2, "ensure_ascii": False}
    return _file(JsonResponse(stored, json_dumps_params=options), "json")


@never_cache
@require_safe
def as_html(request: HttpRequest, token: str) -> HttpResponse:
    """For people, as a file that needs nothing else."""
    needs = {"sections": mydata.stored(_owner(token)), "at": timezone.now()}
    return _file(HttpResponse(render_to_string("comments/my_data_file.html", needs)), "html")


def _owner(token: str) -> Owner:
    owner = mydata.unseal(token)
    if owner is None:
        raise Http404
    return owner


def _own_token(request: HttpRequest) -> str:
    """Whoever is signed in has proved the address."""
    person = request.user
    return mydata.seal(Owner(person.email, person)) if isinstance(person, Person) else ""


def _file(response: HttpResponse, ending: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="my-data.{ending}"'
    return _private(response)


def _private(response: HttpResponse) -> HttpResponse:
    """Its address is a secret; "no-referrer" would make browsers post forms from nowhere."""
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"
    return response
