package io.messagerelay.propagator.source.file;

/**
 * The brackets that are open in an element. Their kinds are known 64 deep, as deep as an event may
 * be; below that any bracket closes any.
 */
final class Brackets {
  private int depth;
  private long objects;

  void clear() {
    depth = 0;
    objects = 0;
  }

  void open(byte bracket) {
    if (depth < Long.SIZE) {
      long bit = 1L << depth;
      objects = bracket == '{' ? objects | bit : objects & ~bit;
    }
    depth++;
  }

  boolean areClosed() {
    return depth == 0;
  }

  /** Whether the innermost one is a <code>{</code>. */
  boolean areInObject() {
    return depth > 0 && depth <= Long.SIZE && isObject(depth - 1);
  }

  boolean has(char bracket) {
    return innermost(bracket) >= 0;
  }

  /** Closes the innermost one of this kind, and those in it; true when none is open then. */
  boolean close(char bracket) {
    int level = innermost(bracket);
    if (level >= 0) {
      depth = level;
    }
    return depth == 0;
  }

  private int innermost(char bracket) {
    int level = depth - 1;
    while (level >= 0 && level < Long.SIZE && isObject(level) != (bracket == '{')) {
      level--;
    }
    return level;
  }

  private boolean isObject(int level) {
    return (objects >>> level & 1) == 1;
  }
}
