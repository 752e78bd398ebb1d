"""A small Django project on this channel layer, as one would write it."""
