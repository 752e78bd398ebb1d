"""The pages and files of the drawing app."""
