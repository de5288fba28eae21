"""The home itself: its settings, its history, the demo."""
