"""Budget, plans and cases: from an offer to an agreement that is kept."""
