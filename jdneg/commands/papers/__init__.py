"""Letters, complaints, evidence, reports and bundles: what goes out, to where the user names."""
