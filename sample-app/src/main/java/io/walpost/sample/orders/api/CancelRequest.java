package io.walpost.sample.orders.api;

import jakarta.validation.constraints.Size;

/** Why an order is cancelled. */
record CancelRequest(@PlainText @Size(max = 200) String reason) {}
