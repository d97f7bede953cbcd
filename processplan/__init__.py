"""What we understand and do: the analysis in many voices, the plan, its editions, signatures and evaluations.

Here: `Theme` and `Statement` side by side, `Pattern` as a circle, the working `Plan`, the frozen `PlanVersion`, what
each reader gets of it (`editions`), signing, and `Evaluation`. Not here: the roles themselves (network) and safety
(safety). Start at `editions.py`: it decides what anybody ever reads of a plan.
"""
