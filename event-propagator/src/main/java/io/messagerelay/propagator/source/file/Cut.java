package io.messagerelay.propagator.source.file;

/** What a {@link Cutter} cut out. */
sealed interface Cut {

  /** Its bytes; of what is broken as much as is kept, 256 KiB at most. */
  byte[] body();

  /** Where it begins, in bytes of the content from 0. */
  long offset();

  /** The line that it begins in, from 1. */
  long line();

  /** May be an item; whether it is JSON was not looked at. */
  record Whole(byte[] body, long offset, long line) implements Cut {}

  /** Cannot be an item. */
  record Broken(byte[] body, long offset, long line, String reason) implements Cut {}
}
