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
    set -- "-XX:AOTCache=$here/app.aot" "$@"
fi

# The relay holds its window of events in flight (16 MB) and little else. The young generation has room for what is in
# flight, so that a collection finds little to copy and takes a millisecond or two.
set -- -XX:+UseSerialGC -Xms96m -Xmn64m -XX:SurvivorRatio=3 -Xmx256m -Xss512k "$@"

# Compiling is the largest part of what a start costs, and it takes the processor from the database and the broker. The
# AOT cache knows what is called often and would have it compiled at once: ten times later, and with the optimisations
# left out that gain this program nothing, a backlog is drained sooner (docs/performance.md).
set -- -XX:Tier4InvocationThreshold=30000 -XX:Tier4MinInvocationThreshold=15000 -XX:Tier4CompileThreshold=60000 \
    -XX:Tier4BackEdgeThreshold=400000 -XX:-DoEscapeAnalysis -XX:LoopUnrollLimit=0 -XX:-PartialPeelLoop \
    -XX:-SplitIfBlocks -XX:-UseSuperWord "$@"

exec "$java" -XX:+IgnoreUnrecognizedVMOptions -XX:+ExitOnOutOfMemoryError "$@"
