/** Customers: who place, change and cancel orders over HTTP. */
package io.walpost.demo.load;
