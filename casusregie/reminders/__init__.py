"""Promises with a date, and who is told (kernel: knows no case content).

Here now: the sweep that beat asks for and that says it ran, so that somebody notices when nobody reminds anybody.
Promises and reminders as rows come with the plan, when there is something to remind of besides a follow-up.
"""
