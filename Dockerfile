# One image for web, worker and beat; docker-compose.yml says which command each of them runs.
FROM python:3.11-slim-bookworm AS build
COPY requirements/run.txt /tmp/run.txt
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /tmp/run.txt

FROM python:3.11-slim-bookworm
# Pango sets the type of the reports; without libharfbuzz-subset0 each of them takes twenty times as long.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --home-dir /var/lib/ccmp --create-home ccmp
COPY --from=build /opt/venv /opt/venv
WORKDIR /srv/ccmp
COPY . .
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=ccmp.settings \
    VAR=/var/lib/ccmp \
    STATIC_ROOT=/srv/ccmp/static \
    BIND=0.0.0.0 \
    PORT=8000
# The secrets that collectstatic makes for itself live and die in this one layer's temporary folder.
RUN python tools/words.py compile \
    && VAR=/tmp/build python manage.py collectstatic --no-input --verbosity 0 \
    && rm -rf /tmp/build
USER 10001:10001
VOLUME /var/lib/ccmp
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/ready', timeout=8)"]
CMD ["gunicorn", "--config", "python:ccmp.gunicorn_conf", "ccmp.wsgi"]
