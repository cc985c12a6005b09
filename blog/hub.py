"""Talking to a WebSub hub (https://www.w3.org/TR/websub/): the only place where this package does.

A hub fetches a feed when it is told that there is something new, and hands it on to whoever
subscribed there. How a publisher tells it is left open by the standard; every hub we know takes
`hub.mode=publish` with `hub.url`.
"""

import httpx

PATIENCE = 5.0  # seconds
AGENT = "Corrigible (WebSub publisher)"


class NoAnswer(Exception):  # noqa: N818  it is an answer, not an error
    """The hub did not take it; what went wrong is in our own words."""


def tell(hub: str, *, feed: str) -> None:
    """Say that this feed has something new; raises `NoAnswer`."""
    said = {"hub.mode": "publish", "hub.url": feed, "hub.topic": feed}
    try:
        with (
            httpx.Client(timeout=PATIENCE, trust_env=False, headers={"User-Agent": AGENT}) as web,
            web.stream("POST", hub, data=said) as response,  # its body says nothing to us
        ):
            if not response.is_success:
                raise NoAnswer(f"status {response.status_code}")
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise NoAnswer(type(error).__name__) from error
