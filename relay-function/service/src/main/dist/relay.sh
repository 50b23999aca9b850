#!/bin/sh
# Runs the relay with the memory and start-up options that it is measured with. Settings come from the environment.
#
#   JAVA_HOME                  a Java 21 or newer; without it, the java on the PATH
#   WALPOST_RELAY_JAVA_OPTS    further options of the JVM, separated by spaces; they win over those below
#   WALPOST_RELAY_AOT=train    records what a start needs, and writes app.aot when the relay is stopped. Needs Java 25
set -eu

here=$(cd "$(dirname "$0")" && pwd)
java=java
if [ -n "${JAVA_HOME:-}" ]; then
    java=$JAVA_HOME/bin/java
fi

# shellcheck disable=SC2086 # options are words
set -- ${WALPOST_RELAY_JAVA_OPTS:-} -jar "$here/quarkus-run.jar" "$@"

# A Java that is too old for caches passes over the option; one that finds a cache of another Java, or of another jar,
# says so and does without.
if [ "${WALPOST_RELAY_AOT:-}" = train ]; then
    set -- "-XX:AOTCacheOutput=$here/app.aot" "$@"
elif [ -f "$here/app.aot" ]; then
    set -- -XX:+IgnoreUnrecognizedVMOptions "-XX:AOTCache=$here/app.aot" "$@"
fi

# The relay holds its window of events in flight (16 MB) and little else: a small young generation is collected in a
# millisecond or two and stays in the processor's cache. Only what is large, or many topics' batches, need the rest.
exec "$java" -XX:+UseSerialGC -Xms48m -Xmn24m -Xmx256m -Xss512k -XX:+ExitOnOutOfMemoryError "$@"
