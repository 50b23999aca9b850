/** Real systems, a relay on them, and what is needed to judge the result. */
package io.walpost.relay.testing;
