/** The events of an order as billing understands them: strict about what it needs, deaf to everything else. */
package io.walpost.billing.order;
