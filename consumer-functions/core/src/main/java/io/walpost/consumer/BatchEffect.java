package io.walpost.consumer;

import java.util.List;

/**
 * A handler whose effects take fewer statements when it is given several events at once.
 *
 * <p>Runs within {@link IdempotentConsumer}, in one transaction for all of them. An event whose outcome is neither {@link
 * Outcome.Applied} nor {@link Outcome.Duplicate} keeps the others from nothing, and so must have written nothing: what can be
 * refused is refused before. A call that throws is rolled back as a whole; what was the fault of one of the events is then
 * found out by {@link #handle(ReceivedEvent)}.
 */
@FunctionalInterface
public interface BatchEffect extends EventHandler {

    /**
     * @param events at least one, with different keys
     * @return as many outcomes, none of them null
     * @throws Exception whatever kept the effects from being written
     */
    List<Outcome> handle(List<ReceivedEvent> events) throws Exception;

    @Override
    default Outcome handle(ReceivedEvent event) throws Exception {
        return handle(List.of(event)).getFirst();
    }
}
