"""What the worker does for logs."""

from django_tasks import task

from canvas.history.verify import verify
from canvas.models import Drawing


@task()
def verify_log(pk: int) -> None:
    """Verify a drawing's log; what was found stands in its row."""
    drawing = Drawing.objects.filter(pk=pk).first()
    if drawing is not None:
        verify(drawing)
