/** What an order service publishes: its events with a realistic mix, and what consumers are to make of them. */
package io.walpost.bench.orders;
