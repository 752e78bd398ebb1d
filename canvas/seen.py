"""What can be seen of what people write."""

# Persian and Hindi are written with these two, and so are joined emoji.
JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"


def seen(text: str, otherwise: str) -> str:
    """Return of a text what can be seen; nothing hidden, and nothing that turns it round."""
    kept = "".join(one for one in text if one.isprintable() or one in JOINERS).strip()
    return kept if kept.strip(JOINERS + " ") else otherwise
