"""The desk of comments: who else is here, and what they decided meanwhile."""

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import AuthedRequest, moderators_only
from comments import changes, lists, presence
from comments.changes import Change
from comments.paths import id_in
from comments.views.desk_answers import numbers


@moderators_only
@require_POST
def here(request: AuthedRequest) -> HttpResponse:
    """Say that one is here, and hear who else is."""
    presence.arrive(request.user)
    return JsonResponse({"names": presence.others(request.user)})


@moderators_only
@require_safe
def moved(request: AuthedRequest) -> HttpResponse:
    """What happened to comments after an event, and the numbers of the lists now."""
    after = id_in(request.GET.get("after", ""))
    found = changes.since(after)
    answer = {
        "changes": [_facts(change) for change in found.changes],
        "after": found.after,
        "numbers": numbers(lists.overview(request.user)),
    }
    return JsonResponse(answer)


def _facts(change: Change) -> dict[str, object]:
    words = {"who": change.who or _("The site"), "state": change.state.label}
    said = _("%(who)s moved this comment to “%(state)s”.")
    if change.was_kept:
        said = _("%(who)s looked at this comment and kept it.")
    facts = {"comment": change.comment, "state": change.state.value, "kept": change.was_kept}
    return {**facts, "said": said % words}
