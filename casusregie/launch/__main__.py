"""`python -m casusregie.launch`: what `make run` and `make stop` start."""

import sys

from casusregie.launch.supervisor import main

sys.exit(main(sys.argv[1:]))
