"""Outcomes into blocks and words, in the reader's language. Pure but for the catalogue; nothing is printed here."""
