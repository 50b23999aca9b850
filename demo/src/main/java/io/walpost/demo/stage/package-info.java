/** Everything that has to run for an order to become an invoice, as processes of this machine. */
package io.walpost.demo.stage;
