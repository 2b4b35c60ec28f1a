/** Connections before their requests: who may open one, whose it is, and how long it may dawdle. */
@org.jspecify.annotations.NullMarked
package io.messagerelay.consumer.http.connection;
