@org.jspecify.annotations.NullMarked
package io.messagerelay.propagator.management;
