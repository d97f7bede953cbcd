"""What we understand and do: analysis, plan, signatures. Nothing is kept here yet, so there is only the app itself."""
