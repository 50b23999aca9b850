/** Reads the JSON of events for handlers that want it as objects. */
package io.walpost.consumer.json;
