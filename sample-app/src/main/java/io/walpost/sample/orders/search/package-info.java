/** Finding orders in the index that the search consumer keeps, which may be a moment behind. */
package io.walpost.sample.orders.search;
