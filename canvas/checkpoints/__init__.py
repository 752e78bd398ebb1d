"""Checkpoints: pictures of a drawing's layers at a seq, so that joining needs only the ops after it."""

from canvas.checkpoints.keeping import Checkpoint, files_of, is_due, keep, latest

__all__ = ["Checkpoint", "files_of", "is_due", "keep", "latest"]
