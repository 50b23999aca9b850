package io.walpost.sample.orders.search;

import io.walpost.sample.orders.OrderStatus;
import java.util.Optional;

/**
 * What to look for.
 *
 * @param words all of them occur in the customer's name, in the lines' SKUs or in the reason of the cancellation
 * @param customer the customer's whole name
 * @param status the order's status
 * @param size how many orders to answer at most
 */
public record SearchQuery(Optional<String> words, Optional<String> customer, Optional<OrderStatus> status, int size) {}
