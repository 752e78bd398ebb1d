"""The drawing core: values in, values out; it has never heard of Django."""
