# The collector with the dashboard and the browser packages.
#   docker build -t firstvalue .
#   docker run -p 8787:8787 -v firstvalue:/data -v "$PWD/playbook.yaml:/playbook.yaml:ro" firstvalue
FROM rust:1.95-bookworm AS build
COPY --from=node:22-bookworm-slim /usr/local/bin /usr/local/bin
COPY --from=node:22-bookworm-slim /usr/local/lib/node_modules /usr/local/lib/node_modules
WORKDIR /firstvalue
COPY . .
RUN cargo xtask pack && cargo build --release --package firstvalue-cli

FROM debian:bookworm-slim
RUN useradd --uid 10001 --no-create-home firstvalue && install -d -o firstvalue -m 0700 /data
COPY --from=build /firstvalue/target/release/firstvalue /usr/local/bin/firstvalue
COPY --from=build /firstvalue/dist /usr/local/share/firstvalue
USER firstvalue
VOLUME /data
ENV FIRSTVALUE_DATA=/data \
    FIRSTVALUE_ASSETS=/usr/local/share/firstvalue \
    FIRSTVALUE_LISTEN=0.0.0.0:8787
EXPOSE 8787
# Answers what has begun, then closes the database.
STOPSIGNAL SIGTERM
ENTRYPOINT ["firstvalue"]
CMD ["serve"]
