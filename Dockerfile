# CI without access to an image registry sets another image.
ARG BUILD_IMAGE=golang:1.26-bookworm

FROM ${BUILD_IMAGE} AS build
WORKDIR /src
# No cgo, because the program runs in an empty image.
ENV CGO_ENABLED=0
# Download modules first, so that a change to the code does not download them again.
COPY go.mod go.sum ./
RUN ["go", "mod", "download"]
# .dockerignore lists what is copied. In a fork, that includes its policy and waivers.
COPY . .
# Exec form, so that the build needs no shell.
RUN ["go", "build", "-trimpath", "-ldflags=-s -w", "-o", "/out/vendorgate", "./cmd/vendorgate"]

FROM scratch
LABEL org.opencontainers.image.title="vendorgate" \
      org.opencontainers.image.description="Checks the API vendors that a repository declares against its organisation's registry" \
      org.opencontainers.image.source="https://github.com/vendorgate/vendorgate"
COPY --from=build /out/vendorgate /vendorgate
# No USER, because an action must read and write the runner's files, which belong to root.
ENTRYPOINT ["/vendorgate", "action"]
