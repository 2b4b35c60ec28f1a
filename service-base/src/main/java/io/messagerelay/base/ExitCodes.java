package io.messagerelay.base;

/** How a command ends. The numbers are those of {@code sysexits.h} where it has one. */
public final class ExitCodes {
  public static final int OK = 0;

  /** The command ran and its answer is no. */
  public static final int FAILED = 1;

  /** The command was typed wrong. */
  public static final int USAGE = 2;

  /** All was done, but some events became dead letters. */
  public static final int DEAD_LETTERS = 3;

  /** Something needed is not there: a port, a file, a server, a JDK. */
  public static final int UNAVAILABLE = 69;

  /** A fault of this program. */
  public static final int SOFTWARE = 70;

  /** The same command may work later. */
  public static final int TRY_AGAIN = 75;

  /** A file or a server refuses this user. */
  public static final int NO_PERMISSION = 77;

  /** A setting is wrong. */
  public static final int CONFIG = 78;

  /** Stopped by Ctrl-C before it was done. */
  public static final int INTERRUPTED = 130;

  private ExitCodes() {}
}
