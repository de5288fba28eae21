"""The terminal: words, tables, the JSON envelope, and the voice that uses them."""
