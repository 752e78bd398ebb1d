"""Outlines become pixels here: a font of strokes, and the canvas they are inked on."""
