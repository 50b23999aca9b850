package io.walpost.cache;

import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import io.walpost.consumer.BatchHandler;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.ReceivedEvent;
import io.walpost.consumer.UnprocessableEventException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Applies events to the entries of their aggregates, all of a wave in one pipeline.
 *
 * <p>An event of any type is applied, since each says that its aggregate has changed. {@link Outcome.Duplicate} means that
 * the entry knew of the event's change or of a later one: from an event, or from a reader that has read the database since.
 */
public final class CacheHandler implements BatchHandler {

    private static final Script APPLY = Script.of("apply.lua");
    private static final int APPLIED = 1;

    private final ScriptRunner runner;
    private final EntryRules rules;

    CacheHandler(ScriptRunner runner, EntryRules rules) {
        this.runner = runner;
        this.rules = rules;
    }

    @Override
    public List<Outcome> handle(List<ReceivedEvent> events) throws InterruptedException {
        Outcome[] outcomes = new Outcome[events.size()];
        List<Script.Call> calls = new ArrayList<>(events.size());
        List<Integer> places = new ArrayList<>(events.size());
        for (int i = 0; i < outcomes.length; i++) {
            try {
                calls.add(call(events.get(i)));
                places.add(i);
            } catch (UnprocessableEventException e) {
                outcomes[i] = Outcome.failed(e);
            }
        }
        List<Answer> answers = runner.run(APPLY, calls);
        for (int i = 0; i < places.size(); i++) {
            outcomes[places.get(i)] = outcome(answers.get(i));
        }
        return Arrays.asList(outcomes);
    }

    private Script.Call call(ReceivedEvent event) throws UnprocessableEventException {
        EntryUpdate update = EntryUpdate.of(event, rules);
        return new Script.Call(update.key(), update.arguments(rules));
    }

    private static Outcome outcome(Answer answer) {
        if (answer.failure() != null) {
            return Outcome.failed(RedisFailures.of(answer.failure()));
        }
        Response response = answer.response();
        if (response == null) {
            return Outcome.failed(RedisFailures.noAnswerOfTheScript());
        }
        if (response.type() != ResponseType.NUMBER) {
            return Outcome.failed(RedisFailures.saying(response.toString()));
        }
        return response.toInteger() == APPLIED ? new Outcome.Applied() : new Outcome.Duplicate();
    }
}
