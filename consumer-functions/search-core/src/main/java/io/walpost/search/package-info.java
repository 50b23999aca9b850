/**
 * Keeps an index of orders in OpenSearch: what an event says of an order, sent in bulk under the order's own version. Knows
 * no binding; the service adds the rebuilding of the index from the topic.
 */
package io.walpost.search;
