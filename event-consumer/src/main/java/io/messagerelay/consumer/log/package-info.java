@org.jspecify.annotations.NullMarked
package io.messagerelay.consumer.log;
