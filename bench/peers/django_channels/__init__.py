"""The same relay on Django Channels, with its layer in memory."""
