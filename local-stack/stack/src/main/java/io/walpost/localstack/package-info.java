/**
 * Real servers on loopback, without Docker: started, killed and restarted by tests, by the demo and by hand.
 *
 * <p>Each server is a child process with a data folder and a port of its own. Start at
 * {@link io.walpost.localstack.LocalPostgres}, {@link io.walpost.localstack.LocalKafka},
 * {@link io.walpost.localstack.LocalOpenSearch} and {@link io.walpost.localstack.LocalRedis}.
 */
package io.walpost.localstack;
