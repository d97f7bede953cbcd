"""The kernel: what every room stands on and that knows no family.

Here: people who log in and their rights, `Party` (the one identity) and `Audience` (the one reader type), the access
log, encryption, the clock, the queue, slots, sessions, errors and the page frame.
Not here: cases, contacts, plans. Start at `models/`, then `access.py` and `audit.py`.
"""
