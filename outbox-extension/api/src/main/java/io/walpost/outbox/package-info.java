/**
 * What an application that writes events, the relay that carries them and the functions that consume them agree on:
 * the event, the outbox table's columns, the message that stands for a row of it, and the record's headers.
 *
 * <p>This package needs nothing but the JDK, so that a domain module can declare its events without a framework on its
 * class path.
 */
package io.walpost.outbox;
