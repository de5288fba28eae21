"""What several commands need: flags into values, the opened session, records gathered from the journal."""
