"""A drawing's log over HTTP."""

import msgspec
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from canvas import live, store
from canvas.views.access import visible

LOG_CHUNK = 1000  # ops; protocol P50
FOR_EVER = "private, max-age=31536000, immutable"


@require_safe
def log_chunk(request, key, chunk):
    """Serve a full chunk of the log, which never changes (protocol P50)."""
    found = visible(request, key)
    entries = store.since(found.pk, chunk * LOG_CHUNK, LOG_CHUNK)
    if len(entries) < LOG_CHUNK:
        raise Http404
    ops = live.ops_message(entries)["ops"]
    response = HttpResponse(msgspec.json.encode(ops), content_type="application/json")
    response["Cache-Control"] = FOR_EVER
    response["ETag"] = f'"{key}-{chunk}"'
    return response
