"""Ends with 0 when an address answers 200; the image has no curl."""

import os
import sys
import urllib.error
import urllib.request


def main(address: str) -> int:
    """Ask once, as the balancer in front would."""
    # The product answers only to its own names, and only to what came over TLS.
    headers = {"X-Forwarded-Proto": "https", "Host": os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip()}
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 - the address is in docker-compose.yml
    try:
        with urllib.request.urlopen(request, timeout=4) as answer:  # noqa: S310
            return 0 if answer.status == 200 else 1
    except (urllib.error.URLError, OSError):
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
