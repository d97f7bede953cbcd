"""Who stands around them, and what was said: the contact log and what must be followed up.

Here: `Contact` with its lines and participants, corrections as additions, `FollowUp` (the only one in the product).
Not here: the persons themselves (families), plans (processplan). Start at `models/`, then `services/contact.py`.
"""
