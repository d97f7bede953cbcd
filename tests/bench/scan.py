"""The edition scanner: ten pages held against two hundred facts, with a warm matcher."""

import random
import statistics
import time

from families.scanner import Matcher, text_of
from tests.bench.measure import p95, write

PAGES, FACTS, ROUNDS, TARGET_MS = 10, 200, 40, 50
_TEXT = """moeder vader kinderen samen afspraak elke week rustig thuis school brief lezen bellen zondag avond slapen
hulp gesprek veilig plan volgende stap vragen antwoord geven helpen blijven komen gaan weten zien horen denken"""
_WORDS = _TEXT.split()


def scan() -> bool:
    """Time to find what stands in the text of ten pages; reading the letters out of the PDF is told beside it."""
    from weasyprint import HTML

    rng = random.Random(1)
    facts = [
        (
            number,
            [
                f"{rng.choice(('Wilgen', 'Zilver', 'Duin'))}roos{number}laan {number + 1}",
                f"{1000 + 13 * number} {chr(65 + number % 26)}Q",
                f"06 {10_000_000 + 7919 * number}",
            ],
        )
        for number in range(FACTS)
    ]
    matcher = Matcher(facts)
    # Forty lines of twelve words: a page that is full.
    text = "\n".join(" ".join(rng.choice(_WORDS) for _ in range(12)) for _ in range(40))
    style = "<style>section{break-after:page}p{font-size:11pt}</style>"
    body = "".join(f"<section><p>{text}</p></section>" for _ in range(PAGES))
    pdf = HTML(string=f'<html lang="nl">{style}{body}<p>{facts[7][1][0].upper()}</p></html>').write_pdf(pdf_tags=True)
    scans, reads = [], []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        parts = text_of("plan.pdf", pdf).parts
        read = time.perf_counter()
        hits = matcher.find(parts)
        reads.append((read - began) * 1000)
        scans.append((time.perf_counter() - read) * 1000)
        if [hit.fact for hit in hits] != [7]:
            raise AssertionError(hits)
    median = statistics.median(scans)
    write(
        {
            "name": "scan",
            "ratio": round(median / TARGET_MS, 3),
            "unit": "ms",
            "n": ROUNDS,
            "median": round(median, 2),
            "p95": round(p95(scans), 2),
            "floor": 0,
            "target": TARGET_MS,
            "holds": median <= TARGET_MS,
            "letters": sum(map(len, parts.values())),
            "read_pdf_ms": round(statistics.median(reads), 1),
        }
    )
    return median <= TARGET_MS
