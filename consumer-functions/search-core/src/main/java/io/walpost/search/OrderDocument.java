package io.walpost.search;

/**
 * What the index is to hold of an order.
 *
 * @param id the order
 * @param version the order's own version; the index keeps the greatest that it is given
 * @param source the document as JSON in one line
 */
record OrderDocument(String id, long version, byte[] source) {

    /** Without the document, so that it can be logged. */
    @Override
    public String toString() {
        return "OrderDocument[version " + version + "]";
    }
}
