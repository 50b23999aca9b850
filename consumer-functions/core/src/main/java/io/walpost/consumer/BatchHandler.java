package io.walpost.consumer;

import java.util.List;

/**
 * Handles several events at once, because the sink is quicker that way: one transaction, one pipeline, one bulk request.
 *
 * <p>Contract: no two of the events have the same key, so their order does not matter. The outcomes are those of the
 * events, in the order of the list. An outcome that is {@link Outcome.Applied} or {@link Outcome.Duplicate} is durable
 * when the call returns; of an event with any other outcome no effect remains. If the call throws, the effects of all
 * of them may or may not have taken place; they are handed over again, one by one, and the handler's idempotency decides.
 * The same event may be handed over more than once, and to several instances at the same time. Implementations are safe
 * for use by several threads.
 */
@FunctionalInterface
public interface BatchHandler {

    /**
     * @param events at least one, with different keys
     * @return as many outcomes, none of them null
     * @throws Exception whatever kept the batch as a whole from being applied
     */
    List<Outcome> handle(List<ReceivedEvent> events) throws Exception;
}
