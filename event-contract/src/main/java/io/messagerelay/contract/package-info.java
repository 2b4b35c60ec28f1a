@org.jspecify.annotations.NullMarked
package io.messagerelay.contract;
