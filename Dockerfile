# The release build copies a static binary in; nothing else is needed to run it.
FROM scratch
ARG TARGETPLATFORM
COPY $TARGETPLATFORM/sfnctl /usr/local/bin/sfnctl
USER 65532:65532
WORKDIR /src
ENTRYPOINT ["/usr/local/bin/sfnctl"]
CMD ["lint"]
