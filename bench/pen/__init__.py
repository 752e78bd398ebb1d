"""A pen that draws in a real browser, and what the browser's tracing says of its ink."""
