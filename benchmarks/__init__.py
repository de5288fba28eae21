"""Start-up, speed and memory beside their floors, all in one run: ``python -m benchmarks``."""
