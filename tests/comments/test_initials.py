"""Initials on a coloured disc."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.initials import TONES, disc

TOKENS = Path("static/css/tokens.css").read_text()
TEXT = 4.5  # the contrast that WCAG AA asks of small letters


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ana", "A"),
        ("ana brandt", "AB"),
        ("Ana Maria de Souza", "AS"),
        ("  (Olga)  K. ", "OK"),
        ("Łukasz Żak", "ŁŻ"),
        ("李 明", "李明"),
        ("!!!", "·"),
        ("", "·"),
    ],
)
def test_the_letters_are_of_the_first_and_the_last_word(name: str, letters: str) -> None:
    assert disc(name).letters == letters


@given(name=st.text())
def test_every_name_has_a_disc_and_always_the_same(name: str) -> None:
    assert disc(name) == disc(f" {name} ")
    assert 1 <= disc(name).tone <= TONES
    assert 1 <= len(disc(name).letters) <= 2


def test_a_name_keeps_its_tone_for_ever() -> None:
    assert [disc(name).tone for name in ("Ana", "ana", "Olga Brandt")] == [4, 4, 2]


def test_names_are_spread_over_all_tones() -> None:
    assert {disc(f"Reader {number}").tone for number in range(200)} == set(range(1, TONES + 1))


@pytest.mark.parametrize("scheme", [0, 1])
@pytest.mark.parametrize("tone", range(1, TONES + 1))
def test_the_letters_can_be_read_in_light_and_in_dark(tone: int, scheme: int) -> None:
    ground, ink = colours(f"--tone-{tone}")[scheme], colours("--tone-ink")[scheme]
    light, dark = sorted((luminance(ground), luminance(ink)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= TEXT


def colours(name: str) -> tuple[str, ...]:
    return re.search(rf"{name}: light-dark\(#(\w+), #(\w+)\)", TOKENS).groups()


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return sum(weight * one for weight, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
