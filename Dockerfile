# Waymark as a container: one process that answers, asks and sends, on a SQLite file in /data. See README.md.
FROM python:3.13-slim-bookworm AS build

# The environment has no pip of its own: what installs is left behind in this stage.
COPY requirements.txt /tmp/
RUN python -m venv --without-pip /opt/waymark \
    && python -m pip --python /opt/waymark/bin/python install --no-cache-dir --only-binary :all: \
        --disable-pip-version-check -r /tmp/requirements.txt
COPY manifest.json /app/
COPY storage /app/storage
COPY bot /app/bot
# Once, here: where the bot runs it may write nothing beside its code.
RUN /opt/waymark/bin/python -m compileall -q /app

FROM python:3.13-slim-bookworm

# For pages that are published to a checkout (`git:` addresses); ssh, for where that follows another repository.
RUN apt-get update \
    && apt-get install -y --no-install-recommends git openssh-client \
    && rm -rf /var/lib/apt/lists/*

# A number, so that Kubernetes can see that it is not root.
RUN groupadd --gid 10001 waymark \
    && useradd --uid 10001 --gid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin waymark \
    && install -d -o 10001 -g 10001 /data
COPY --from=build /opt/waymark /opt/waymark
COPY --from=build /app /app

# /data is the one folder that is written to; the root may be read-only.
ENV PATH=/opt/waymark/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    TMPDIR=/data \
    MPLCONFIGDIR=/data/matplotlib \
    DATABASE_URL=sqlite:////data/waymark.db \
    PORT=3000
WORKDIR /app
USER 10001:10001
VOLUME /data
EXPOSE 3000

# Of `web` alone: start every other command with --no-healthcheck.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=4)"]

# Without a shell between, so that SIGTERM reaches the bot; it ends within ten seconds.
ENTRYPOINT ["python", "-m", "bot"]
CMD ["web", "--with-worker", "--host", "0.0.0.0"]
