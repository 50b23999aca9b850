package io.walpost.cache;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.walpost.consumer.KeptLogin;
import io.walpost.consumer.SinkException;
import io.walpost.consumer.SinkLogin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Calls a script for many keys: all requests are sent over one connection before the first answer is waited for. Blocks
 * the calling thread, which must not be one of Vert.x's event loops. Safe for use by several threads.
 */
final class ScriptRunner {

    /** Well below what a connection lets wait for an answer (quarkus.redis.max-waiting-handlers, 2048). */
    private static final int MOST_AT_ONCE = 500;

    private final Redis redis;
    /** Vert.x's client would log in with what it was given once, when it was made; so it is done here. */
    private final KeptLogin login;

    private final Duration timeout;

    /**
     * @param login for the connections, which the client opens without one
     * @param timeout how long a run may take: to get a connection, to bring the script, to have all answers
     */
    ScriptRunner(Redis redis, SinkLogin login, Duration timeout) {
        this.redis = redis;
        this.login = new KeptLogin(login);
        this.timeout = timeout;
    }

    /**
     * The answers, in the order of the calls. What has no answer may have been done nevertheless. Takes no longer than the
     * timeout, besides what a login takes that has to be asked for.
     *
     * @throws InterruptedException if the thread was interrupted while it waited
     */
    List<Answer> run(Script script, List<Script.Call> calls) throws InterruptedException {
        if (calls.isEmpty()) {
            return List.of();
        }
        Optional<SinkLogin.Credentials> credentials;
        try {
            credentials = login.credentials();
        } catch (SinkException e) {
            return Collections.nCopies(calls.size(), new Answer(null, e));
        }
        return new Run(script, credentials).answers(calls);
    }

    private Future<RedisConnection> connect() {
        try {
            return redis.connect();
        } catch (RejectedExecutionException e) {
            // The application ends, and its client has ended already.
            return Future.failedFuture(e);
        }
    }

    /** Calls of one script with one login, which share the time. */
    private final class Run {

        private final Script script;
        private final Optional<SinkLogin.Credentials> credentials;
        private final long began = System.nanoTime();

        Run(Script script, Optional<SinkLogin.Credentials> credentials) {
            this.script = script;
            this.credentials = credentials;
        }

        List<Answer> answers(List<Script.Call> calls) throws InterruptedException {
            List<Answer> answers = new ArrayList<>(calls.size());
            for (int from = 0; from < calls.size(); from += MOST_AT_ONCE) {
                answers.addAll(atOnce(calls.subList(from, Math.min(calls.size(), from + MOST_AT_ONCE))));
            }
            return answers;
        }

        private List<Answer> atOnce(List<Script.Call> calls) throws InterruptedException {
            if (left() <= 0) {
                return Collections.nCopies(calls.size(), new Answer(null, Answer.late(timeout)));
            }
            Future<RedisConnection> connecting = connect();
            await(connecting);
            if (!connecting.succeeded()) {
                // One that is opened after all goes to the pool.
                connecting.onSuccess(RedisConnection::close);
                Throwable cause = connecting.failed() ? connecting.cause() : Answer.late(timeout);
                return Collections.nCopies(calls.size(), new Answer(null, cause));
            }
            RedisConnection connection = connecting.result();
            try {
                List<Answer> answers = sendLoggedIn(
                        connection, calls.stream().map(script::bySha1).toList());
                return bringScript(connection, calls, answers);
            } finally {
                connection.close();
            }
        }

        /**
         * Which connections the pool has opened anew is not known, so each batch begins with the login. It is sent with the
         * requests, and who is in already stays in, also with a password that holds no more. So a login that is refused is a
         * failure only where the requests lack it.
         */
        private List<Answer> sendLoggedIn(RedisConnection connection, List<Request> requests)
                throws InterruptedException {
            if (credentials.isEmpty()) {
                return send(connection, requests);
            }
            List<Request> all = new ArrayList<>(requests);
            all.addFirst(auth(credentials.get()));
            List<Answer> answers = send(connection, all);
            Answer ofLogin = answers.getFirst();
            List<Answer> wanted = answers.subList(1, answers.size());
            if (ofLogin.failure() == null || !wanted.getFirst().lacksLogin()) {
                return wanted;
            }
            login.refused(credentials.get());
            return Collections.nCopies(wanted.size(), new Answer(null, RedisFailures.ofLogin(ofLogin.failure())));
        }

        private static Request auth(SinkLogin.Credentials credentials) {
            Request request = Request.cmd(Command.AUTH);
            credentials.user().ifPresent(request::arg);
            return request.arg(credentials.password());
        }

        /** Redis works on the requests of a connection in their order, so that only the first has to bring the script. */
        private List<Answer> bringScript(RedisConnection connection, List<Script.Call> calls, List<Answer> answers)
                throws InterruptedException {
            List<Integer> open = new ArrayList<>();
            List<Request> requests = new ArrayList<>();
            for (int i = 0; i < calls.size(); i++) {
                if (answers.get(i).lacksScript()) {
                    requests.add(open.isEmpty() ? script.byText(calls.get(i)) : script.bySha1(calls.get(i)));
                    open.add(i);
                }
            }
            if (open.isEmpty()) {
                return answers;
            }
            List<Answer> complete = new ArrayList<>(answers);
            List<Answer> later = send(connection, requests);
            for (int i = 0; i < open.size(); i++) {
                complete.set(open.get(i), later.get(i));
            }
            return complete;
        }

        private List<Answer> send(RedisConnection connection, List<Request> requests) throws InterruptedException {
            List<Future<Response>> sent =
                    requests.stream().map(connection::send).toList();
            await(Future.join(sent));
            return sent.stream().map(future -> Answer.of(future, timeout)).toList();
        }

        private void await(Future<?> future) throws InterruptedException {
            CountDownLatch done = new CountDownLatch(1);
            future.onComplete(ended -> done.countDown());
            // Whether the time ran out shows in the future, which is then not complete.
            done.await(left(), TimeUnit.NANOSECONDS);
        }

        private long left() {
            return timeout.toNanos() - (System.nanoTime() - began);
        }
    }
}
