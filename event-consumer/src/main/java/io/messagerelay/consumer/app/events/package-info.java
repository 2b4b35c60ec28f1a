/**
 * The commands that find, follow, export and import events. All but the import are clients of the
 * service's HTTP API, on this machine or another.
 */
@NullMarked
package io.messagerelay.consumer.app.events;

import org.jspecify.annotations.NullMarked;
