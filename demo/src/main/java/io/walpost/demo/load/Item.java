package io.walpost.demo.load;

import java.math.BigDecimal;

/** A line as a customer orders it. */
public record Item(String sku, int quantity, BigDecimal unitPrice) {}
