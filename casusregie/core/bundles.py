"""The roles a municipality starts with: bundles of rights, loaded by a migration and from then on data."""

from casusregie.core.choices import Right

_COLLEAGUE = [Right.INTERNAL, Right.OWN_ACCOUNT, Right.MESSAGES, Right.API]

BUNDLES: dict[str, tuple[str, list[Right]]] = {
    "case-director": (
        "Casusregisseur",
        [
            *_COLLEAGUE,
            Right.DESK_TODAY,
            Right.CASE_LIST,
            Right.CASE_OPEN,
            Right.CASE_VIEW,
            Right.CASE_DIRECT,
            Right.CONTACT_LOG,
        ],
    ),
    "second-worker": (
        "Tweede medewerker",
        [*_COLLEAGUE, Right.DESK_TODAY, Right.CASE_LIST, Right.CASE_VIEW, Right.CONTACT_LOG],
    ),
    "team-leader": (
        "Teamleider",
        [
            *_COLLEAGUE,
            Right.DESK_CASELOAD,
            Right.DESK_OUTCOMES,
            Right.CASE_LIST,
            Right.CASE_HEAD,
            Right.CASE_ARRANGE,
            Right.CASE_INSIGHT,
        ],
    ),
    "partner": ("Ketenpartner", [Right.OWN_ACCOUNT, Right.MESSAGES, Right.DESK_ROLES]),
    "administrator": ("Functioneel beheerder", [Right.INTERNAL, Right.OWN_ACCOUNT, Right.ADMINISTER]),
    "privacy-officer": ("Functionaris gegevensbescherming", [Right.INTERNAL, Right.OWN_ACCOUNT, Right.AUDIT_VIEW]),
    "board": ("Bestuur", [Right.INTERNAL, Right.OWN_ACCOUNT, Right.DESK_OUTCOMES]),
}
