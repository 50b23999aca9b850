/** Invoices over HTTP, to read. */
package io.walpost.billing.http;
