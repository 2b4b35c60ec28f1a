/** The commands that look into spools and change what lies in them. */
@org.jspecify.annotations.NullMarked
package io.messagerelay.propagator.app.spools;
