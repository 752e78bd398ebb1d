"""How many examples a property is tried with."""

from hypothesis import settings

WHOLE = (
    100  # what Hypothesis tries unless told otherwise; the profile "quick" has fewer
)


def examples(count: int, **more: int) -> settings:
    """Return settings for so many examples, or for as much fewer as the profile has."""
    share = count * settings.default.max_examples // WHOLE
    return settings(max_examples=max(1, share), **more)
