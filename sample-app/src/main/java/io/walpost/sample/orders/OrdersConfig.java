package io.walpost.sample.orders;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Positive;
import java.math.BigDecimal;

/** The order service's own settings. */
@ConfigMapping(prefix = "orders")
interface OrdersConfig {

    /** The most that an order may come to. */
    @WithDefault("10000.00")
    @Positive
    BigDecimal creditLimit();
}
