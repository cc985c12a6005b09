import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from accounts.addresses import absolute_url, client_ip, client_network


def a_request(remote: str, forwarded: str | None = None):
    headers = {"X-Forwarded-For": forwarded} if forwarded is not None else {}
    return RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote)


def test_without_a_proxy_nobody_can_choose_their_address(settings):
    settings.TRUSTED_PROXIES = []
    assert client_ip(a_request("203.0.113.9", "198.51.100.1")) == "203.0.113.9"


@pytest.mark.parametrize(
    ("forwarded", "client"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("198.51.100.1, 203.0.113.9", "203.0.113.9"),  # the left one was typed by the client
        ("203.0.113.9, 10.0.0.7", "203.0.113.9"),  # two proxies of ours
        ("198.51.100.1, nonsense", "10.0.0.1"),
        ("2001:db8::1", "2001:db8::1"),
        ("", "10.0.0.1"),
        ("10.0.0.7, 10.0.0.8", "10.0.0.7"),
    ],
)
def test_behind_our_proxies_the_first_stranger_from_the_right_is_the_client(
    settings, forwarded, client
):
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    assert client_ip(a_request("10.0.0.1", forwarded)) == client


@given(forwarded=st.text(max_size=60))
def test_whatever_a_header_says_there_is_an_answer(forwarded):
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1")
    request.META["HTTP_X_FORWARDED_FOR"] = forwarded
    assert isinstance(client_ip(request), str)


def test_an_address_that_cannot_be_known_is_empty():
    assert client_ip(a_request("")) == ""


def test_an_ipv4_address_in_ipv6_clothes_is_the_same_address():
    assert client_ip(a_request("::ffff:203.0.113.9")) == "203.0.113.9"


def test_one_subscriber_is_one_network():
    assert client_network(a_request("2001:db8:1:2:3::4")) == "2001:db8:1:2::/64"
    assert client_network(a_request("203.0.113.9")) == "203.0.113.9"


def test_our_pages_have_an_absolute_address(settings):
    settings.SITE_URL = "https://blog.example.org/"
    assert absolute_url("/posts/") == "https://blog.example.org/posts/"
