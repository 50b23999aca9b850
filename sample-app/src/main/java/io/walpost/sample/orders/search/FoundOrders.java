package io.walpost.sample.orders.search;

import io.walpost.sample.orders.OrderView;
import java.util.List;

/**
 * What was found.
 *
 * @param total how many orders match; 10,000 stands for as many or more
 * @param orders the best of them, as they were when they were indexed
 */
public record FoundOrders(long total, List<OrderView> orders) {}
