package io.walpost.demo.check;

import java.util.Optional;

/**
 * What billing knows of an order.
 *
 * @param account what it asked for, cancelled if there is a credit note, and of whose version then
 * @param creditNote what the credit note gives back, if there is one
 */
record Invoice(Account account, Optional<Account> creditNote) {}
