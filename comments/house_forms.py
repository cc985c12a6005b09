"""The form in which the publisher sets the rules of the discussions."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _

from comments import house
from comments.forms import or_say
from comments.models import AtOnce, House
from comments.wordlists import lines


class _Number(forms.IntegerField):
    """A number with the bounds that the rule has."""

    def __init__(self, least: int, most: int, **said: Any) -> None:
        super().__init__(min_value=least, max_value=most, **said)


class RulesForm(forms.Form):
    """Every field says what it does; `seen` is what the rules were when the page was drawn."""

    at_once = forms.ChoiceField(
        label=_("Who is published at once"),
        choices=AtOnce.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "Everybody else is held until a moderator decides. A typed name and address are nobody"
            " you know: an address counts as confirmed when its owner followed a mailed link."
        ),
    )
    rules = forms.CharField(
        label=_("House rules"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Stand above the comment form. *Emphasis*, lists and links work; empty: none."),
    )
    banned_words = forms.CharField(
        label=_("Banned words"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=_("One word or phrase a line. A comment that holds one is rejected."),
    )
    suspect_words = forms.CharField(
        label=_("Suspect words"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=_("One word or phrase a line. A comment that holds one is held."),
    )
    most_links = _Number(
        *house.BOUNDS["most_links"],
        label=_("Links without being held"),
        help_text=_("A comment with more links is held. 0: every link holds it."),
    )
    only_logs = forms.BooleanField(
        label=_("Only write down what the spam check says"),
        required=False,
        help_text=_(
            "To try it out: its verdict is written into the record of each comment, and nothing"
            " else follows. What it would have caught is then published or held as if it had found"
            " nothing."
        ),
    )
    sends_email = forms.BooleanField(
        label=_("Show the spam check e-mail addresses"),
        required=False,
        help_text=_("It finds less without. The privacy page says what is in force."),
    )
    sends_address = forms.BooleanField(
        label=_("Show the spam check network addresses"),
        required=False,
        help_text=_("It finds much less without. The privacy page says what is in force."),
    )
    keeps_addresses_days = _Number(
        *house.BOUNDS["keeps_addresses_days"],
        label=_("Days to keep network addresses"),
        help_text=_("After that the address and the name of the browser are blanked, once a day."),
    )
    keeps_spam_days = _Number(
        *house.BOUNDS["keeps_spam_days"],
        label=_("Days to keep spam"),
        help_text=_("After that it is deleted with all that was kept about it."),
    )
    moderators_see_addresses = forms.BooleanField(
        label=_("Moderators and editors see e-mail and network addresses"),
        required=False,
        help_text=_("The publisher always sees them. Readers never do."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, rules: House) -> None:
        self.now = house.fingerprint(rules)
        super().__init__(data, initial={**model_to_dict(rules), "seen": self.now})

    def clean_rules(self) -> str:
        return or_say(house.fit_rules, self.cleaned_data["rules"])

    def clean_banned_words(self) -> str:
        return or_say(house.fit_words, self.cleaned_data["banned_words"])

    def clean_suspect_words(self) -> str:
        return or_say(house.fit_words, self.cleaned_data["suspect_words"])

    def given(self) -> dict[str, Any]:
        """The rules, by name."""
        return {name: self.cleaned_data[name] for name in house.RULES}

    def look_again(self) -> None:
        """Let the next attempt know what the rules are now."""
        self.data = {**dict(self.data.items()), "seen": self.now}

    def counted(self) -> list[tuple[str, int]]:
        """The lists and how many words stand in each, as typed."""
        texts = [(self[name].label, str(self[name].value() or "")) for name in house.LISTS]
        return [(str(label), len(lines(text))) for label, text in texts]

    def preview(self) -> str:
        """How the house rules would look, "" if they cannot be kept; no other field is judged."""
        text = "" if "rules" in self.errors else self.cleaned_data["rules"]
        for name in [name for name in self.errors if name != "rules"]:
            del self.errors[name]
        return house.preview(text) if text else ""
