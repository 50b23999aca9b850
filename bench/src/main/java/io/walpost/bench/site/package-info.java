/** Where a benchmark takes place: the two servers, the outbox and what is written to it, and the topics that are read. */
package io.walpost.bench.site;
