"""Images in a text: put in with what they show, and described where that is missing.

It is the writer's own text that changes, so `workflow.write` decides who may and when.
"""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Invalid
from accounts.roles import is_editor
from blog import workflow
from blog.models import Image, Post
from blog.pictures import Said, figure, uses_in, with_descriptions


def may_put(post: Post, person: Person) -> bool:
    """Whether this person may change the working text now; needs `author` loaded."""
    is_theirs = post.state in workflow.AUTHOR_WRITES_IN and workflow.is_own(post, person)
    return is_editor(person) or is_theirs


@transaction.atomic
def put(image: Image, *, into: Post, by: Person, said: Said, version: int) -> Post:
    """Set the image at the end of the working text, with its words for this use."""
    if not said.is_decorative and not said.description.strip():
        raise Invalid(_("Please say what the picture shows, or that it only decorates."))
    html = figure(image.get_absolute_url(), said)
    return _write(into, by, f"{into.body}\n{html}".strip(), version)


@transaction.atomic
def describe(post: Post, *, by: Person, said: Sequence[Said], version: int) -> Post:
    """Say of each use of an image in the working text what it shows, in reading order."""
    if len(said) != len(list(uses_in(post.body))):
        raise Invalid(_("The text has other pictures now. Look at them again."))
    return _write(post, by, with_descriptions(post.body, said), version)


def _write(post: Post, by: Person, body: str, version: int) -> Post:
    draft = workflow.Draft(title=post.title, summary=post.summary, body=body)
    return workflow.write(post, by=by, draft=draft, version=version)
