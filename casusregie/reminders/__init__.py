"""Promises with a date, and who is told (kernel: knows no case content).

Here: `Promise` (something that falls due), the ladder (who is told when it stays undone), `Reminder` (one telling of one
person, made once), the sweep that makes and sends them. Not here: what is promised; each kind registers in `kinds` who
is told, whether it is still due, and where it leads. Start at `services.py`.
"""
