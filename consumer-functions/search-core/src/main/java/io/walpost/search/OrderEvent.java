package io.walpost.search;

/** What an event says of an order, as far as the index is concerned. */
sealed interface OrderEvent {

    Long orderId();

    /** Counts the changes of the order: 1, 2, 3… */
    Long version();

    /** The order is as {@code order} says. */
    record Changed(Long orderId, Long version, OrderState order) implements OrderEvent {
        public Changed {
            Checks.present("orderId", orderId);
            Checks.positive("version", version);
            Checks.present("order", order);
            if (!orderId.equals(order.id())) {
                throw new IllegalArgumentException("orderId is not the id of the order");
            }
            if (!version.equals(order.version())) {
                throw new IllegalArgumentException("version is not the version of the order");
            }
        }
    }

    /** The order is no more. */
    record Deleted(Long orderId, Long version) implements OrderEvent {
        public Deleted {
            Checks.present("orderId", orderId);
            Checks.positive("version", version);
        }
    }
}
