package io.walpost.consumer.runtime.http;

/**
 * The request is no CloudEvent, and never will be, and does not say which record it was made of. The message quotes nothing of
 * the request.
 */
final class NoCloudEventException extends Exception {

    private static final int BAD_REQUEST = 400;
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;

    private final int status;

    private NoCloudEventException(int status, String message) {
        super(message);
        this.status = status;
    }

    static NoCloudEventException malformed(String message) {
        return new NoCloudEventException(BAD_REQUEST, message);
    }

    static NoCloudEventException unsupported(String message) {
        return new NoCloudEventException(UNSUPPORTED_MEDIA_TYPE, message);
    }

    int status() {
        return status;
    }
}
