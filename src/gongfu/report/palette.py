"""Colours by meaning: blue gains, orange loses, grey cannot tell. Never red against green.

Categories follow Okabe and Ito (2008), "Color universal design", which people with any colour
vision tell apart; the darker twin of each is for text on white (contrast at least 4.5 to 1).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from gongfu.report.chart import Role

__all__ = [
    "FILL",
    "GRID",
    "INK",
    "LOSS_TO_GAIN",
    "MUTED",
    "PAPER",
    "TEXT",
    "contrast",
    "ink_on",
    "scale_colour",
]

INK, MUTED, GRID, PAPER = "#17212b", "#56616c", "#dfe3e8", "#ffffff"

FILL: Mapping[Role, str] = MappingProxyType(
    {
        "gain": "#0072b2",
        "loss": "#d55e00",
        "neutral": "#8c9196",
        "total": "#2d3d4d",
        "first": "#0072b2",
        "second": "#e69f00",
        "third": "#009e73",
        "fourth": "#cc79a7",
        "fifth": "#56b4e9",
    }
)
TEXT: Mapping[Role, str] = MappingProxyType(
    {
        "gain": "#005a8f",
        "loss": "#a34700",
        "neutral": "#5d6368",
        "total": "#17212b",
        "first": "#005a8f",
        "second": "#8a5a00",
        "third": "#00664b",
        "fourth": "#8e3e6b",
        "fifth": "#1c6893",
    }
)

LOSS_TO_GAIN = ("#b84f00", "#f0b07d", "#d8dde2", "#8fbfe0", "#005a96")
"""From clear losses over little change to clear gains, told apart by lightness too."""

_BLUES = ("#e6f0f8", "#b5d2e9", "#74add5", "#2f7dba", "#0b4a84")
_ORANGE_TO_BLUE = (
    "#8f3f00", "#d07a33", "#f0c9a6", "#f3f2f0", "#b5d2e9", "#5b98c7", "#0b4a84",
)  # fmt: skip


def scale_colour(value: float, low: float, high: float) -> str:
    """Return the colour of a value: blues when the range has one sign, else centred on zero."""
    if low < 0 < high:
        reach = max(-low, high)
        return _between(_ORANGE_TO_BLUE, (value + reach) / (2 * reach))
    share = (value - low) / (high - low) if high > low else 0.5
    stops = _BLUES if high > 0 else tuple(reversed(_ORANGE_TO_BLUE[:4]))
    return _between(stops, share if high > 0 else 1 - share)


def ink_on(colour: str) -> str:
    """Return black or white text, whichever reads better on a colour (at least 4.5 to 1)."""
    return max(("#000000", PAPER), key=lambda ink: contrast(ink, colour))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as in WCAG 2.2, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _between(stops: Sequence[str], share: float) -> str:
    place = min(max(share, 0.0), 1.0) * (len(stops) - 1)
    left = min(int(place), len(stops) - 2)
    weight = place - left
    pairs = zip(_channels(stops[left]), _channels(stops[left + 1]), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * weight):02x}" for a, b in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    """Return relative luminance as in WCAG 2.2."""
    shares = (channel / 255 for channel in _channels(colour))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
