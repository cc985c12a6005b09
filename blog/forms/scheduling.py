"""Days and hours that an editor chooses, by the clock of the site."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from blog.days import day_in_words
from blog.forms.fields import LineField
from blog.models import Post
from blog.wallclock import Hour, NoSuchHour, moment_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as Label

TYPED = "%Y-%m-%dT%H:%M"  # what a browser sends, and what it wants to be shown


class HourField(forms.Field):
    """Gives an `Hour`; refuses one that the clocks leave out that night."""

    def __init__(self, *, label: "Label") -> None:
        super().__init__(
            label=label,
            help_text=_("By the clock of this site (%(zone)s)."),
            widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=TYPED),
        )

    def prepare_value(self, value: object) -> object:
        return timezone.localtime(value) if isinstance(value, datetime) else value

    def to_python(self, value: str | None) -> Hour | None:
        if not value:
            return None
        try:
            typed = datetime.strptime(value[:16], TYPED)  # noqa: DTZ007  the zone is the site's
            return moment_of(typed, timezone.get_current_timezone())
        except NoSuchHour:
            raise forms.ValidationError(
                gettext("This hour does not exist: the clocks go forward that night.")
            ) from None
        except (ValueError, OverflowError):
            raise forms.ValidationError(gettext("Please give a day and an hour.")) from None


class _WithHour(forms.Form):
    at: HourField

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        zone = timezone.get_current_timezone_name()
        field = self.fields["at"]
        field.help_text = str(field.help_text) % {"zone": zone}

    @property
    def comes_twice(self) -> bool:
        return bool(self.cleaned_data["at"].comes_twice)


class ScheduleForm(_WithHour):
    """When readers see a post for the first time."""

    at = HourField(label=_("Readers see it from"))


class ExpiryForm(_WithHour):
    """Until when readers see a post, and what they find afterwards."""

    at = HourField(label=_("Readers see it until"))
    note = LineField(
        label=_("What stands in its place afterwards"),
        max_length=500,
        help_text=_("For example: this offer has ended."),
    )


def schedule_form(post: Post) -> ScheduleForm:
    return ScheduleForm(initial={"at": post.published_at})


def expiry_form(post: Post) -> ExpiryForm:
    return ExpiryForm(initial={"at": post.expires_at, "note": post.expiry_note})


def said_twice(at: datetime) -> str:
    """What to say when an hour comes twice that night."""
    return gettext(
        "This hour comes twice on %(day)s, since the clocks go back: we took the first."
    ) % {"day": day_in_words(at)}


class PreviewForm(forms.Form):
    """For how long a link shows a post."""

    days = forms.IntegerField(label=_("Works for so many days"), min_value=1, initial=7)

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        most = settings.PREVIEW_LINK_MAX_DAYS
        self.fields["days"].initial = min(most, 7)
        self.fields["days"].widget.attrs["max"] = most
        self.fields["days"].help_text = gettext("At most %(days)d.") % {"days": most}
