"""What readers say in the demo, taken through the rules as if they had sent the form.

No spam service is asked: how each comment was judged is written beside its words.
"""

from comments import evidence, moderation
from comments.discussion import post_comment
from comments.models import PostComment
from comments.spam import Judgement, Verdict
from comments.words import Guest
from config.demo.content import Table, table
from config.demo.dates import happening, moment
from config.demo.people import person
from config.demo.posts import post

VERDICTS = {
    "published": Verdict(judgement=Judgement.HAM, reason="Nothing in it looks like spam."),
    "held": Verdict(judgement=Judgement.UNKNOWN, reason="It is the first comment of this person."),
    "spam": Verdict(judgement=Judgement.SPAM, reason="It advertises and says nothing of the post."),
}

Comments = dict[str, PostComment]


def make_comments() -> Comments:
    """Every comment that a reader wrote, by the key it has in the file."""
    made: Comments = {}
    for entry in table("discussion")["comments"]:
        with happening(moment(entry["days_ago"], entry["time"])):
            made[entry["key"]] = _make_comment(entry, made)
    return made


def _make_comment(entry: Table, earlier: Comments) -> PostComment:
    comment = post_comment(
        post(entry["post"]),
        by=person(entry["person"]) if "person" in entry else _guest(entry),
        text=entry["text"],
        parent=earlier[entry["reply_to"]] if "reply_to" in entry else None,
    )
    verdict = VERDICTS[entry.get("fate", "published")]
    moderation.settle(comment.pk, verdict=verdict, facts=evidence.of(comment))
    return comment


def _guest(entry: Table) -> Guest:
    return Guest(name=entry["name"], email=entry["email"], url=entry.get("url", ""))
