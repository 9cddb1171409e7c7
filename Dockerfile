# Releases pin this by digest; the CI of machines without a registry names its own.
ARG BUILD_IMAGE=golang:1.26-bookworm

FROM ${BUILD_IMAGE} AS build
WORKDIR /src
# No cgo: the result runs alone in an empty image.
ENV CGO_ENABLED=0
# The modules first, so that a change of code alone does not fetch them again.
COPY go.mod go.sum ./
RUN ["go", "mod", "download"]
# What may come along stands in .dockerignore. In a fork that is also its policy and its waivers.
COPY . .
# Exec form throughout: building needs no shell.
RUN ["go", "build", "-trimpath", "-ldflags=-s -w", "-o", "/out/vendorgate", "./cmd/vendorgate"]

FROM scratch
LABEL org.opencontainers.image.title="vendorgate" \
      org.opencontainers.image.description="Checks the API vendors that a repository declares against its organisation's registry" \
      org.opencontainers.image.source="https://github.com/vendorgate/vendorgate"
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /out/vendorgate /vendorgate
# No USER: the runner's files belong to root, and an action must read and write them.
ENTRYPOINT ["/vendorgate", "action"]
