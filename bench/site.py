"""The site that is measured: the demo's posts, and three posts with discussions of known size."""

from django.core.management import call_command
from django.db import transaction

from accounts.models import Person, Profile
from blog import publishing, workflow
from blog.models import Post
from comments import fragments, markdown
from comments.models import CommentState, PostComment

REPLIES = 4  # to each thread's first comment: two beside each other, two deeper
PARAGRAPH = (
    "The gauge drops in before you hear anything, so measure at the same three links *every* "
    "month and write the figure on the frame with a pencil. It takes a minute.\n\n"
)


def build(sizes: dict[str, int]) -> dict[str, str]:
    """Fill an empty database; returns the address of a post for each name in `sizes`."""
    call_command("migrate", verbosity=0)
    call_command("load_demo", verbosity=0)
    editor = Person.objects.get(email="editor@example.org")
    model = Post.objects.published().order_by("-head__number", "pk").first()
    if model is None:
        raise RuntimeError("the demo has no post")
    addresses = {}
    for name, size in sizes.items():
        post = _post(name, model, editor)
        with transaction.atomic():
            _discuss(post, size)
        addresses[name] = post.get_absolute_url()
    return addresses


def _post(name: str, model: Post, editor: Person) -> Post:
    author = Profile.objects.get(pk=model.author_id)
    post = workflow.begin(author=author, by=editor, title=f"Bench {name}")
    draft = workflow.Draft(title=post.title, summary=model.summary, body=model.body)
    post = workflow.write(post, by=editor, draft=draft, version=post.version)
    post = workflow.accept(post, editor=editor)
    return publishing.publish(post, editor=editor)


def _discuss(post: Post, size: int) -> None:
    written = 0
    while written < size:
        first = _say(post, None, written)
        written += 1
        above = first
        for turn in range(min(REPLIES, size - written)):
            above = _say(post, first if turn < REPLIES // 2 else above, written)
            written += 1


def _say(post: Post, answered: PostComment | None, number: int) -> PostComment:
    comment = PostComment(
        post=post,
        in_reply_to=answered,
        user_name=f"Reader {number}",
        user_email=f"reader{number}@example.org",
        comment=PARAGRAPH,
        html=markdown.render(PARAGRAPH),
    )
    comment.save()
    comment.state = CommentState.PUBLISHED
    fragments.draw(comment)
    comment.save()
    return comment
