"""Texts that an editor starts from; where they say […] only the editor knows."""

from django.utils.translation import gettext as _

from blog.days import day_in_words
from blog.models import Post
from blog.sentences import reasons_to_remove, reasons_to_retract
from editorial import plain
from editorial.models import Dispute, Remedy

LONGEST_QUOTE = 200  # characters; what was wrong is repeated only as far as needed


def notice(remedy: Remedy, dispute: Dispute, words: str) -> str:
    """The notice for readers, without its label and date; empty where there is none."""
    post: Post = dispute.claim.post
    quoted = plain.shortened(words or dispute.claim.statement, LONGEST_QUOTE)
    facts = {"words": quoted, "day": ""}
    if post.published_at is not None:
        facts["day"] = day_in_words(post.published_at)
    texts = {
        Remedy.CORRECTION: _("An earlier version of this post said “%(words)s”. […]"),
        Remedy.CLARIFICATION: _("This post said “%(words)s” without saying that […]."),
        Remedy.UPDATE: _("[…] The post was accurate when it was published on %(day)s."),
        Remedy.EDITORS_NOTE: _("The post says “%(words)s”. […] A note has been added in the text."),
        Remedy.CONCERN: _("The post says “%(words)s”. We could not establish this: […]."),
        Remedy.RETRACTION: reasons_to_retract(),
        Remedy.REMOVAL: reasons_to_remove(),
    }
    return texts[remedy] % facts if remedy in texts else ""


def concern(dispute: Dispute, words: str) -> str:
    """What is told while the check takes time."""
    quoted = plain.shortened(words or dispute.claim.statement, LONGEST_QUOTE)
    return _(
        "We have received a serious question about “%(words)s” and are checking it. […]. We will "
        "report here by […]."
    ) % {"words": quoted}


def notices(dispute: Dispute, words: str) -> list[tuple[Remedy, str]]:
    """The suggestion for every remedy that tells readers something."""
    return [(remedy, text) for remedy in Remedy if (text := notice(remedy, dispute, words))]


def button(remedy: Remedy) -> str:
    """What pressing the button does."""
    names = {
        Remedy.CORRECTION: _("Publish the correction"),
        Remedy.CLARIFICATION: _("Publish the clarification"),
        Remedy.UPDATE: _("Publish the update"),
        Remedy.EDITORS_NOTE: _("Publish the editor's note"),
        Remedy.CONCERN: _("Publish the expression of concern"),
        Remedy.RETRACTION: _("Retract this post"),
        Remedy.REMOVAL: _("Remove this post"),
        Remedy.NO_CHANGE: _("Keep the statement"),
    }
    return names[remedy]
