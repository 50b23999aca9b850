/** Writes an invoice for each order, and a credit note when it is cancelled: what billing does with an event. */
package io.walpost.billing;
