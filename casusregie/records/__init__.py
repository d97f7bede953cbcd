"""Retention, rights of persons, destruction: nothing is kept here yet, so there is only the app itself."""
