"""Benchmarks: figures against peers, from one run on one machine."""
