"""A small Django project for the tests of a real server."""
