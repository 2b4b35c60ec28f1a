@org.jspecify.annotations.NullMarked
package io.messagerelay.servers;
