/**
 * A drain that is posted for.
 *
 * <p>{@link io.walpost.relay.service.endpoint.DrainRoute} takes the request, a
 * {@link io.walpost.relay.service.endpoint.Gate} looks at who posts, and
 * {@link io.walpost.relay.service.endpoint.DrainDesk} lets one drain run at a time.
 */
package io.walpost.relay.service.endpoint;
