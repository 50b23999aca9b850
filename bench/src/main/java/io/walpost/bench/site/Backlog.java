package io.walpost.bench.site;

/**
 * Events that are committed before anyone reads them.
 *
 * @param events how many
 * @param rowsPerTransaction how many of them one transaction commits
 * @param payloadBytes how long each payload is
 */
public record Backlog(int events, int rowsPerTransaction, int payloadBytes) {}
