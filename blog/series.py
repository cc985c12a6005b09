"""What can happen to a series: begun, changed, put in order."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.refusals import Invalid
from accounts.roles import require_editor
from blog.models import FormerSeriesAddress, Post, Series, SeriesPart


@dataclass(frozen=True)
class SeriesFacts:
    """What a series says; without a `slug` the address is made of the name, or stays."""

    name: str
    slug: str = ""
    about: str = ""


def add(facts: SeriesFacts, *, editor: Person) -> Series:
    """Begin a series; refuses a name or an address that another one has."""
    require_editor(editor)
    return _store(Series(), facts)


def change(series: Series, *, editor: Person, facts: SeriesFacts) -> Series:
    """Rename a series; its old address leads to the new one for good."""
    require_editor(editor)
    return _store(series, facts)


def _store(series: Series, facts: SeriesFacts) -> Series:
    if not facts.name.strip():
        raise Invalid(_("A series needs a name."))
    old = series.slug
    series.name, series.about = facts.name.strip(), facts.about.strip()
    series.slug = facts.slug or old or slugify(facts.name)[:110] or "series"
    try:
        with transaction.atomic():
            _require_free(series)
            series.save()
            if old and old != series.slug:
                series.former_addresses.filter(slug=series.slug).delete()
                series.former_addresses.create(slug=old)
    except IntegrityError as error:
        raise Invalid(_("Another series has this name or this address.")) from error
    return series


def _require_free(series: Series) -> None:
    if FormerSeriesAddress.objects.filter(slug=series.slug).exclude(series=series.pk).exists():
        raise Invalid(_("Another series had this address, and is still found at it."))


@transaction.atomic
def put_in_order(series: Series, *, editor: Person, posts: Sequence[Post]) -> Series:
    """Let the series be these posts in this order; whatever is left out is no part any more."""
    require_editor(editor)
    series = Series.objects.select_for_update().get(pk=series.pk)
    if len({post.pk for post in posts}) < len(posts):
        raise Invalid(_("A post can be a part of a series only once."))
    elsewhere = SeriesPart.objects.filter(post__in=[post.pk for post in posts]).exclude(
        series=series
    )
    for part in elsewhere.select_related("post"):
        raise Invalid(
            _("“%(title)s” is a part of another series already.") % {"title": part.post.title}
        )
    series.parts.all().delete()
    SeriesPart.objects.bulk_create(
        SeriesPart(series=series, post=post, position=position)
        for position, post in enumerate(posts, start=1)
    )
    return series
