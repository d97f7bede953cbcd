"""How safe it is: what happened, how safe each voice says it is, and when that is asked again.

Here: `Incident` with its source, `SafetyScore` per voice (never averaged), `SafetyCheck` (a follow-up of network with
what came out of it). Not here: the plan (processplan). Start at `models.py`.
"""
