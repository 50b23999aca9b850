/** The trace context in the outbox row, for applications that use OpenTelemetry. */
package io.walpost.outbox.runtime.tracing;
