"""The log of contacts: kept, read, judged; impostors; the card and the assistant for the call itself."""
