"""Who it is about: the case and its team, the persons of the family, how each can be reached safely.

Here: `Case` with its status table and intensity, who directs and deputises, conflicts of interest, looking inside with
a reason, persons with Dutch names, safe contact. Not here: contacts (network), plans (processplan), safety (safety).
Start at `models/`, then `access.py`: guarded objects come only from there.
"""
