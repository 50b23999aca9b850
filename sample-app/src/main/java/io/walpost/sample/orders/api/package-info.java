/** The order service over HTTP: requests and their checks, answers, and errors as JSON. */
package io.walpost.sample.orders.api;
