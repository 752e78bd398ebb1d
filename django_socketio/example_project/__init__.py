"""A chat: what the seven events and the broadcasts are for, on one page of code each."""
