/**
 * The commands that read events, as clients of the service's HTTP API, on this machine or another.
 */
@NullMarked
package io.messagerelay.consumer.app.client;

import org.jspecify.annotations.NullMarked;
