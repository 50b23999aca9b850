/** An application that uses the outbox with no setting of its own for it. */
package io.walpost.outbox.it;
