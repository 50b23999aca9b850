/** The whole path, from an order over HTTP to its invoice, undisturbed and disturbed. */
package io.walpost.demo;
