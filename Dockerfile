# An image that holds the static program and nothing else.
#
#   docker build -t shatterbelt .
#   docker run --rm -v "$PWD:/cases" shatterbelt demo
#   docker run --rm -v "$PWD:/cases" shatterbelt report toyland
#
# The workbench listens on its own machine alone, which a container's inside is: run `serve` outside of it.
FROM rust:1.95-slim-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /sources
COPY . .
RUN target="$(uname -m)-unknown-linux-gnu" \
    && RUSTFLAGS="-C target-feature=+crt-static" cargo build --release --locked --package shatterbelt --target "$target" \
    && cp "target/$target/release/shatterbelt" /shatterbelt \
    && mkdir -m 1777 /scratch

FROM scratch
COPY --from=build /shatterbelt /shatterbelt
COPY --from=build /scratch /tmp
ENV SHATTERBELT_STATE=/tmp/state
WORKDIR /cases
ENTRYPOINT ["/shatterbelt"]
CMD ["--help"]
