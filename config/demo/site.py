"""The publication of the demo: the texts that are kept once, and its topics."""

from accounts.models import Profile
from blog import publication, topics
from comments import house
from comments.models import AtOnce, House
from config.demo.content import page, table
from config.demo.people import editor, publisher


def let_all_through() -> None:
    """How each comment of the demo was judged is written beside its words: no rule interferes."""
    house.set_rules(publisher=publisher(), at_once=AtOnce.HAM, suspect_words="", most_links=99)


def make_house() -> None:
    """The rules that the demo goes on with: those of a new site, and words above the form."""
    fresh = House()
    kept = {name: getattr(fresh, name) for name in ("at_once", "suspect_words", "most_links")}
    house.set_rules(publisher=publisher(), rules=page("house-rules", "md").strip(), **kept)


def make_site() -> None:
    """Name the publication, give it its texts, open its topics."""
    site = table("site")
    texts = publication.SiteTexts(
        name=site["name"],
        tagline=site["tagline"],
        host=Profile.objects.get(slug=site["host"]),
        invitation=site["invitation"],
        disclosure_html=page("disclosure"),
        affiliate_hosts="\n".join(site["affiliate_hosts"]),
        disclosure_page_html=page("disclosure-policy"),
        disclaimer_html=page("disclaimer"),
        about_html=page("about"),
        policy_html=page("policy"),
    )
    publication.set_texts(publisher=publisher(), texts=texts)
    for topic in site["topics"]:
        topics.add(topics.TopicFacts(**topic), editor=editor())
