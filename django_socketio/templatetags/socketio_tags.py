"""The scripts a page without modules needs."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from django_socketio.conf import Options

register = template.Library()
CLASSIC = "django_socketio/socketio.js"


@register.simple_tag
def socketio() -> SafeString:
    """Load Socket.IO and what makes `new io.Socket()` work."""
    sources = [Options.from_settings().client_js, CLASSIC]
    urls = [[source if "//" in source else static(source)] for source in sources]
    return format_html_join("\n", '<script src="{}"></script>', urls)
