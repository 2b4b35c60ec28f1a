package io.messagerelay.base;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/**
 * {@code Ready URL SECONDS}: ends with 0 as soon as the URL answers 200, with 75 when it did not in
 * that many seconds. For scripts on machines without curl.
 */
public final class Ready {
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private Ready() {}

  public static void main(String[] arguments) throws InterruptedException {
    URI url = URI.create(arguments[0]);
    long end = System.nanoTime() + Duration.ofSeconds(Long.parseLong(arguments[1])).toNanos();
    while (!isReady(url)) {
      if (System.nanoTime() - end > 0) {
        System.exit(ExitCodes.TRY_AGAIN);
      }
      Thread.sleep(PAUSE);
    }
  }

  static boolean isReady(URI url) {
    try {
      var connection = (HttpURLConnection) url.toURL().openConnection();
      connection.setConnectTimeout(Math.toIntExact(TIMEOUT.toMillis()));
      connection.setReadTimeout(Math.toIntExact(TIMEOUT.toMillis()));
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException notYet) {
      return false;
    }
  }
}
