package io.walpost.relay.publish;

/** What a consumer may rely on. */
public enum Delivery {
    /** Every event is published; after a crash, some of them again. */
    AT_LEAST_ONCE,
    /** A consumer that reads only what is committed ({@code isolation.level=read_committed}) sees every event once. */
    EXACTLY_ONCE
}
