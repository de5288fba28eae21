"""Loans, claims and payments: what is owed, and the end of a debt."""
