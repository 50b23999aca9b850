package io.walpost.bench.lambda;

/**
 * What the relay's function is to stay below.
 *
 * @param unzippedMegabytes its size
 * @param firstEventMillis from the start of the process to the first event in the topic
 * @param idleMillis an invocation of a warm one that has nothing to do
 * @param reliefP99Millis from commit to consumer about a relief, with at-least-once delivery
 */
public record FunctionTargets(
        double unzippedMegabytes, double firstEventMillis, double idleMillis, double reliefP99Millis) {}
