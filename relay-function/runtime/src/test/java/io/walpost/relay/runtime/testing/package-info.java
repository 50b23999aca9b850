/** What the tests of this module and of those that have settings of their own share. */
package io.walpost.relay.runtime.testing;
