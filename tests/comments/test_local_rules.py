"""Judging without a service."""

import pytest

from comments.local_rules import LocalRules, domains_in
from comments.spam import Evidence, Judgement

FINE = "My rim was out by two millimetres."


def judged(**facts: object) -> tuple[Judgement, str, int | None]:
    verdict = LocalRules().judge(Evidence(**{"content": FINE, "known": True, **facts}))  # type: ignore[arg-type]
    return verdict.judgement, verdict.reason, verdict.ask_again_after


def test_a_known_person_with_plain_words_is_let_through() -> None:
    assert judged() == (Judgement.HAM, "Nothing in it looks like spam.", None)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"known": False}, "It is the first comment of this person."),
        ({"content": "https://a.example and www.b.example"}, "It holds 2 links."),
        ({"content": "The CASINO is open"}, "It holds the word “casino”."),
        ({"author": "Cheap Viagra"}, "It holds the word “viagra”."),
    ],
)
def test_what_looks_odd_is_left_to_a_person(facts: dict[str, object], reason: str) -> None:
    assert judged(**facts) == (Judgement.UNKNOWN, reason, None)


def test_one_link_is_fine() -> None:
    assert judged(content="See https://a.example/wheels.")[0] == Judgement.HAM


def test_words_are_whole_words() -> None:
    assert judged(content="Cryptography, not what you think")[0] == Judgement.HAM


def test_a_filled_honeypot_is_spam() -> None:
    assert judged(honeypot_value="x")[0] == Judgement.SPAM


def test_nobody_is_there_to_be_told() -> None:
    rules = LocalRules()
    assert (rules.learns, rules.was_wrong(Evidence(), Judgement.HAM)) == (False, False)


def test_domains_are_those_of_all_links_and_all_above_them() -> None:
    evidence = Evidence(
        content="http://Shop.Cheap.example:80/x http://[bad and www.b.test/",
        url="https://a.example",
    )
    shop = {"shop.cheap.example", "cheap.example", "example"}
    assert domains_in(evidence) == {*shop, "www.b.test", "b.test", "test", "a.example"}
