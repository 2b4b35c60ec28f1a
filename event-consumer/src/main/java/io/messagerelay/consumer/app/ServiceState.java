package io.messagerelay.consumer.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** What the running service says of itself at {@code /ready}. */
sealed interface ServiceState {

  /** Events that are sent now would be stored. */
  record Ready() implements ServiceState {}

  /** Something listens; why events should not be sent to it. */
  record NotReady(String reason) implements ServiceState {}

  /** Nothing listens. */
  record NotRunning() implements ServiceState {}

  Duration TO_CONNECT = Duration.ofMillis(300);
  Duration TO_ANSWER = Duration.ofMillis(1_700);
  int LONGEST_ANSWER = 64 * 1024;

  /** Asks, for two seconds at most. */
  static ServiceState ask(Address address) {
    try {
      URL ready = URI.create(address.reachable() + "/ready").toURL();
      var connection = (HttpURLConnection) ready.openConnection();
      connection.setConnectTimeout(Math.toIntExact(TO_CONNECT.toMillis()));
      connection.setReadTimeout(Math.toIntExact(TO_ANSWER.toMillis()));
      connection.setInstanceFollowRedirects(false);
      return of(connection.getResponseCode(), body(connection));
    } catch (ConnectException e) {
      return new NotRunning();
    } catch (SocketTimeoutException e) {
      return new NotReady("it does not answer");
    } catch (IOException e) {
      return new NotReady("it does not speak HTTP: " + e.getMessage());
    }
  }

  private static String body(HttpURLConnection connection) throws IOException {
    try (InputStream in =
        connection.getResponseCode() < 400
            ? connection.getInputStream()
            : connection.getErrorStream()) {
      return in == null ? "" : new String(in.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
    }
  }

  static ServiceState of(int status, String body) {
    if (status == 200 && body.equals("ok")) {
      return new Ready();
    }
    return new NotReady(
        status == 503 ? reason(body) : "another service answers there, with " + status);
  }

  /** The title and the detail of a problem (RFC 9457). */
  private static String reason(String problem) {
    Map<String, String> members = new HashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(problem)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING && parser.currentName() != null) {
          members.putIfAbsent(parser.currentName(), parser.getText());
        }
      }
    } catch (IOException e) {
      return "it answers 503";
    }
    return members.getOrDefault("title", "it answers 503")
        + (members.containsKey("detail") ? ": " + members.get("detail") : "");
  }
}
