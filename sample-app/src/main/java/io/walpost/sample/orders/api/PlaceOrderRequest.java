package io.walpost.sample.orders.api;

import io.walpost.sample.orders.Order;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/** An order as a client places it. */
record PlaceOrderRequest(
        @PlainText @Size(max = 100) String customer,
        @NotEmpty @Size(max = Order.MAX_LINES) List<@NotNull @Valid LineRequest> lines) {}
