/** Invoices, their rules and their tables. Knows neither Kafka nor HTTP. */
package io.walpost.billing.invoice;
