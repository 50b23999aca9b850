package io.walpost.sample.orders.search;

/** There is no index to search now. */
public final class SearchUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SearchUnavailableException(String message) {
        super(message);
    }

    SearchUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
