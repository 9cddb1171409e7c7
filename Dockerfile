# By digest, because the commit of the action must pin everything that runs. Dependabot updates it; by hand, this prints the digest:
#   docker buildx imagetools inspect golang:1.26.8-bookworm --format '{{.Manifest.Digest}}'
FROM golang:1.26.8-bookworm@sha256:a688600ca24f8a4d3ca77f95b0dd40704a9fc787c826660eb7ba0b641b8b175d AS build
WORKDIR /src
# No cgo, because the program runs in an empty image.
ENV CGO_ENABLED=0
# Download modules first, so that a change to the code does not download them again.
COPY go.mod go.sum ./
RUN ["go", "mod", "download"]
# .dockerignore lists what is copied. In a fork, that includes its policy and waivers.
COPY . .
# Exec form, so that the build needs no shell. The flags are those of a release (.goreleaser.yaml).
RUN ["go", "build", "-trimpath", "-buildvcs=false", "-tags=nethttpomithttp2", "-gcflags=github.com/vendorgate/vendorgate/...=-l", "-gcflags=github.com/vendorgate/vendorgate/internal/search=", "-gcflags=github.com/vendorgate/vendorgate/internal/detect=", "-gcflags=github.com/vendorgate/vendorgate/internal/lexer=", "-gcflags=github.com/vendorgate/vendorgate/internal/registry=", "-ldflags=-s -w -buildid=", "-o", "/out/vendorgate", "./cmd/vendorgate"]

FROM scratch
LABEL org.opencontainers.image.title="vendorgate" \
      org.opencontainers.image.description="Checks the API vendors that a repository declares against its organisation's registry" \
      org.opencontainers.image.source="https://github.com/vendorgate/vendorgate"
COPY --from=build /out/vendorgate /vendorgate
# No USER, because an action must read and write the runner's files, which belong to root.
ENTRYPOINT ["/vendorgate", "action"]
