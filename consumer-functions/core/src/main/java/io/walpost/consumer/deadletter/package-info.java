/**
 * Dead letters in a table of PostgreSQL, and what is done with them: {@link io.walpost.consumer.deadletter.JdbcDeadLetters}
 * puts them there, {@link io.walpost.consumer.deadletter.DeadLetterTable} shows and settles them, and
 * {@link io.walpost.consumer.deadletter.Replay} has them handled again.
 *
 * <p>A key is parked while one of its letters is unresolved, so a letter's row is also the lock on its key. A consumer that
 * parks a record, and a replay that resolves a letter, meet at that row.
 */
package io.walpost.consumer.deadletter;
