/** The build steps of the outbox extension. */
package io.walpost.outbox.deployment;
