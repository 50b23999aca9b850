/** Writes an invoice for each order: what billing does with an event, and how its parts are put together. */
package io.walpost.billing;
