/**
 * Publishes from the outbox tables what the log cannot give any more: {@link io.walpost.relay.backfill.Backfill} all
 * rows of a selection, {@link io.walpost.relay.backfill.Reconcile} those that are in no topic. Neither touches the slot.
 */
package io.walpost.relay.backfill;
