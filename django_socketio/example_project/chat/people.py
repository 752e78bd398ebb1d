"""Who somebody is: the name they gave, kept in Django's session, which no message can change."""

NAME = "name"


def name_of(request):
    """Return the name of a request's person, empty for somebody who gave none."""
    return request.session.get(NAME, "")
