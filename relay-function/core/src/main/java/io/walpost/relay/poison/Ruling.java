package io.walpost.relay.poison;

import io.walpost.relay.failure.RelayException;
import io.walpost.relay.route.RoutedEvent;
import java.util.List;

/** What is to be done with an event. */
public sealed interface Ruling {

    Ruling PASS = new Pass();
    Ruling WAIT = new Wait();

    /** It may be published. */
    record Pass() implements Ruling {}

    /** Not now, but soon: ask again. */
    record Wait() implements Ruling {}

    /** It is to be waited at until its cause is mended. */
    record Retry(RelayException cause) implements Ruling {}

    /** These are to be published in its stead, in order; the last one stands for the event. */
    record SetAside(List<RoutedEvent> instead) implements Ruling {}

    /** The relay is to end. */
    record Stop(RelayException cause) implements Ruling {}
}
