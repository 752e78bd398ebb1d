"""A drawing's log as a whole: its chain of hashes, its forks, the file it travels in."""
