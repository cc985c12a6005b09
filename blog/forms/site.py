"""What the publisher says once for the whole site; topics; bylines."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.db.models import QuerySet
from django.forms.models import model_to_dict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, Profile
from accounts.profiles import Byline, Link, without_byline
from blog.forms.fields import AddressField, LineField, RichTextField, WordsField
from blog.models import Discussion, Publication, Topic
from blog.publication import SiteTexts
from blog.topics import TopicFacts

EMPTY_LINK_ROWS = 2  # always; saving gives new ones


class PublicationForm(forms.Form):
    name = LineField(label=_("Name"), max_length=80)
    tagline = LineField(label=_("Tagline"), max_length=160, required=False)
    host = forms.ModelChoiceField(
        Profile.objects.all(),
        label=_("Host"),
        required=False,
        help_text=_("Whose box stands beside every post."),
    )
    invitation = LineField(
        label=_("Invitation to comment"),
        max_length=300,
        required=False,
        help_text=_("Stands before the discussion of a post that has none of its own."),
    )
    closes_after_days = forms.IntegerField(
        label=_("Close discussions after so many days"),
        min_value=1,
        max_value=3_650,
        required=False,
        help_text=_("Empty: never. What an editor chooses for a post wins."),
    )
    closes_when_retracted = forms.BooleanField(
        label=_("Close the discussion of a post that is retracted"), required=False
    )
    approval_after_edit = forms.BooleanField(
        label=_("Ask authors again when a text is edited after they approved it"), required=False
    )
    disclosure_html = RichTextField(
        label=_("Disclosure"), rows=4, help_text=_("Stands on top of the posts that need it.")
    )
    affiliate_hosts = WordsField(
        label=_("Affiliate hosts"),
        required=False,
        help_text=_("One host a line: a post that links there shows the disclosure."),
    )
    disclosure_page_html = RichTextField(label=_("Disclosure policy"), rows=8)
    disclaimer_html = RichTextField(
        label=_("Disclaimer"), rows=8, help_text=_("Stands below the posts that need it.")
    )
    about_html = RichTextField(label=_("About this site"), rows=8)
    policy_html = RichTextField(
        label=_("Corrections policy"),
        rows=8,
        help_text=_("Empty: our text. How to report an error is said below yours in any case."),
    )

    reason = LineField(
        label=_("Why do the texts change?"),
        max_length=300,
        required=False,
        help_text=_("Kept with the versions of the texts, for you and whoever comes after you."),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, publication: Publication) -> None:
        super().__init__(data, initial=model_to_dict(publication))

    def clean_affiliate_hosts(self) -> str:
        lines = (line.strip() for line in self.cleaned_data["affiliate_hosts"].splitlines())
        return "\n".join(dict.fromkeys(_host(line) for line in lines if line))

    def texts(self) -> SiteTexts:
        given = self.cleaned_data
        return SiteTexts(**{name: given[name] for name in given if name != "reason"})


def _host(line: str) -> str:
    try:
        host = urlsplit(line if "//" in line else f"//{line}").hostname
    except ValueError:
        host = None
    if not host or " " in host:
        raise forms.ValidationError(
            gettext("“%(line)s” is not the name of a host, like shop.example.") % {"line": line}
        )
    return host


class TopicForm(forms.Form):
    name = LineField(label=_("Name"), max_length=60)
    slug = forms.SlugField(
        label=_("Address"),
        max_length=70,
        required=False,
        help_text=_("Empty: made of the name."),
    )
    description = LineField(label=_("Description"), max_length=300, required=False)
    shows_disclosure = forms.BooleanField(
        label=_("Show the disclosure on its posts"), required=False
    )
    shows_disclaimer = forms.BooleanField(
        label=_("Show the disclaimer on its posts"), required=False
    )
    discussion = forms.ChoiceField(
        label=_("Discussion of its posts"),
        choices=Discussion.choices,
        initial=Discussion.AUTO,
        required=False,
        help_text=_("What an editor chooses for a post wins; of several topics the strictest."),
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, topic: Topic | None = None
    ) -> None:
        super().__init__(data, initial=model_to_dict(topic) if topic else None)
        self.topic = topic

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if self._others().filter(name__iexact=name).exists():
            raise forms.ValidationError(gettext("There is a topic with this name."))
        return name

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug and self._others().filter(slug=slug).exists():
            raise forms.ValidationError(gettext("Another topic has this address."))
        return slug

    def _others(self) -> QuerySet[Topic]:
        topics = Topic.objects.all()
        return topics.exclude(pk=self.topic.pk) if self.topic else topics

    def facts(self) -> TopicFacts:
        given = self.cleaned_data
        return TopicFacts(
            **{**given, "discussion": Discussion(given["discussion"] or Discussion.AUTO)}
        )


class LoginField(forms.ModelChoiceField[Person]):
    """Somebody who may write and signs with no byline yet."""

    def __init__(self) -> None:
        super().__init__(
            without_byline(),
            label=_("Login"),
            required=False,
            empty_label=_("No login: a guest"),
            help_text=_("Who signs with it from now on. This cannot be taken back here."),
        )

    def label_from_instance(self, person: Person) -> str:
        return f"{person.public_name} ({person.email})"


class BylineForm(forms.Form):
    """Who signs: shown to everybody, with or without a login."""

    name = LineField(label=_("Name"), max_length=100)
    credentials = LineField(
        label=_("Letters after the name"),
        max_length=100,
        required=False,
        help_text=_("For example: RN, MSc."),
    )
    headline = LineField(label=_("In one line"), max_length=200, required=False)
    bio = WordsField(
        label=_("About the author"),
        rows=6,
        required=False,
        help_text=_("Plain paragraphs, parted by an empty line. Stands after every post."),
    )
    website = AddressField(label=_("Website"))

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        profile: Profile | None = None,
        name: str = "",
        may_link: bool = False,
    ) -> None:
        said = _byline_of(profile) if profile else {"name": name}
        super().__init__(data, initial=said)
        if may_link and (profile is None or profile.person_id is None):
            self.fields["person"] = LoginField()
        links = profile.links.count() if profile else 0
        self.rows = range(1, links + EMPTY_LINK_ROWS + 1)
        for row in self.rows:
            self.fields[f"label_{row}"] = LineField(
                label=_("Link %(row)d: what it is called") % {"row": row},
                max_length=80,
                required=False,
            )
            self.fields[f"url_{row}"] = AddressField(
                label=_("Link %(row)d: address") % {"row": row}
            )
        self.fields[f"url_{self.rows[-1]}"].help_text = gettext("Saving gives room for more.")

        self.order_fields(["name", "person"])

    def clean(self) -> None:
        for row in self.rows:
            label, url = self.cleaned_data.get(f"label_{row}"), self.cleaned_data.get(f"url_{row}")
            if label and not url and f"url_{row}" not in self.errors:
                self.add_error(f"url_{row}", gettext("Where does this link lead?"))

    @property
    def person(self) -> Person | None:
        """Who signs with it from now on, where an editor says so."""
        person: Person | None = self.cleaned_data.get("person")
        return person

    def byline(self) -> Byline:
        given = self.cleaned_data
        rows = [(given[f"label_{row}"], given[f"url_{row}"]) for row in self.rows]
        plain = ("name", "credentials", "headline", "bio", "website")
        return Byline(
            **{name: given[name] for name in plain},
            links=tuple(Link(label=label or url, url=url) for label, url in rows if url),
        )


def _byline_of(profile: Profile) -> dict[str, object]:
    rows = enumerate(profile.links.all(), start=1)
    links = {key: text for row, link in rows for key, text in _row(row, link.label, link.url)}
    return model_to_dict(profile) | links


def _row(row: int, label: str, url: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return (f"label_{row}", label), (f"url_{row}", url)
