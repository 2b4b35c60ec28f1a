package io.messagerelay.system;

/**
 * How often each process is killed.
 *
 * @param ofEachService at least
 * @param ofServer the database's; 0 where there is none that is ours
 */
record Kills(int ofEachService, int ofServer) {
  private static final int SERVICE_KILLS_PER_SERVER_KILL = 4;

  static Kills planned(int ofEachService, boolean serverToo) {
    return new Kills(
        ofEachService, serverToo ? Math.ceilDiv(ofEachService, SERVICE_KILLS_PER_SERVER_KILL) : 0);
  }

  /** Whether fewer than half of the planned ones were made. */
  boolean areTooFewOf(Kills planned) {
    return ofEachService < planned.ofEachService / 2 || 2 * ofServer < planned.ofServer;
  }

  @Override
  public String toString() {
    String ofServices = ofEachService + " kills of each service";
    return ofServer == 0 ? ofServices : ofServices + " and " + ofServer + " of the database server";
  }
}
