"""Posts of the demo that authors and editors are still at, and a series of those that are read."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from blog import draft_comments, draft_suggestions, scheduling, series, workflow
from blog.anchoring import Quote
from blog.models import Post
from config.demo.content import Table, table
from config.demo.dates import happening, moment
from config.demo.people import editor
from config.demo.posts import post, write, writer

WRITING = timedelta(days=3)  # before handing in
ANSWERING = timedelta(days=2)  # after it


def make_posts_in_work() -> None:
    """A text that went back to its author, one that waits for an editor, one that has its day."""
    for entry in table("in_work")["posts"]:
        _hand_in(entry)
        with happening(_handed_in_at(entry) + ANSWERING):
            ANSWERS[entry["state"]](post(entry["slug"]), entry)
        if "published_in_days" in entry:  # a plan is not in the past: it moved with the rest
            Post.objects.filter(slug=entry["slug"]).update(published_at=_day_of(entry))


def make_series() -> None:
    """Some of the published posts in an order to read them in."""
    entry = table("in_work")["series"]
    facts = series.SeriesFacts(**{name: entry[name] for name in ("name", "slug", "about")})
    begun = series.add(facts, editor=editor())
    series.put_in_order(begun, editor=editor(), posts=[post(slug) for slug in entry["posts"]])


def _hand_in(entry: Table) -> None:
    with happening(_handed_in_at(entry) - WRITING):
        write(entry)
    with happening(_handed_in_at(entry)):
        begun = post(entry["slug"])
        workflow.submit(begun, by=writer(begun.author), message=entry["message"])


def _handed_in_at(entry: Table) -> datetime:
    return moment(entry["days_ago"], entry["time"])


def _send_back(subject: Post, entry: Table) -> None:
    """With a remark and a suggestion beside the text."""
    remark, other = entry["remark"], entry["suggestion"]
    workflow.take_up(subject, editor=editor())
    draft_comments.comment(subject, by=editor(), text=remark["text"], quote=Quote(remark["quote"]))
    draft_suggestions.suggest(
        subject,
        by=editor(),
        quote=Quote(other["quote"]),
        proposed=other["proposed"],
        text=other["text"],
    )
    due_on: date = timezone.localdate() + timedelta(days=entry["due_in_days"])
    workflow.request_changes(
        subject, editor=editor(), message=entry["answer"], author_due_on=due_on
    )


def _give_a_day(subject: Post, entry: Table) -> None:
    workflow.accept(subject, editor=editor())
    scheduling.schedule(subject, editor=editor(), at=_day_of(entry))


def _day_of(entry: Table) -> datetime:
    return moment(-entry["published_in_days"], entry["published_at"])


def _leave(_subject: Post, _entry: Table) -> None:
    """It waits."""


ANSWERS = {"changes_requested": _send_back, "scheduled": _give_a_day, "submitted": _leave}
