package io.walpost.consumer.deadletter;

/**
 * How a replay went.
 *
 * @param replayed letters that are resolved now
 * @param failed letters that failed again
 * @param busy letters that somebody else had
 * @param complete false if the limit was reached, or the patience ended, before all that was selected had been tried
 */
public record ReplayReport(long replayed, long failed, long busy, boolean complete) {}
