"""Judging without a service."""

from comments.local_rules import LocalRules, domains_in
from comments.spam import Evidence, Judgement

FINE = "My rim was out by two millimetres."


def judged(**facts: object) -> tuple[Judgement, str, int | None]:
    verdict = LocalRules().judge(Evidence(**{"content": FINE, **facts}))  # type: ignore[arg-type]
    return verdict.judgement, verdict.reason, verdict.ask_again_after


def test_what_fills_in_no_hidden_field_is_let_through() -> None:
    assert judged() == (Judgement.HAM, "Nothing in it looks like spam.", None)


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
