package io.walpost.kubernetes;

/** An image that could not be built; the message says why. */
final class ImageException extends Exception {

    private static final long serialVersionUID = 1L;

    ImageException(String message, Throwable cause) {
        super(message, cause);
    }
}
